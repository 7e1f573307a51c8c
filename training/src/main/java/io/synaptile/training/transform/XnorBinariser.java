/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

/**
 * Weights of one magnitude per output, {@code sign(w) * mean |w|} over the weights of the output; 0 stays 0. The latent weights are
 * to be centred over the input channels and clamped to -1 to 1 after every step.
 *
 * <pre>
 *   pull-back of g:  (a 1[|w| &lt;= 1] g + sign(w) / n * sum of sign(w) g over the output) (1 - 1 / inputs) n
 * </pre>
 *
 * <p>Its size grows with the number n of weights of an output, which suits update rules that do not depend on the size of
 * gradients, such as Adam.
 *
 * <p>Source: M. Rastegari et al., "XNOR-Net", ECCV 2016, equations 7 and 11, with the last two factors of its published code.
 *
 * @param outputs of the layer; weights are {@code [out, in, ...]}
 * @param inputs its input channels
 */
public record XnorBinariser(int outputs, int inputs) implements WeightTransform {
    public XnorBinariser {
        if (outputs < 1 || inputs < 1) {
            throw new IllegalArgumentException(
                    "binary weights need outputs and inputs, got " + outputs + " and " + inputs);
        }
    }

    @Override
    public void apply(float[] weights, float[] out, WeightDraw draw) {
        int own = weights.length / outputs;
        for (int o = 0; o < outputs; o++) {
            float magnitude = magnitude(weights, o * own, own);
            for (int i = o * own; i < (o + 1) * own; i++) {
                out[i] = Math.signum(weights[i]) * magnitude;
            }
        }
    }

    private static float magnitude(float[] weights, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += Math.abs(weights[i]);
        }
        return (float) (sum / count);
    }

    @Override
    public void pullBack(float[] weights, float[] out, float[] gradient) {
        int own = weights.length / outputs;
        double factor = (1 - 1.0 / inputs) * own;
        for (int o = 0; o < outputs; o++) {
            double magnitude = magnitude(weights, o * own, own);
            double along = 0;
            for (int i = o * own; i < (o + 1) * own; i++) {
                along += Math.signum(weights[i]) * gradient[i];
            }
            along /= own;
            for (int i = o * own; i < (o + 1) * own; i++) {
                double through = Math.abs(weights[i]) <= 1f ? magnitude * gradient[i] : 0;
                gradient[i] = (float) ((through + Math.signum(weights[i]) * along) * factor);
            }
        }
    }
}
