/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.engine.ImageSource;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.training.data.Augmentation;
import io.synaptile.training.optimise.CosineSchedule;
import io.synaptile.training.optimise.Sgd;
import io.synaptile.training.optimise.SoftmaxCrossEntropy;
import io.synaptile.training.optimise.XavierUniform;
import io.synaptile.training.transform.LayerTransforms;

/**
 * Training for programs that choose little: cross-entropy, gradient descent with momentum 0.9 and weight decay 1e-4, a rate of
 * 0.2 that falls to 0 in half a cosine, batches of 64, images as they are, initial weights of {@link XavierUniform} with a
 * gain of 2. For all other choices there are {@link TrainingOptions} and {@link Trainer}.
 */
public final class UsualTraining {
    private static final int BATCH = 64;
    private static final double RATE = 0.2;
    private static final float MOMENTUM = 0.9f;
    private static final float WEIGHT_DECAY = 1e-4f;
    private static final double GAIN = 2;

    private UsualTraining() {}

    /**
     * The options of this training.
     *
     * @param epochs passes over the training images
     * @param timeSteps simulation steps per image
     * @param transforms from latent to effective weights
     * @param seed root of all random draws
     */
    public static TrainingOptions options(
            int epochs, int timeSteps, Encoder encoder, LayerTransforms transforms, long seed) {
        return new TrainingOptions(
                epochs,
                new Presentation(BATCH, timeSteps, encoder, Augmentation.none()),
                new SoftmaxCrossEntropy(),
                Descent.of(new Sgd(MOMENTUM), new CosineSchedule(RATE, epochs), WEIGHT_DECAY),
                transforms,
                seed,
                Runtime.getRuntime().availableProcessors());
    }

    /**
     * Trains a network from drawn weights to the last epoch, silently.
     *
     * @param validation images that choose the best epoch; never the test images
     * @throws IllegalArgumentException if images do not fit the network, or a batch is too small for its norms
     * @throws ArithmeticException if the loss or a weight stops being finite
     */
    public static TrainedModel train(
            ComputeBackend backend,
            Network network,
            ImageSource train,
            ImageSource validation,
            TrainingOptions options) {
        TrainingState drawn = TrainingState.initial(
                network, options.images().timeSteps(), new XavierUniform(GAIN), options.descent(), options.seed());
        return new Trainer(backend, network, train, validation, options).train(drawn, TrainingListener.silent());
    }
}
