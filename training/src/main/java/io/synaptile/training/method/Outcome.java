/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method;

import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Parameters;
import io.synaptile.training.TrainedModel;
import io.synaptile.training.words.SramWords;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a method came to.
 *
 * @param model the network that is evaluated in software, with the history of its training
 * @param latent parameters before quantisation, what a later training starts from
 * @param deployed parameters that hardware is to hold, SRAM words not counted
 * @param latentWords SRAM words before quantisation by synapse node, where layers have any
 * @param words the same as they are stored
 * @param conversion what the model was converted from, where it was; {@code latent} is then of the artificial network
 */
public record Outcome(
        TrainedModel model,
        Parameters latent,
        Parameters deployed,
        Map<Integer, SramWords> latentWords,
        Map<Integer, SramWords> words,
        Optional<Conversion> conversion) {
    public Outcome {
        Objects.requireNonNull(conversion);
        Objects.requireNonNull(model);
        Objects.requireNonNull(latent);
        Objects.requireNonNull(deployed);
        latentWords = Collections.unmodifiableMap(new TreeMap<>(latentWords));
        words = Collections.unmodifiableMap(new TreeMap<>(words));
    }

    /** What was trained, without conversion. */
    public Outcome(
            TrainedModel model,
            Parameters latent,
            Parameters deployed,
            Map<Integer, SramWords> latentWords,
            Map<Integer, SramWords> words) {
        this(model, latent, deployed, latentWords, words, Optional.empty());
    }

    /** A model that is deployed as it was trained. */
    public static Outcome of(TrainedModel model) {
        return new Outcome(model, model.latent(), model.effective(), Map.of(), Map.of());
    }

    /**
     * A spiking network with what it was converted from.
     *
     * @param parameters of the spiking network
     */
    public static Outcome converted(Conversion from, Parameters parameters) {
        TrainedModel artificial = from.artificial();
        TrainedModel model = new TrainedModel(
                from.twins().spiking(),
                parameters,
                parameters,
                artificial.keptEpoch(),
                artificial.validationAccuracy(),
                artificial.history());
        return new Outcome(model, artificial.latent(), parameters, Map.of(), Map.of(), Optional.of(from));
    }

    /** The network that {@link #latent} are the parameters of. */
    public Network latentNetwork() {
        return conversion.map(Conversion::artificial).orElse(model).network();
    }
}
