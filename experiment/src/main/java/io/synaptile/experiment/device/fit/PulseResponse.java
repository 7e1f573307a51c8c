/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.device.fit;

import java.util.List;

/**
 * Conductances after every one of a train of equal pulses.
 *
 * @param up trains of pulses that raise the conductance; NaN where a pulse was not read
 * @param down trains of pulses that lower it; there may be none
 * @param inMicrosiemens whether values are conductances in uS, else they have no unit
 */
record PulseResponse(List<double[]> up, List<double[]> down, boolean inMicrosiemens) {
    /** Pulses that a train must have. */
    static final int FEWEST_PULSES = 10;

    PulseResponse {
        up = List.copyOf(up);
        down = List.copyOf(down);
    }
}
