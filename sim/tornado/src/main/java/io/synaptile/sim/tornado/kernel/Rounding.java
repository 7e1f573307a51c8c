/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

/** Rounding to whole numbers, ties to even, which OpenCL C's own functions reach only through calls TornadoVM lacks. */
public final class Rounding {
    /** From here on every float is whole. */
    private static final float WHOLE = 0x1p23f;

    private Rounding() {}

    /**
     * The nearest integer, ties to the even one.
     *
     * @param value between -2^23 and 2^23
     */
    public static int halfEven(float value) {
        int lower = (int) value;
        if (lower > value) {
            lower = lower - 1;
        }
        float rest = value - lower;
        int result = lower;
        if (rest > 0.5f) {
            result = lower + 1;
        } else {
            if (rest == 0.5f) {
                result = lower + (lower & 1);
            }
        }
        return result;
    }

    /** {@link #halfEven} of any value, as a float; not a number and infinity stay what they are. */
    public static float whole(float value) {
        float magnitude = value;
        if (value < 0f) {
            magnitude = -value;
        }
        float result = value;
        if (magnitude < WHOLE) {
            result = halfEven(value);
        }
        return result;
    }

    /**
     * The nearest whole number, ties to the even one.
     *
     * @param value of magnitude below 2^31
     */
    public static int halfEven(double value) {
        int lower = (int) value;
        if (lower > value) {
            lower = lower - 1;
        }
        double rest = value - lower;
        int result = lower;
        if (rest > 0.5) {
            result = lower + 1;
        } else {
            if (rest == 0.5) {
                result = lower + (lower & 1);
            }
        }
        return result;
    }
}
