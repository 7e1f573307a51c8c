/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.drift;

/** Measured standard deviation around the target at some time after programming. */
public interface SpreadOverTime {
    /** First and last time with data, s. */
    double firstSeconds();

    /** See {@link #firstSeconds}. */
    double lastSeconds();

    /** Standard deviation around the target, both uS, at a time between first and last. */
    double sigmaMicrosiemens(double target, double seconds);
}
