/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.engine.ImageSource;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;

/**
 * Images of classes that a line can separate: image i of class {@code i % classes} is a class pattern of -1 and 1 plus
 * Gaussian noise.
 */
public record Clusters(int size, Shape shape, int classes, float noise, long seed) implements ImageSource {
    @Override
    public void image(int index, float[] into, int offset) {
        NoiseStream pattern = NoiseStream.of(77, Purpose.TEST, label(index), 0, 0);
        NoiseStream deviation = NoiseStream.of(seed, Purpose.TEST, 99, index, 0);
        for (int i = 0; i < shape.size(); i++) {
            into[offset + i] = (pattern.nextInt() < 0 ? -1f : 1f) + noise * (float) deviation.nextGaussian();
        }
    }

    @Override
    public int label(int index) {
        return index % classes;
    }
}
