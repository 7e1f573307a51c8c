/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

/**
 * The largest current that a column can carry, in either direction; what exceeds it, read noise included, is cut off before
 * conversion.
 *
 * <pre>
 *   i_p = clamp(i_p, a - limit[p][o], a + limit[p][o]),   a = offset[p] sum x_r
 * </pre>
 *
 * <p>a is what a column without any current is worth, in units of the weight.
 *
 * <p>Source: clipping of column currents in CrossSim (T. P. Xiao et al., Sandia National Laboratories), {@code Icol_max}.
 *
 * @param limit of each output by plane, above 0; null for planes without limit, such as digital words
 * @param offset value of a cell that does not conduct, per plane
 */
public record ColumnLimits(float[][] limit, float[] offset) {
    public ColumnLimits {
        for (float[] plane : limit) {
            for (int o = 0; plane != null && o < plane.length; o++) {
                if (!(plane[o] > 0f)) {
                    throw new IllegalArgumentException("the limit of a column must be above 0, got " + plane[o]);
                }
            }
        }
    }

    void requireFit(int planes, int outputs) {
        if (limit.length != planes || offset.length != planes) {
            throw new IllegalArgumentException("limits of " + limit.length + " planes with " + offset.length
                    + " offsets for " + planes + " planes");
        }
        for (float[] plane : limit) {
            if (plane != null && plane.length != outputs) {
                throw new IllegalArgumentException("limits of " + plane.length + " columns, expected " + outputs);
            }
        }
    }

    /** What is left of a current of a plane that has a limit. */
    public float clipped(int plane, int output, float inputs, float current) {
        float none = offset[plane] * inputs;
        return Math.min(Math.max(current, none - limit[plane][output]), none + limit[plane][output]);
    }
}
