/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method;

import io.synaptile.sim.network.Parameters;
import io.synaptile.training.TrainedModel;
import io.synaptile.training.words.SramWords;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a method came to.
 *
 * @param model the network that is evaluated in software, with the history of its training
 * @param latent parameters before quantisation, what a later training starts from
 * @param deployed parameters that hardware is to hold, SRAM words not counted
 * @param latentWords SRAM words before quantisation by synapse node, where layers have any
 * @param words the same as they are stored
 */
public record Outcome(
        TrainedModel model,
        Parameters latent,
        Parameters deployed,
        Map<Integer, SramWords> latentWords,
        Map<Integer, SramWords> words) {
    public Outcome {
        Objects.requireNonNull(model);
        Objects.requireNonNull(latent);
        Objects.requireNonNull(deployed);
        latentWords = Collections.unmodifiableMap(new TreeMap<>(latentWords));
        words = Collections.unmodifiableMap(new TreeMap<>(words));
    }

    /** A model that is deployed as it was trained. */
    public static Outcome of(TrainedModel model) {
        return new Outcome(model, model.latent(), model.effective(), Map.of(), Map.of());
    }
}
