/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.training.optimise.Loss;
import io.synaptile.training.transform.LayerTransforms;
import java.util.Objects;

/**
 * How a network is trained.
 *
 * @param epochs passes over the training images
 * @param transforms from latent to effective weights; layers that are quantised or varied are the caller's choice
 * @param seed root of all random draws
 * @param threads threads of the backend; no result depends on it
 */
public record TrainingOptions(
        int epochs,
        Presentation images,
        Loss loss,
        Descent descent,
        LayerTransforms transforms,
        long seed,
        int threads) {
    public TrainingOptions {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs must be at least 1, got " + epochs);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        Objects.requireNonNull(images);
        Objects.requireNonNull(loss);
        Objects.requireNonNull(descent);
        Objects.requireNonNull(transforms);
    }
}
