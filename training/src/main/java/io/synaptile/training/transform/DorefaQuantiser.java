/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.sim.compute.WeightStage;
import io.synaptile.text.message.RefusedException;
import java.util.Optional;

/**
 * DoReFa weights: a hyperbolic tangent brings the weights of a layer to [-1, 1], then they are rounded to 2^bits equally
 * spaced levels.
 *
 * <pre>
 *   n = 2^bits - 1     M = max |tanh(w)| over the layer
 *   x = tanh(w) / (2 M) + 1/2                  in 0 to 1
 *   q = 2 rint(x n) / n - 1                    half to even; levels +-1/n, +-3/n, ..., +-1, none at zero
 *   dq/dw = (1 - tanh(w)^2) / M                straight through the rounding, M a constant
 *
 *   bits = 1:  q = E|w| if w >= 0, else -E|w|, E the mean over the layer; dq/dw = 1
 * </pre>
 *
 * <p>Where all weights are 0 so is x - 1/2: the levels next to the middle, or 0 for one bit.
 *
 * <p>Source: S. Zhou et al., "DoReFa-Net: training low bitwidth convolutional neural networks with low bitwidth gradients",
 * arXiv:1606.06160, 2016, whose rounding at ties is not stated.
 *
 * @param bits 1 to 16
 */
public record DorefaQuantiser(int bits) implements WeightTransform {
    public DorefaQuantiser {
        if (bits < 1 || bits > 16) {
            throw RefusedException.mustBe(HardwareProperty.QUANTISED_BITS, "1 to 16", bits);
        }
    }

    @Override
    public void apply(float[] weights, float[] out, WeightDraw draw) {
        if (bits == 1) {
            sign(weights, out);
            return;
        }
        double largest = largestTanh(weights);
        int n = (1 << bits) - 1;
        for (int i = 0; i < weights.length; i++) {
            double x = StrictMath.tanh(weights[i]) / (2 * largest) + 0.5;
            out[i] = (float) ((2 * Math.rint(x * n) - n) / n);
        }
    }

    @Override
    public void pullBack(float[] weights, float[] out, float[] gradient) {
        if (bits == 1) {
            return;
        }
        double largest = largestTanh(weights);
        for (int i = 0; i < gradient.length; i++) {
            double tanh = StrictMath.tanh(weights[i]);
            gradient[i] *= (float) ((1 - tanh * tanh) / largest);
        }
    }

    private static void sign(float[] weights, float[] out) {
        double sum = 0;
        for (float w : weights) {
            sum += Math.abs(w);
        }
        float mean = (float) (sum / weights.length);
        for (int i = 0; i < weights.length; i++) {
            out[i] = weights[i] >= 0f ? mean : -mean;
        }
    }

    /** M; 1 where all weights are 0, so that they have a quotient. */
    private static double largestTanh(float[] weights) {
        float largest = 0f;
        for (float w : weights) {
            largest = Math.max(largest, Math.abs(w));
        }
        return largest == 0f ? 1 : StrictMath.tanh(largest);
    }

    @Override
    public Optional<WeightStage> onDevice() {
        return Optional.of(new WeightStage.Dorefa(bits));
    }
}
