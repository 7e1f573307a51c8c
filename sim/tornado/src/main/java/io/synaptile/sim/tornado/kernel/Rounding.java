/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

/** Rounding of numbers of small magnitude, which OpenCL C's own functions reach only through calls TornadoVM lacks. */
public final class Rounding {
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
}
