/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import java.util.Objects;
import java.util.Optional;

/**
 * One programming of a layer's weights, as numbers that a device can draw by itself. Normals and uniforms are those of the
 * stream's {@code nextGaussian} and {@code nextDouble} in the order in which a host would ask for them.
 */
public sealed interface VariationModel {
    /**
     * {@code w exp(sigma z)}, then bounded; normal i belongs to weight i.
     *
     * @param sigma standard deviation of ln(w' / w)
     */
    record LogNormalWeight(double sigma, Bound bound) implements VariationModel {
        public LogNormalWeight {
            Objects.requireNonNull(bound);
            requireSigma(sigma);
        }
    }

    /** Bound on a varied weight; its sign is always kept. */
    sealed interface Bound {
        /** None. */
        record None() implements Bound {}

        /** The magnitude is capped at a full scale. */
        record Fixed(float fullScale) implements Bound {}

        /** The magnitude is capped at the largest unvaried magnitude of the layer. */
        record LayerMaximum() implements Bound {}

        /** {@code |w'| = max(min(|w'|, largest unvaried weight), smallest unvaried weight)}, both with their sign. */
        record SignedExtremes() implements Bound {}
    }

    /**
     * Sign-magnitude weights on a positive and a negative column of log-normal cells, each column cut into slices.
     *
     * <pre>
     *   j = min(rint(|w| steps / fullScale), steps) = sum over k of c_k 2^(k sliceBits)
     *   G = clamp(conductance[c] exp(sigma z), 0, gmax), then stuck cells        gmax the last of conductance
     *   c(G) = (G - conductance[0]) codesPerMicrosiemens, or the whole code within tolerance of it
     *   w' = sum over columns of +-2^(k sliceBits) (c(G) fullScale / steps)
     * </pre>
     *
     * <p>Columns are drawn one after the other, the positive slices first; in each, a normal per weight, then a uniform per
     * weight for stuck cells: at conductance[0] where {@code u < stuckOff}, at gmax where {@code u >= 1 - stuckOn}.
     *
     * @param fullScale weight at the last step; empty: the largest magnitude of the layer, 1 if that is 0
     * @param steps steps from 0 to full scale, at most 65535
     * @param sliceBits bits of one slice
     * @param slices slices of a column; a single one holds all steps
     * @param conductance targets by code, uS
     */
    record LogNormalPair(
            Optional<Float> fullScale,
            int steps,
            int sliceBits,
            int slices,
            float[] conductance,
            double codesPerMicrosiemens,
            double tolerance,
            double sigma,
            double stuckOff,
            double stuckOn)
            implements VariationModel {
        public LogNormalPair {
            Objects.requireNonNull(fullScale);
            requireSigma(sigma);
            if (steps < 1 || steps > 65535 || sliceBits < 1 || slices < 1) {
                throw new IllegalArgumentException(
                        "a pair of " + steps + " steps in " + slices + " slices of " + sliceBits + " bits");
            }
            if (conductance.length < 2) {
                throw new IllegalArgumentException("a cell needs at least 2 codes, got " + conductance.length);
            }
        }
    }

    private static void requireSigma(double sigma) {
        if (!(sigma >= 0) || Double.isInfinite(sigma)) {
            throw new IllegalArgumentException("sigma must be at least 0, got " + sigma);
        }
    }
}
