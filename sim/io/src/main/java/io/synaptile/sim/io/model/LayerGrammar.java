/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.model;

import io.synaptile.sim.network.Emission;
import io.synaptile.sim.network.Estimator;
import io.synaptile.sim.network.Extent;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.NeuronDynamics;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Representation;
import io.synaptile.sim.network.Scope;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.network.Surrogate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The kinds of layers by name, and what each of them says; model files and experiment files have it in common. */
public final class LayerGrammar {
    /** One kind: how it is read. */
    private interface Kind {
        Layer read(LayerFields fields, NeuronSpec usual, Shape in);
    }

    static final String SCALE = "scale";
    static final String SIGMOID = "sigmoid";
    static final String MAGNITUDE = "magnitude";

    /** The one kind that may read a later layer. */
    static final String DELAY = "delay";

    /** A part of the input; experiment files name it by the input that it is. */
    public static final String PART = "input";

    private static final Map<String, Kind> KINDS = new TreeMap<>();

    static {
        KINDS.put("bias", (_, _, _) -> new Layer.Bias());
        KINDS.put(
                "conv2d",
                (fields, _, in) -> new Layer.Conv2d(
                        fields.integer("out_channels"),
                        extent(fields.pair("kernel", 3)),
                        extent(fields.pair("stride", 1)),
                        extent(fields.pair("padding", 0)),
                        extent(fields.optionalPair("dilation", 1)),
                        fields.says("groups", "input") ? in.channels() : fields.optional("groups", 1)));
        KINDS.put("dense", (fields, _, _) -> new Layer.Dense(fields.integer("out_features")));
        KINDS.put("avg_pool", (fields, _, in) -> averagePool(fields, in));
        KINDS.put("max_pool", (fields, _, _) -> maxPool(fields));
        KINDS.put("relu", (fields, _, _) -> new Layer.Relu(fields.optional("ceiling", Float.POSITIVE_INFINITY)));
        KINDS.put(
                "rate_norm",
                (fields, _, _) -> new Layer.RateNorm(
                        fields.optional("momentum", Layer.RateNorm.standard().momentum()),
                        fields.optional("epsilon", Layer.RateNorm.standard().epsilon()),
                        switch (fields.optional(SCALE, SIGMOID)) {
                            case SIGMOID -> true;
                            case MAGNITUDE -> false;
                            default -> throw fields.wrong(SCALE, SIGMOID + " and " + MAGNITUDE + " are known");
                        },
                        fields.flag("locked")));
        KINDS.put(
                "qcfs",
                (fields, _, _) ->
                        new Layer.Qcfs(fields.integer("levels"), fields.optional("threshold", Layer.Qcfs.USUAL)));
        KINDS.put("flatten", (_, _, _) -> new Layer.Flatten());
        KINDS.put(PART, (fields, _, _) -> new Layer.Part(fields.integer("first"), shape(fields)));
        KINDS.put("dropout", (fields, _, _) -> new Layer.Dropout(fields.number("rate", 0.5f)));
        KINDS.put(
                "step_norm",
                (fields, _, _) -> new Layer.StepNorm(
                        fields.number("epsilon", 1e-4f),
                        fields.number("momentum", 0.1f),
                        fields.flag("shared"),
                        fields.flag("offset")));
        KINDS.put("neuron", (fields, usual, _) -> neuron(fields, usual));
        for (Layer.Join.Function function : Layer.Join.Function.values()) {
            KINDS.put(function.name().toLowerCase(Locale.ROOT), (_, _, _) -> new Layer.Join(function));
        }
        KINDS.put("concat", (_, _, _) -> new Layer.Concat());
        KINDS.put(
                "integrator",
                (fields, _, _) -> new Layer.Integrator(
                        fields.number("leak", 0.9f),
                        fields.optional("input_gain", 1f),
                        scope(fields, "learn_leak", Scope.FIXED)));
        KINDS.put(DELAY, (fields, _, _) -> new Layer.Delay(shape(fields)));
        KINDS.put("read_out", (fields, _, _) -> readOut(fields));
    }

    /** Value of spikes that are worth the threshold. */
    static final String THRESHOLD = "threshold";

    static final String EMISSION_FACTOR = "emission_factor";
    /** Neurons that learn by their mean input, and what there is to say about them. */
    static final String REPRESENTATION = "representation";

    static final String TIME_CONSTANT = "time_constant";
    static final String STEP = "step";
    static final String THRESHOLD_FACTOR = "threshold_factor";

    private static final String ABOVE = "above";
    private static final String FROM = "from";

    private LayerGrammar() {}

    /** Names of the kinds. */
    public static List<String> kinds() {
        return List.copyOf(KINDS.keySet());
    }

    /**
     * Reads a layer.
     *
     * @param usual neuron whose properties hold where a description leaves them out
     * @param in shape of what the layer reads, for a pool over all of it
     * @return empty if there is no such kind
     * @throws IllegalArgumentException naming the key and the value that is not allowed
     */
    public static Optional<Layer> read(String kind, LayerFields fields, NeuronSpec usual, Shape in) {
        return Optional.ofNullable(KINDS.get(kind)).map(known -> known.read(fields, usual, in));
    }

    private static Shape shape(LayerFields fields) {
        return new Shape(fields.integer("channels"), fields.integer("height"), fields.integer("width"));
    }

    private static Extent extent(int[] pair) {
        return new Extent(pair[0], pair[1]);
    }

    private static Layer averagePool(LayerFields fields, Shape in) {
        if (fields.says("size", "global")) {
            return new Layer.AvgPool(in.height(), in.width());
        }
        int[] size = fields.pair("size");
        return new Layer.AvgPool(size[0], size[1]);
    }

    private static Layer maxPool(LayerFields fields) {
        int size = fields.integer("size");
        return new Layer.MaxPool(size, fields.integer("stride", size), fields.optional("padding", 0));
    }

    private static Layer readOut(LayerFields fields) {
        String said = fields.optional("rule", word(Layer.ReadOut.Rule.MEAN));
        Layer.ReadOut.Rule rule = Arrays.stream(Layer.ReadOut.Rule.values())
                .filter(known -> word(known).equals(said))
                .findFirst()
                .orElseThrow(() -> fields.wrong("rule", "mean, sum, last, highest and weighted are known"));
        return new Layer.ReadOut(rule, fields.optional("decay", 1f), fields.optional("voters", 1));
    }

    /** What a rule is called in files. */
    static String word(Layer.ReadOut.Rule rule) {
        return rule.name().toLowerCase(Locale.ROOT);
    }

    private static Layer neuron(LayerFields fields, NeuronSpec usual) {
        NeuronSpec.Reset reset =
                switch (fields.text("reset", usual.reset() == NeuronSpec.Reset.SOFT ? "soft" : "hard")) {
                    case "soft" -> NeuronSpec.Reset.SOFT;
                    case "hard" -> NeuronSpec.Reset.HARD;
                    default -> throw fields.wrong("reset", "soft and hard are known");
                };
        float leak = fields.number("leak", usual.leak());
        return new Layer.Neuron(new NeuronSpec(
                leak,
                inputGain(fields, usual, leak),
                fields.number(THRESHOLD, usual.threshold()),
                switch (fields.optional("fires", usual.firing() == NeuronSpec.Firing.ABOVE ? ABOVE : FROM)) {
                    case ABOVE -> NeuronSpec.Firing.ABOVE;
                    case FROM -> NeuronSpec.Firing.FROM;
                    default -> throw fields.wrong("fires", "above and from are known");
                },
                reset,
                fields.optional("reset_potential", reset == usual.reset() ? usual.resetPotential() : 0f),
                estimator(fields, usual.estimator()),
                dynamics(fields, usual.dynamics())));
    }

    private static NeuronDynamics dynamics(LayerFields fields, NeuronDynamics usual) {
        return new NeuronDynamics(
                fields.optional("refractory", usual.refractorySteps()),
                fields.optional("adaptation_decay", usual.adaptationDecay()),
                fields.optional("adaptation_strength", usual.adaptationStrength()),
                scope(fields, "learn_leak", usual.leak()),
                scope(fields, "learn_threshold", usual.threshold()),
                fields.optional("initial", usual.initial()),
                emission(fields, usual.emission()),
                fields.optional("firing_share", usual.firingShare()));
    }

    private static Emission emission(LayerFields fields, Emission usual) {
        String key = "emission";
        if (fields.optionalSays(key, THRESHOLD)) {
            return new Emission.Threshold(
                    fields.optional(EMISSION_FACTOR, usual instanceof Emission.Threshold(float factor) ? factor : 1f));
        }
        return fields.has(key) ? new Emission.Fixed(fields.optional(key, 1f)) : usual;
    }

    private static Scope scope(LayerFields fields, String key, Scope usual) {
        String said = fields.optional(key, word(usual));
        return Arrays.stream(Scope.values())
                .filter(scope -> word(scope).equals(said))
                .findFirst()
                .orElseThrow(() -> fields.wrong(key, "none, layer and channel are known"));
    }

    /** What a scope is called in files. */
    static String word(Scope scope) {
        return switch (scope) {
            case FIXED -> "none";
            case LAYER -> "layer";
            case CHANNEL -> "channel";
        };
    }

    private static float inputGain(LayerFields fields, NeuronSpec usual, float leak) {
        return switch (fields.optional("input", "")) {
            case "" -> fields.optional("input_gain", usual.inputGain() == 1f ? 1f : 1f - leak);
            case "undecayed" -> 1f;
            case "decayed" -> 1f - leak;
            default -> throw fields.wrong("input", "undecayed and decayed are known");
        };
    }

    private static Estimator estimator(LayerFields fields, Estimator usual) {
        String kind = fields.text("surrogate", kind(usual));
        // The usual shape is that of the usual kind.
        Estimator same = kind.equals(kind(usual)) ? usual : null;
        return switch (kind) {
            case "triangle" ->
                new Surrogate.Triangle(fields.number(
                        "surrogate_height",
                        same instanceof Surrogate.Triangle(float height) ? height : Surrogate.Triangle.USUAL));
            case "rectangle" ->
                new Surrogate.Rectangle(fields.number(
                        "surrogate_width",
                        same instanceof Surrogate.Rectangle(float width) ? width : Surrogate.Rectangle.USUAL));
            case "atan" ->
                new Surrogate.ArcTangent(fields.number(
                        "surrogate_alpha",
                        same instanceof Surrogate.ArcTangent(float alpha) ? alpha : Surrogate.ArcTangent.USUAL));
            case "sigmoid" ->
                new Surrogate.Sigmoid(fields.number(
                        "surrogate_alpha",
                        same instanceof Surrogate.Sigmoid(float alpha) ? alpha : Surrogate.Sigmoid.USUAL));
            case "fast_sigmoid" ->
                new Surrogate.FastSigmoid(fields.number(
                        "surrogate_slope",
                        same instanceof Surrogate.FastSigmoid(float slope) ? slope : Surrogate.FastSigmoid.USUAL));
            case REPRESENTATION -> {
                Representation given = same instanceof Representation known ? known : Representation.INTEGRATORS;
                yield new Representation(
                        fields.optional(TIME_CONSTANT, given.timeConstant()),
                        fields.optional(STEP, given.step()),
                        fields.optional(THRESHOLD_FACTOR, given.thresholdFactor()));
            }
            default ->
                throw fields.wrong(
                        "surrogate", "triangle, rectangle, atan, sigmoid, fast_sigmoid and representation are known");
        };
    }

    /** What an estimator is called in files. */
    static String kind(Estimator estimator) {
        return switch (estimator) {
            case Representation _ -> REPRESENTATION;
            case Surrogate.Triangle _ -> "triangle";
            case Surrogate.Rectangle _ -> "rectangle";
            case Surrogate.ArcTangent _ -> "atan";
            case Surrogate.Sigmoid _ -> "sigmoid";
            case Surrogate.FastSigmoid _ -> "fast_sigmoid";
        };
    }
}
