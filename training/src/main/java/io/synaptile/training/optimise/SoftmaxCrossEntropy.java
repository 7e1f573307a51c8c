/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

/**
 * Cross-entropy of the softmax, mean over the batch, with smoothed labels where asked.
 *
 * <pre>
 *   p = exp(o - max o) / sum exp(o - max o)     q = (1 - smoothing) 1[label] + smoothing / classes
 *   loss = -sum q log p                         dloss/do = (p - q) / samples
 * </pre>
 *
 * <p>Source of the smoothing: C. Szegedy et al., "Rethinking the inception architecture for computer vision", CVPR 2016, section 7,
 * with a uniform distribution over the classes, the label among them.
 *
 * @param smoothing share of a label that is spread over all classes, at least 0 and below 1
 */
public record SoftmaxCrossEntropy(double smoothing) implements Loss {
    public SoftmaxCrossEntropy {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException("label smoothing must be at least 0 and below 1, got " + smoothing);
        }
    }

    /** Without smoothing. */
    public SoftmaxCrossEntropy() {
        this(0);
    }

    @Override
    public double evaluate(float[] scores, int[] labels, float[] gradient) {
        int samples = labels.length;
        int classes = Loss.classes(scores, labels, gradient);
        double other = smoothing / classes;
        double own = 1 - smoothing + other;
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
            total += StrictMath.log(sum) - expected(scores, offset, labels[n], max, classes);
            for (int c = 0; c < classes; c++) {
                double p = StrictMath.exp(scores[offset + c] - max) / sum;
                gradient[offset + c] = (float) ((p - (c == labels[n] ? own : other)) / samples);
            }
        }
        return total / samples;
    }

    /** Score less the largest, expected under q. */
    private double expected(float[] scores, int offset, int label, float max, int classes) {
        double ofLabel = scores[offset + label] - max;
        if (smoothing == 0) {
            return ofLabel;
        }
        double mean = 0;
        for (int c = 0; c < classes; c++) {
            mean += ((double) scores[offset + c] - max) / classes;
        }
        return (1 - smoothing) * ofLabel + smoothing * mean;
    }
}
