/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Signals and weights in single or half precision. Halves (IEEE 754 binary16, round half to even) are coded by arithmetic
 * alone: many OpenCL devices have no half type, and TornadoVM cannot look at the bits of a float.
 */
public final class Half {
    private Half() {}

    /** Value {@code i} of the array that {@code sixteen} chooses: 0 single, 1 half precision. */
    public static float load(FloatArray single, ShortArray halves, int sixteen, int i) {
        float value = 0f;
        if (sixteen == 0) {
            value = single.get(i);
        } else {
            value = decode(halves.get(i));
        }
        return value;
    }

    /** Writes value {@code i} of the array that {@code sixteen} chooses. */
    public static void store(FloatArray single, ShortArray halves, int sixteen, int i, float value) {
        if (sixteen == 0) {
            single.set(i, value);
        } else {
            halves.set(i, encode(value));
        }
    }

    /** Value of a half. */
    public static float decode(short code) {
        int exponent = (code >> 10) & 31;
        int mantissa = code & 1023;
        float unit = 0x1p-24f;
        int up = exponent - 1;
        if (exponent == 0) {
            up = 0;
        } else {
            mantissa = mantissa + 1024;
        }
        if ((up & 1) != 0) {
            unit = unit * 2f;
        }
        if ((up & 2) != 0) {
            unit = unit * 4f;
        }
        if ((up & 4) != 0) {
            unit = unit * 16f;
        }
        if ((up & 8) != 0) {
            unit = unit * 256f;
        }
        if ((up & 16) != 0) {
            unit = unit * 65536f;
        }
        float value = mantissa * unit;
        if (code < 0) {
            value = -value;
        }
        return value;
    }

    /** The half nearest to a finite value, ties to even; magnitudes of 65504 and more become 65504. */
    public static short encode(float value) {
        float magnitude = value;
        int sign = 0;
        if (value < 0f) {
            magnitude = -value;
            sign = 32768;
        }
        if (magnitude > 65504f) {
            magnitude = 65504f;
        }
        int exponent = 0;
        float scaled = magnitude * 0x1p24f;
        if (magnitude >= 0x1p-14f) {
            float s = magnitude * 0x1p14f;
            exponent = 1;
            if (s >= 65536f) {
                s = s * 0x1p-16f;
                exponent += 16;
            }
            if (s >= 256f) {
                s = s * 0x1p-8f;
                exponent += 8;
            }
            if (s >= 16f) {
                s = s * 0x1p-4f;
                exponent += 4;
            }
            if (s >= 4f) {
                s = s * 0x1p-2f;
                exponent += 2;
            }
            if (s >= 2f) {
                s = s * 0.5f;
                exponent += 1;
            }
            scaled = (s - 1f) * 1024f;
        }
        // A mantissa that rounds up to 1024 carries into the exponent, as it should.
        int code = sign + exponent * 1024 + Rounding.halfEven(scaled);
        return (short) code;
    }
}
