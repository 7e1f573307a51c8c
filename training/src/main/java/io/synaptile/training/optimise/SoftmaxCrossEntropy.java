/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

/**
 * Cross-entropy of the softmax, mean over the batch.
 *
 * <pre>
 *   p = exp(o - max o) / sum exp(o - max o)     loss = -log p[label]     dloss/do = (p - 1[label]) / samples
 * </pre>
 */
public record SoftmaxCrossEntropy() implements Loss {
    @Override
    public double evaluate(float[] scores, int[] labels, float[] gradient) {
        int samples = labels.length;
        int classes = scores.length / samples;
        if (classes * samples != scores.length || gradient.length != scores.length) {
            throw new IllegalArgumentException(scores.length + " scores and " + gradient.length + " derivatives for "
                    + samples + " samples");
        }
        double total = 0;
        for (int n = 0; n < samples; n++) {
            int offset = n * classes;
            float max = scores[offset];
            for (int c = 1; c < classes; c++) {
                max = Math.max(max, scores[offset + c]);
            }
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += StrictMath.exp(scores[offset + c] - max);
            }
            total += StrictMath.log(sum) - (scores[offset + labels[n]] - max);
            for (int c = 0; c < classes; c++) {
                double p = StrictMath.exp(scores[offset + c] - max) / sum;
                gradient[offset + c] = (float) ((c == labels[n] ? p - 1 : p) / samples);
            }
        }
        return total / samples;
    }
}
