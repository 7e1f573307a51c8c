/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

/** Conductances a cell can be programmed to, in microsiemens; a minimum of 0 is the ideal off state. */
public record ConductanceRange(float minMicrosiemens, float maxMicrosiemens) {
    public ConductanceRange {
        if (!(minMicrosiemens >= 0f) || !(maxMicrosiemens > minMicrosiemens) || Float.isInfinite(maxMicrosiemens)) {
            throw new IllegalArgumentException(
                    "conductance range must be 0 <= min < max uS, got " + minMicrosiemens + " to " + maxMicrosiemens);
        }
    }

    /** Maximum minus minimum, uS. */
    public float span() {
        return maxMicrosiemens - minMicrosiemens;
    }

    /** Maximum over minimum; infinite for an ideal off state. */
    public float onOffRatio() {
        return maxMicrosiemens / minMicrosiemens;
    }
}
