/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method;

import io.synaptile.sim.network.Parameters;
import io.synaptile.training.TrainedModel;
import io.synaptile.training.conversion.TwinNetworks;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a spiking network was converted from.
 *
 * @param artificial the network that was trained
 * @param scales current that one spike per step stands for, of every channel, by id of the activation
 * @param saved models of a second stage that were saved, the first stage's first; empty where there was none
 * @param looks of that stage at the validation images, in order
 */
public record Conversion(
        TwinNetworks twins,
        TrainedModel artificial,
        Map<Integer, float[]> scales,
        List<Saved> saved,
        List<Look> looks) {
    /**
     * One of several models.
     *
     * @param name that tells them apart
     * @param scales as those of the conversion
     * @param spiking parameters of the spiking network
     */
    public record Saved(String name, TrainedModel artificial, Map<Integer, float[]> scales, Parameters spiking) {}

    /**
     * A look at the validation images in a second stage.
     *
     * @param batch number of batches trained before
     * @param accuracy fraction of the images
     * @param omega mean over activations and scores
     * @param scales that the stage trains, layer by layer
     * @param model name of the model that was saved; empty if it was not
     */
    public record Look(int batch, double accuracy, double omega, float[] scales, String model) {}

    public Conversion {
        Objects.requireNonNull(twins);
        Objects.requireNonNull(artificial);
        scales = Map.copyOf(new TreeMap<>(scales));
        saved = List.copyOf(saved);
        looks = List.copyOf(looks);
    }

    /** A conversion of a training in one stage. */
    public Conversion(TwinNetworks twins, TrainedModel artificial, Map<Integer, float[]> scales) {
        this(twins, artificial, scales, List.of(), List.of());
    }
}
