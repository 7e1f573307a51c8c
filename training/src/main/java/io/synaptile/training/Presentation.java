/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.spikes.Encoder;
import io.synaptile.training.data.Augmentation;
import java.util.Objects;

/**
 * How training images reach the network.
 *
 * @param batch largest number of images per batch; an epoch is cut into the fewest batches of nearly equal size
 * @param timeSteps simulation steps per image
 * @param augmentation random changes of the images, drawn anew in every epoch
 */
public record Presentation(int batch, int timeSteps, Encoder encoder, Augmentation augmentation) {
    public Presentation {
        if (batch < 1) {
            throw new IllegalArgumentException("batch must be at least 1, got " + batch);
        }
        if (timeSteps < 1) {
            throw new IllegalArgumentException("time_steps must be at least 1, got " + timeSteps);
        }
        Objects.requireNonNull(encoder);
        Objects.requireNonNull(augmentation);
    }
}
