/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import java.util.ArrayList;
import java.util.List;

/** Mean and deviation of what was recorded of a training part by channel, in two passes, so that large means cost no digits. */
final class TrainingStatistics {
    private TrainingStatistics() {}

    /** The constants that give every channel mean 0 and deviation 1; a channel of one value gets mean 0 and keeps its unit. */
    static Normalisation of(Dataset training) {
        int fullScale = training.normalisation().fullScale();
        List<Float> means = new ArrayList<>();
        List<Float> deviations = new ArrayList<>();
        int positions = training.shape().positions();
        int pixels = training.shape().size();
        for (int c = 0; c < training.shape().channels(); c++) {
            double sum = 0;
            double values = 0;
            for (int sample = 0; sample < training.size(); sample++) {
                int recorded = training.recordedPixels(sample);
                for (int first = c * positions; first < recorded; first += pixels) {
                    for (int p = first; p < first + positions; p++) {
                        sum += training.rawPixel(sample, p);
                    }
                    values += positions;
                }
            }
            double mean = sum / values;
            double squares = 0;
            for (int sample = 0; sample < training.size(); sample++) {
                int recorded = training.recordedPixels(sample);
                for (int first = c * positions; first < recorded; first += pixels) {
                    for (int p = first; p < first + positions; p++) {
                        double off = training.rawPixel(sample, p) - mean;
                        squares += off * off;
                    }
                }
            }
            float deviation = (float) (Math.sqrt(squares / values) / fullScale);
            means.add((float) (mean / fullScale));
            deviations.add(deviation > 0 ? deviation : 1f);
        }
        return new Normalisation(fullScale, means, deviations, "the training samples, by channel");
    }
}
