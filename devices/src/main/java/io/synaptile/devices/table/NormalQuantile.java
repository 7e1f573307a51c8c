/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.table;

/** Quantiles of the standard normal distribution; slow, for reading tables. */
final class NormalQuantile {
    private static final double FARTHEST = 8;
    private static final int HALVINGS = 60;

    private NormalQuantile() {}

    /** The z below which a normal lies with probability {@code p}, 0 to 1 exclusive; by bisection, exact to 1e-12. */
    static double of(double p) {
        double low = -FARTHEST;
        double high = FARTHEST;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (below(middle) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** {@code Phi(z) = 1/2 + phi(z) (z + z^3/3 + z^5/(3 5) + ...)}; G. Marsaglia, J. Statistical Software 11 (2004). */
    private static double below(double z) {
        double sum = z;
        double term = z;
        for (int i = 3; Math.abs(term) > 1e-17 * Math.abs(sum); i += 2) {
            term *= z * z / i;
            sum += term;
        }
        return 0.5 + sum * StrictMath.exp(-z * z / 2) / StrictMath.sqrt(2 * Math.PI);
    }
}
