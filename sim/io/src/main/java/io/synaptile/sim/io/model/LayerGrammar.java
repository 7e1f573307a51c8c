/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.model;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Surrogate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The kinds of layers by name, and what each of them says; model files and experiment files have it in common. */
public final class LayerGrammar {
    /** One kind: how it is read. */
    private interface Kind {
        Layer read(LayerFields fields, NeuronSpec usual);
    }

    private static final Map<String, Kind> KINDS = new TreeMap<>(Map.of(
            "conv2d",
                    (fields, _) -> new Layer.Conv2d(
                            fields.integer("out_channels"),
                            fields.integer("kernel", 3),
                            fields.integer("stride", 1),
                            fields.integer("padding", 0)),
            "dense", (fields, _) -> new Layer.Dense(fields.integer("out_features")),
            "avg_pool", (fields, _) -> new Layer.AvgPool(fields.integer("size")),
            "flatten", (_, _) -> new Layer.Flatten(),
            "dropout", (fields, _) -> new Layer.Dropout(fields.number("rate", 0.5f)),
            "step_norm",
                    (fields, _) -> new Layer.StepNorm(
                            fields.number("epsilon", 1e-4f), fields.number("momentum", 0.1f), fields.flag("shared")),
            "neuron", LayerGrammar::neuron,
            "add", (_, _) -> new Layer.Add(),
            "read_out", (_, _) -> new Layer.ReadOut()));

    private LayerGrammar() {}

    /** Names of the kinds. */
    public static List<String> kinds() {
        return List.copyOf(KINDS.keySet());
    }

    /**
     * Reads a layer.
     *
     * @param usual neuron whose properties hold where a description leaves them out
     * @return empty if there is no such kind
     * @throws IllegalArgumentException naming the key and the value that is not allowed
     */
    public static Optional<Layer> read(String kind, LayerFields fields, NeuronSpec usual) {
        return Optional.ofNullable(KINDS.get(kind)).map(known -> known.read(fields, usual));
    }

    private static Layer neuron(LayerFields fields, NeuronSpec usual) {
        NeuronSpec.Reset reset =
                switch (fields.text("reset", usual.reset() == NeuronSpec.Reset.SOFT ? "soft" : "hard")) {
                    case "soft" -> NeuronSpec.Reset.SOFT;
                    case "hard" -> NeuronSpec.Reset.HARD;
                    default -> throw fields.wrong("reset", "soft and hard are known");
                };
        Surrogate surrogate = switch (fields.text("surrogate", "triangle")) {
            case "triangle" ->
                new Surrogate.Triangle(fields.number(
                        "surrogate_height",
                        switch (usual.surrogate()) {
                            case Surrogate.Triangle(float height) -> height;
                        }));
            default -> throw fields.wrong("surrogate", "triangle is known");
        };
        return new Layer.Neuron(new NeuronSpec(
                fields.number("leak", usual.leak()), fields.number("threshold", usual.threshold()), reset, surrogate));
    }
}
