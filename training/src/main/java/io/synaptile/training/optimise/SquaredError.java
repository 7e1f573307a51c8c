/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

/**
 * Mean squared distance of the scores from 1 for the label and 0 for every other class.
 *
 * <pre>
 *   loss = sum (o - 1[label])^2 / (samples * classes)       dloss/do = 2 (o - 1[label]) / (samples * classes)
 * </pre>
 *
 * <p>The mean over samples and classes is that of PyTorch's {@code torch.nn.MSELoss}.
 */
public record SquaredError() implements Loss {
    @Override
    public double evaluate(float[] scores, int[] labels, float[] gradient) {
        int classes = Loss.classes(scores, labels, gradient);
        double total = 0;
        for (int i = 0; i < scores.length; i++) {
            double distance = scores[i] - (i % classes == labels[i / classes] ? 1.0 : 0.0);
            total += distance * distance;
            gradient[i] = (float) (2 * distance / scores.length);
        }
        return total / scores.length;
    }
}
