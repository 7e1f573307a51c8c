/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

/**
 * How long ago cells were programmed, and how warm they are when they are read.
 *
 * @param seconds since programming, at least 0
 * @param kelvin temperature, above 0
 */
public record Age(double seconds, double kelvin) {
    /** Temperature at which devices are specified unless their source says otherwise, K. */
    public static final double ROOM_KELVIN = 300;

    /** Just programmed, at room temperature. */
    public static final Age NONE = new Age(0, ROOM_KELVIN);

    public Age {
        if (!(seconds >= 0) || Double.isInfinite(seconds)) {
            throw new IllegalArgumentException("age must be at least 0 s, got " + seconds);
        }
        if (!(kelvin > 0) || Double.isInfinite(kelvin)) {
            throw new IllegalArgumentException("temperature must be above 0 K, got " + kelvin);
        }
    }
}
