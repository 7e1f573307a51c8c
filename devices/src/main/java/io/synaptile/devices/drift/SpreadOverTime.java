/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.drift;

/** Measured standard deviation around the target at some time after programming. */
public interface SpreadOverTime {
    /** First time with data, s. */
    double firstSeconds();

    /** Last time with data, s. */
    double lastSeconds();

    /**
     * Standard deviation around the target, both uS.
     *
     * @throws IllegalArgumentException for a time before the first or after the last
     */
    double sigmaMicrosiemens(double target, double seconds);
}
