/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.data;

import io.synaptile.sim.engine.ImageChange;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.List;

/**
 * Random crop of the padded image and horizontal flip. A sample's draw depends on seed, sample id and epoch alone; switching
 * the flip on or off does not change the crops.
 *
 * @param padding pixels added on each side before a crop of the original size; 0 for no crop
 * @param horizontalFlip whether every second image on average is mirrored
 * @param padValue normalised value of a padding pixel per channel: that of black, {@code -mean / deviation}, where images
 *     are padded before they are normalised; may be empty without padding
 */
public record Augmentation(int padding, boolean horizontalFlip, List<Float> padValue) implements ImageChange {
    public Augmentation {
        padValue = List.copyOf(padValue);
        if (padding < 0) {
            throw new IllegalArgumentException("crop padding must be at least 0, got " + padding);
        }
    }

    /** Images as they are. */
    public static Augmentation none() {
        return new Augmentation(0, false, List.of());
    }

    @Override
    public boolean isNone() {
        return padding == 0 && !horizontalFlip;
    }

    /**
     * Refuses images with another number of channels than there are pad values.
     *
     * @throws IllegalArgumentException if they differ
     */
    public void check(Shape shape) {
        if (padding > 0 && padValue.size() != shape.channels()) {
            throw new IllegalArgumentException(
                    "crop padding needs one value per channel, got " + padValue + " for " + shape);
        }
    }

    /**
     * Writes the image that a sample shows in an epoch.
     *
     * @param source pixels in the order c, h, w
     * @param into receives as many, from {@code offset}; must not be {@code source}
     */
    @Override
    public void apply(float[] source, Shape shape, float[] into, int offset, long seed, long sampleId, int epoch) {
        NoiseStream random = NoiseStream.of(seed, Purpose.AUGMENT, 0, sampleId, epoch);
        int down = (int) (random.nextFloat() * (2 * padding + 1)) - padding;
        int right = (int) (random.nextFloat() * (2 * padding + 1)) - padding;
        boolean mirror = random.nextFloat() < 0.5f && horizontalFlip;
        int at = offset;
        for (int c = 0; c < shape.channels(); c++) {
            float pad = padding > 0 ? padValue.get(c) : 0f;
            for (int h = 0; h < shape.height(); h++) {
                int y = h + down;
                for (int w = 0; w < shape.width(); w++) {
                    int x = (mirror ? shape.width() - 1 - w : w) + right;
                    boolean inside = y >= 0 && y < shape.height() && x >= 0 && x < shape.width();
                    into[at++] = inside ? source[(c * shape.height() + y) * shape.width() + x] : pad;
                }
            }
        }
    }
}
