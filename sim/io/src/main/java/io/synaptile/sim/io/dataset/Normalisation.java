/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import java.util.List;

/**
 * Turns a raw pixel into the network's input: {@code (raw / fullScale - mean[c]) / deviation[c]}.
 *
 * @param fullScale raw value of a white pixel, 255 or 16; 1 where bytes are numbers as they are
 * @param mean one per channel, in units of full scale
 * @param deviation one per channel, in units of full scale
 * @param source where the constants come from
 */
public record Normalisation(int fullScale, List<Float> mean, List<Float> deviation, String source) {
    private static final int LARGEST_BYTE = 255;

    public Normalisation {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (fullScale < 1 || fullScale > LARGEST_BYTE) {
            throw new IllegalArgumentException("full scale must lie in 1-255, got " + fullScale);
        }
        if (mean.isEmpty() || mean.size() != deviation.size()) {
            throw new IllegalArgumentException("normalisation needs one mean and one deviation per channel, got "
                    + mean.size() + " and " + deviation.size());
        }
        for (float value : deviation) {
            if (!(value > 0f)) {
                throw new IllegalArgumentException("deviation must be above 0, got " + value);
            }
        }
    }

    /** The same constants for every channel of a one-channel image. */
    public static Normalisation gray(int fullScale, float mean, float deviation, String source) {
        return new Normalisation(fullScale, List.of(mean), List.of(deviation), source);
    }

    /** Normalised value of every byte of one channel up to the full scale, or to the largest. */
    float[] table(int channel) {
        float[] table = new float[(fullScale == 1 ? LARGEST_BYTE : fullScale) + 1];
        for (int raw = 0; raw < table.length; raw++) {
            table[raw] = ((float) raw / fullScale - mean.get(channel)) / deviation.get(channel);
        }
        return table;
    }
}
