/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

/**
 * Leaves weights as they are and adds the derivative of a penalty that pushes whole groups of them to 0. A group holds the
 * weights of one output and of some consecutive inputs, with all their kernel positions.
 *
 * <pre>
 *   R = lambda * sum over groups g of min(|w_g|, ratio * mean)      mean of |w_g| over the G groups, Euclidean norms
 *   dR/dw_g = lambda * ( 1[ |w_g| <= ratio * mean ] + ratio C / G ) w_g / |w_g|
 * </pre>
 *
 * <p>C groups lie above the bound. The second term comes from the mean and is left out where the mean counts as a constant.
 * A group of norm 0 has derivative 0.
 *
 * <p>Source: pruning of the published BNTT code's variation-aware fork, which has no case for norm 0.
 *
 * @param size weights per group, consecutive in {@code [out, in, kh, kw]}
 * @param lambda strength, at least 0
 * @param ratio factor on the mean norm, above 0
 * @param constantMean whether the mean counts as a constant
 */
public record GroupLasso(int size, double lambda, double ratio, boolean constantMean) implements WeightTransform {
    public GroupLasso {
        if (size < 1) {
            throw new IllegalArgumentException("a group needs at least 1 weight, got " + size);
        }
        if (!(lambda >= 0) || Double.isInfinite(lambda) || !(ratio > 0) || Double.isInfinite(ratio)) {
            throw new IllegalArgumentException(
                    "group lasso needs lambda of at least 0 and a ratio above 0, got " + lambda + " and " + ratio);
        }
    }

    /**
     * Weights per group when a group spans some input channels.
     *
     * @param weightShape {@code [out, in, kh, kw]} or {@code [out, in]}
     * @param channels input channels per group, at least 1
     * @throws IllegalArgumentException if the input channels are not a multiple of it
     */
    public static int groupSize(int[] weightShape, int channels) {
        if (channels < 1 || weightShape[1] % channels != 0) {
            throw new IllegalArgumentException(
                    "groups of " + channels + " input channels do not divide " + weightShape[1] + " input channels");
        }
        int size = channels;
        for (int i = 2; i < weightShape.length; i++) {
            size *= weightShape[i];
        }
        return size;
    }

    @Override
    public void apply(float[] weights, float[] out, WeightDraw draw) {
        System.arraycopy(weights, 0, out, 0, weights.length);
    }

    @Override
    public void pullBack(float[] weights, float[] out, float[] gradient) {
        double[] norms = norms(weights);
        double bound = bound(norms);
        long above = clipped(norms, bound);
        double throughMean = constantMean ? 0 : ratio * above / norms.length;
        for (int g = 0; g < norms.length; g++) {
            if (norms[g] == 0) {
                continue;
            }
            double factor = lambda * ((norms[g] > bound ? 0 : 1) + throughMean) / norms[g];
            for (int i = g * size; i < (g + 1) * size; i++) {
                gradient[i] += (float) (factor * weights[i]);
            }
        }
    }

    /** R of a layer. */
    public double penalty(float[] weights) {
        double[] norms = norms(weights);
        double bound = bound(norms);
        double sum = 0;
        for (double norm : norms) {
            sum += Math.min(norm, bound);
        }
        return lambda * sum;
    }

    private double[] norms(float[] weights) {
        if (weights.length % size != 0) {
            throw new IllegalArgumentException(weights.length + " weights cannot be cut into groups of " + size);
        }
        double[] norms = new double[weights.length / size];
        for (int g = 0; g < norms.length; g++) {
            double squares = 0;
            for (int i = g * size; i < (g + 1) * size; i++) {
                squares += (double) weights[i] * weights[i];
            }
            norms[g] = Math.sqrt(squares);
        }
        return norms;
    }

    private double bound(double[] norms) {
        double sum = 0;
        for (double norm : norms) {
            sum += norm;
        }
        return ratio * sum / norms.length;
    }

    private static long clipped(double[] norms, double bound) {
        long above = 0;
        for (double norm : norms) {
            above += norm > bound ? 1 : 0;
        }
        return above;
    }
}
