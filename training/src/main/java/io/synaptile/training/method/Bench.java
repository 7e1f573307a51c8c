/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method;

import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.engine.ImageSource;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Parameters;
import io.synaptile.training.TrainedModel;
import io.synaptile.training.TrainingOptions;
import io.synaptile.training.transform.LayerTransforms;

/**
 * What a method works with: to train, to calibrate and to convert.
 *
 * @param train training images
 * @param validation images that choose the epoch that is kept; never the test images
 */
public record Bench(ComputeBackend backend, ImageSource train, ImageSource validation) {
    /**
     * A model that was trained elsewhere, with its accuracy on the validation images.
     *
     * @param options with the transforms of its weights
     */
    public TrainedModel untrained(Network network, TrainingOptions options, Parameters latent) {
        return TrainedModel.untrained(
                network,
                (LayerTransforms) options.transforms(),
                latent,
                plan -> options.validator(backend).evaluate(plan, validation).accuracy());
    }
}
