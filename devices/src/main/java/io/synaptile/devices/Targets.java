/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

/** The check that every cell makes before it is programmed. */
public final class Targets {
    /** Part of Gmax by which a target may leave the range, for the rounding of float arithmetic. */
    private static final float ROUNDING = 1e-6f;

    private Targets() {}

    /**
     * Copies targets that lie in the range; one outside by float rounding only is moved to the bound.
     *
     * @param target conductances, uS
     * @param actual receives them, same length; may be {@code target} itself
     * @throws IllegalArgumentException if the lengths differ or a target lies outside the range, naming the cell
     */
    public static void copy(float[] target, float[] actual, ConductanceRange range) {
        if (target.length != actual.length) {
            throw new IllegalArgumentException(
                    target.length + " target conductances for " + actual.length + " programmed ones");
        }
        float min = range.minMicrosiemens();
        float max = range.maxMicrosiemens();
        float slack = ROUNDING * max;
        for (int i = 0; i < target.length; i++) {
            float value = target[i];
            if (!(value >= min - slack && value <= max + slack)) {
                throw new IllegalArgumentException("cell " + i + ": target " + value + " uS is outside the " + min + "-"
                        + max + " uS this cell can be programmed to");
            }
            actual[i] = Math.clamp(value, min, max);
        }
    }
}
