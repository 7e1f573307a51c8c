/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.spikes.Encoder;
import io.synaptile.training.data.Augmentation;
import io.synaptile.training.optimise.Loss;
import io.synaptile.training.optimise.Schedule;
import io.synaptile.training.optimise.Sgd;
import io.synaptile.training.transform.LayerTransforms;
import java.util.Objects;

/**
 * How a network is trained.
 *
 * @param epochs passes over the training images
 * @param batch largest number of images per batch; an epoch is cut into the fewest batches of nearly equal size
 * @param timeSteps simulation steps per image
 * @param transforms from latent to effective weights; layers that are quantised or varied are the caller's choice
 * @param seed root of all random draws
 * @param threads threads of the backend; no result depends on it
 */
public record TrainingOptions(
        int epochs,
        int batch,
        int timeSteps,
        Encoder encoder,
        Loss loss,
        Sgd optimiser,
        Schedule schedule,
        LayerTransforms transforms,
        Augmentation augmentation,
        long seed,
        int threads) {
    public TrainingOptions {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs must be at least 1, got " + epochs);
        }
        if (batch < 1) {
            throw new IllegalArgumentException("batch must be at least 1, got " + batch);
        }
        if (timeSteps < 1) {
            throw new IllegalArgumentException("time_steps must be at least 1, got " + timeSteps);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        Objects.requireNonNull(encoder);
        Objects.requireNonNull(loss);
        Objects.requireNonNull(optimiser);
        Objects.requireNonNull(schedule);
        Objects.requireNonNull(transforms);
        Objects.requireNonNull(augmentation);
    }
}
