/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.rram;

import java.util.Map;
import java.util.TreeMap;

/**
 * Median-preserving log-normal programming variation of signed values.
 *
 * <pre>
 *   v' = saturate(v exp(sigma z)),  z standard normal
 * </pre>
 *
 * <p>The exponential is positive, so a value keeps its sign. Values may be weights or conductances; {@code sigma} is the
 * standard deviation of ln(v' / v). Pure functions: the caller draws z.
 *
 * <p>Source of form and table: the released code of a variation-aware spiking network fork built on BNTT (Y. Kim and
 * P. Panda, 2021), where the spread is chosen by the RRAM bit width.
 */
public final class LogNormalVariation {
    /** Standard deviation of ln(G / Gt) by bits per cell. */
    private static final Map<Integer, Float> SIGMA_BY_BITS =
            new TreeMap<>(Map.of(1, 0.08164f, 2, 0.12542f, 3, 0.2062f, 4, 0.34597f, 8, 0.369039f));

    private LogNormalVariation() {}

    /**
     * Spread of a cell of some bits from the table.
     *
     * @throws IllegalArgumentException for a width other than 1, 2, 3, 4 or 8
     */
    public static float tableSigma(int bits) {
        Float sigma = SIGMA_BY_BITS.get(bits);
        if (sigma == null) {
            throw new IllegalArgumentException("programming.sigma: the table has no entry for " + bits
                    + " bits, only for " + SIGMA_BY_BITS.keySet() + "; give a number");
        }
        return sigma;
    }

    /** One value without saturation. */
    public static float perturb(float value, float sigma, float z) {
        return (float) (value * StrictMath.exp((double) sigma * z));
    }

    /**
     * Varies an array.
     *
     * @param values signed values; bounds of {@link Saturation#SIGNED_MAX} are taken over all of them
     * @param sigma standard deviation of the logarithm, at least 0; a scale factor is multiplied in by the caller
     * @param z one standard normal per value
     * @param fullScale largest magnitude under {@link Saturation#SYMMETRIC}, unused by the others
     * @param varied receives the result, same length; may be {@code values} itself
     * @throws IllegalArgumentException if the lengths differ or sigma is negative
     */
    public static void perturb(
            float[] values, float sigma, float[] z, Saturation saturation, float fullScale, float[] varied) {
        if (values.length != z.length || values.length != varied.length) {
            throw new IllegalArgumentException(
                    "variation of " + values.length + " values with " + z.length + " normals into " + varied.length);
        }
        if (!(sigma >= 0f)) {
            throw new IllegalArgumentException("sigma must be at least 0, got " + sigma);
        }
        float floor = Float.NEGATIVE_INFINITY;
        float cap = Float.POSITIVE_INFINITY;
        switch (saturation) {
            case NONE -> {}
            case SYMMETRIC -> cap = fullScale;
            case SIGNED_MAX -> {
                floor = Float.POSITIVE_INFINITY;
                cap = Float.NEGATIVE_INFINITY;
                for (float value : values) {
                    floor = Math.min(floor, value);
                    cap = Math.max(cap, value);
                }
            }
        }
        for (int i = 0; i < values.length; i++) {
            float moved = perturb(values[i], sigma, z[i]);
            varied[i] = Math.signum(moved) * Math.max(Math.min(Math.abs(moved), cap), floor);
        }
    }
}
