/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.engine.Evaluator;
import io.synaptile.training.loop.ArrayLoop;
import io.synaptile.training.optimise.Loss;
import io.synaptile.training.transform.TransformSchedule;
import java.util.Objects;
import java.util.Optional;

/**
 * How a network is trained.
 *
 * @param epochs passes over the training images
 * @param transforms from latent to effective weights; layers that are quantised or varied are the caller's choice
 * @param patience epochs without a better validation accuracy after which training stops, 0 to go on in any case
 * @param seed root of all random draws
 * @param threads threads of the backend; no result depends on it
 * @param loop the layers that are read from arrays, if any are
 */
public record TrainingOptions(
        int epochs,
        Presentation images,
        Loss loss,
        Descent descent,
        TransformSchedule transforms,
        int patience,
        long seed,
        int threads,
        Optional<ArrayLoop> loop) {
    public TrainingOptions {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs must be at least 1, got " + epochs);
        }
        if (patience < 0) {
            throw new IllegalArgumentException("patience must be at least 0, got " + patience);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        Objects.requireNonNull(images);
        Objects.requireNonNull(loss);
        Objects.requireNonNull(descent);
        Objects.requireNonNull(transforms);
        Objects.requireNonNull(loop);
    }

    /** Training without arrays. */
    public TrainingOptions(
            int epochs,
            Presentation images,
            Loss loss,
            Descent descent,
            TransformSchedule transforms,
            int patience,
            long seed,
            int threads) {
        this(epochs, images, loss, descent, transforms, patience, seed, threads, Optional.empty());
    }

    /** Training that goes on to its last epoch. */
    public TrainingOptions(
            int epochs,
            Presentation images,
            Loss loss,
            Descent descent,
            TransformSchedule transforms,
            long seed,
            int threads) {
        this(epochs, images, loss, descent, transforms, 0, seed, threads);
    }

    /** Measures on images that judge an epoch, with their input coding the same after every one. */
    public Evaluator validator(ComputeBackend backend) {
        return new Evaluator(
                backend,
                images.timeSteps(),
                images.encoder(),
                seed,
                Evaluator.VALIDATION_PASS,
                images.batch(),
                threads);
    }

    /** The same with other transforms. */
    public TrainingOptions with(TransformSchedule others) {
        return new TrainingOptions(epochs, images, loss, descent, others, patience, seed, threads, loop);
    }

    /** The same with another way to descend. */
    public TrainingOptions with(Descent other) {
        return new TrainingOptions(epochs, images, loss, other, transforms, patience, seed, threads, loop);
    }

    /** The same with layers on arrays. */
    public TrainingOptions with(ArrayLoop arrays) {
        return new TrainingOptions(
                epochs, images, loss, descent, transforms, patience, seed, threads, Optional.of(arrays));
    }
}
