/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.model;

import io.synaptile.sim.network.Emission;
import io.synaptile.sim.network.Extent;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronDynamics;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Representation;
import io.synaptile.sim.network.Scope;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.network.Surrogate;
import io.synaptile.text.message.Quoted;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A network as JSON: {@code {"name", "input": [c, h, w], "layers": [{"name", "kind", "inputs": [ids], ...}]}}. Layers stand
 * in topological order, but for a {@code delay}, which may read a later one; an input of -1 is the network's own. Shapes are
 * inferred again when it is read. A {@code step_norm} whose scale and statistics all steps share says {@code "shared": true},
 * one with offsets {@code "offset": true}; without these keys it is per step and has none.
 */
final class NetworkJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Stands where a grammar asks for what is usual; files say all of it. */
    private static final NeuronSpec USUAL = NeuronSpec.lif(1f, 1f);

    /** Files give every pool its size. */
    private static final Shape UNASKED = Shape.features(1);

    private NetworkJson() {}

    static String write(Network network) {
        ObjectNode root = JSON.createObjectNode();
        root.put("name", network.name());
        Shape input = network.input();
        root.putArray("input").add(input.channels()).add(input.height()).add(input.width());
        ArrayNode layers = root.putArray("layers");
        for (Network.Node node : network.nodes()) {
            ObjectNode layer = layers.addObject();
            layer.put("name", node.name());
            writeLayer(node.layer(), layer);
            ArrayNode inputs = layer.putArray("inputs");
            node.inputs().forEach(inputs::add);
        }
        return JSON.writeValueAsString(root);
    }

    /** @throws IllegalArgumentException naming the layer and the key that does not fit */
    static Network read(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "network description is not valid JSON (" + e.getOriginalMessage() + ")");
        }
        Fields network = new Fields("network", root);
        String name = network.name();
        int[] input = network.integers("input");
        JsonNode layers = network.array("layers");
        network.expectNothingElse();
        if (input.length != 3) {
            throw new IllegalArgumentException("network: input must be channels, height and width");
        }
        NetworkBuilder builder = new NetworkBuilder(name, new Shape(input[0], input[1], input[2]));
        SortedMap<Integer, Integer> loops = new TreeMap<>();
        int added = 0;
        for (JsonNode node : layers) {
            Fields fields = new Fields("layer", node);
            String layerName = fields.name();
            Fields layer = fields.named("layer " + layerName);
            int[] inputs = layer.integers("inputs");
            Layer built;
            try {
                built = readLayer(layer);
            } catch (IllegalArgumentException e) {
                throw e.getMessage().startsWith(layer.place)
                        ? e
                        : new IllegalArgumentException(layer.place + ": " + e.getMessage());
            }
            layer.expectNothingElse();
            if (built instanceof Layer.Delay(Shape shape) && inputs.length == 1 && inputs[0] >= added) {
                loops.put(builder.delay(layerName, shape), inputs[0]);
            } else {
                builder.add(layerName, built, inputs);
            }
            added++;
        }
        loops.forEach(builder::connect);
        return builder.build();
    }

    private static void writeLayer(Layer layer, ObjectNode out) {
        switch (layer) {
            case Layer.Conv2d conv -> {
                out.put("kind", "conv2d").put("out_channels", conv.outChannels());
                put(out, "kernel", conv.kernel());
                put(out, "stride", conv.stride());
                put(out, "padding", conv.padding());
                if (!conv.dilation().equals(Extent.square(1))) {
                    put(out, "dilation", conv.dilation());
                }
                if (conv.groups() > 1) {
                    out.put("groups", conv.groups());
                }
            }
            case Layer.Dense dense -> out.put("kind", "dense").put("out_features", dense.outFeatures());
            case Layer.AvgPool(int height, int width) ->
                put(out.put("kind", "avg_pool"), "size", new Extent(height, width));
            case Layer.MaxPool(int size, int stride, int padding) -> {
                out.put("kind", "max_pool").put("size", size).put("stride", stride);
                if (padding > 0) {
                    out.put("padding", padding);
                }
            }
            case Layer.Relu(float ceiling) -> {
                out.put("kind", "relu");
                if (ceiling < Float.POSITIVE_INFINITY) {
                    out.put("ceiling", ceiling);
                }
            }
            case Layer.RateNorm norm -> {
                out.put("kind", "rate_norm").put("momentum", norm.momentum()).put("epsilon", norm.epsilon());
                out.put(LayerGrammar.SCALE, norm.sigmoid() ? LayerGrammar.SIGMOID : LayerGrammar.MAGNITUDE);
                if (norm.locked()) {
                    out.put("locked", true);
                }
            }
            case Layer.Qcfs(int levels, float initial) ->
                out.put("kind", "qcfs").put("levels", levels).put("threshold", initial);
            case Layer.Flatten flatten -> out.put("kind", "flatten");
            case Layer.Dropout dropout -> out.put("kind", "dropout").put("rate", dropout.rate());
            case Layer.StepNorm norm -> {
                out.put("kind", "step_norm").put("epsilon", norm.epsilon()).put("momentum", norm.momentum());
                if (norm.shared()) {
                    out.put("shared", true);
                }
                if (norm.offset()) {
                    out.put("offset", true);
                }
            }
            case Layer.Bias bias -> out.put("kind", "bias");
            case Layer.Neuron neuron -> writeNeuron(neuron.spec(), out);
            case Layer.Join(Layer.Join.Function function) ->
                out.put("kind", function.name().toLowerCase(Locale.ROOT));
            case Layer.Concat concat -> out.put("kind", "concat");
            case Layer.Integrator integrator -> {
                out.put("kind", "integrator").put("leak", integrator.leak());
                if (integrator.inputGain() != 1f) {
                    out.put("input_gain", integrator.inputGain());
                }
                if (integrator.learned() != Scope.FIXED) {
                    out.put("learn_leak", LayerGrammar.word(integrator.learned()));
                }
            }
            case Layer.Part(int first, Shape shape) -> {
                out.put("kind", LayerGrammar.PART).put("first", first);
                write(shape, out);
            }
            case Layer.Delay(Shape shape) -> write(shape, out.put("kind", LayerGrammar.DELAY));
            case Layer.ReadOut readOut -> writeReadOut(readOut, out);
        }
    }

    private static void write(Shape shape, ObjectNode out) {
        out.put("channels", shape.channels()).put("height", shape.height()).put("width", shape.width());
    }

    private static void writeReadOut(Layer.ReadOut layer, ObjectNode out) {
        out.put("kind", "read_out");
        if (layer.rule() != Layer.ReadOut.Rule.MEAN) {
            out.put("rule", LayerGrammar.word(layer.rule()));
        }
        if (layer.decay() != 1f) {
            out.put("decay", layer.decay());
        }
        if (layer.voters() != 1) {
            out.put("voters", layer.voters());
        }
    }

    /** Leaves 1 out. */
    private static void put(ObjectNode out, String key, float value) {
        if (value != 1f) {
            out.put(key, value);
        }
    }

    /** One number where lines and columns have the same, as files of earlier versions say it. */
    private static void put(ObjectNode out, String key, Extent extent) {
        if (extent.isSquare()) {
            out.put(key, extent.lines());
        } else {
            out.putArray(key).add(extent.lines()).add(extent.columns());
        }
    }

    private static void writeNeuron(NeuronSpec spec, ObjectNode out) {
        out.put("kind", "neuron").put("leak", spec.leak()).put("threshold", spec.threshold());
        out.put(
                "reset",
                switch (spec.reset()) {
                    case SOFT -> "soft";
                    case HARD -> "hard";
                });
        // What is usual is left out, so that files of earlier versions say the same.
        if (spec.inputGain() != 1f) {
            out.put("input_gain", spec.inputGain());
        }
        if (spec.firing() == NeuronSpec.Firing.FROM) {
            out.put("fires", "from");
        }
        if (spec.resetPotential() != 0f) {
            out.put("reset_potential", spec.resetPotential());
        }
        writeDynamics(spec.dynamics(), out);
        out.put("surrogate", LayerGrammar.kind(spec.estimator()));
        switch (spec.estimator()) {
            case Representation representation -> {
                put(out, LayerGrammar.TIME_CONSTANT, representation.timeConstant());
                put(out, LayerGrammar.STEP, representation.step());
                put(out, LayerGrammar.THRESHOLD_FACTOR, representation.thresholdFactor());
            }
            case Surrogate.Triangle(float height) -> out.put("surrogate_height", height);
            case Surrogate.Rectangle(float width) -> out.put("surrogate_width", width);
            case Surrogate.ArcTangent(float alpha) -> out.put("surrogate_alpha", alpha);
            case Surrogate.Sigmoid(float alpha) -> out.put("surrogate_alpha", alpha);
            case Surrogate.FastSigmoid(float slope) -> out.put("surrogate_slope", slope);
        }
    }

    private static void writeDynamics(NeuronDynamics dynamics, ObjectNode out) {
        if (dynamics.refractorySteps() != 0) {
            out.put("refractory", dynamics.refractorySteps());
        }
        if (dynamics.adaptationStrength() != 0f) {
            out.put("adaptation_strength", dynamics.adaptationStrength());
        }
        if (dynamics.adaptationDecay() != 0f) {
            out.put("adaptation_decay", dynamics.adaptationDecay());
        }
        if (dynamics.leak() != Scope.FIXED) {
            out.put("learn_leak", LayerGrammar.word(dynamics.leak()));
        }
        if (dynamics.threshold() != Scope.FIXED) {
            out.put("learn_threshold", LayerGrammar.word(dynamics.threshold()));
        }
        if (dynamics.initial() != 0f) {
            out.put("initial", dynamics.initial());
        }
        switch (dynamics.emission()) {
            case Emission.Fixed(float value) -> {
                if (value != 1f) {
                    out.put("emission", value);
                }
            }
            case Emission.Threshold(float factor) -> {
                out.put("emission", LayerGrammar.THRESHOLD);
                put(out, LayerGrammar.EMISSION_FACTOR, factor);
            }
        }
        put(out, "firing_share", dynamics.firingShare());
    }

    private static Layer readLayer(Fields fields) {
        return LayerGrammar.read(fields.text("kind"), fields, USUAL, UNASKED)
                .orElseThrow(() -> fields.wrong("kind", String.join(", ", LayerGrammar.kinds()) + " are known"));
    }

    /** The properties of one JSON object, each of which must be asked for. */
    private static final class Fields implements LayerFields {
        private final String place;
        private final JsonNode node;
        private final Set<String> used;

        Fields(String place, JsonNode node) {
            this(place, node, new HashSet<>());
            if (!node.isObject()) {
                throw new IllegalArgumentException(place + " is not a JSON object");
            }
        }

        private Fields(String place, JsonNode node, Set<String> used) {
            this.place = place;
            this.node = node;
            this.used = used;
        }

        Fields named(String newPlace) {
            return new Fields(newPlace, node, used);
        }

        String text(String key) {
            JsonNode value = get(key);
            if (!value.isString()) {
                throw wrong(key, "a string is needed");
            }
            return value.stringValue();
        }

        /** A name that messages and files can carry as it is. */
        String name() {
            String name = text("name");
            if (!Quoted.bare(name).equals(name) || name.isBlank()) {
                throw wrong("name", "a word of at most 60 characters is needed");
            }
            return name;
        }

        @Override
        public int integer(String key) {
            return integer(key, get(key));
        }

        /** A model file leaves nothing out. */
        @Override
        public int integer(String key, int otherwise) {
            return integer(key);
        }

        @Override
        public int[] pair(String key, int otherwise) {
            return pair(key);
        }

        @Override
        public int[] optionalPair(String key, int otherwise) {
            return node.has(key) ? pair(key) : new int[] {otherwise, otherwise};
        }

        @Override
        public int[] pair(String key) {
            JsonNode value = get(key);
            if (!value.isArray()) {
                int both = integer(key, value);
                return new int[] {both, both};
            }
            int[] numbers = integers(key);
            if (numbers.length != 2) {
                throw wrong(key, "one number or two are needed");
            }
            return numbers;
        }

        @Override
        public boolean says(String key, String word) {
            return false;
        }

        @Override
        public boolean optionalSays(String key, String word) {
            return has(key) && get(key).isString() && text(key).equals(word);
        }

        @Override
        public boolean has(String key) {
            return node.has(key);
        }

        @Override
        public float number(String key, float otherwise) {
            return number(key);
        }

        @Override
        public String text(String key, String otherwise) {
            return text(key);
        }

        int[] integers(String key) {
            JsonNode values = array(key);
            int[] numbers = new int[values.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = integer(key, values.get(i));
            }
            return numbers;
        }

        float number(String key) {
            JsonNode value = get(key);
            if (!value.isNumber()) {
                throw wrong(key, "a number is needed");
            }
            return (float) value.doubleValue();
        }

        @Override
        public int optional(String key, int otherwise) {
            return node.has(key) ? integer(key) : otherwise;
        }

        @Override
        public float optional(String key, float otherwise) {
            return node.has(key) ? number(key) : otherwise;
        }

        @Override
        public String optional(String key, String otherwise) {
            return node.has(key) ? text(key) : otherwise;
        }

        @Override
        public boolean flag(String key) {
            if (!node.has(key)) {
                return false;
            }
            JsonNode value = get(key);
            if (!value.isBoolean()) {
                throw wrong(key, "true or false is needed");
            }
            return value.booleanValue();
        }

        JsonNode array(String key) {
            JsonNode value = get(key);
            if (!value.isArray()) {
                throw wrong(key, "an array is needed");
            }
            return value;
        }

        void expectNothingElse() {
            for (String key : node.propertyNames()) {
                if (!used.contains(key)) {
                    throw new IllegalArgumentException(place + ": unknown key " + Quoted.bare(key));
                }
            }
        }

        @Override
        public IllegalArgumentException wrong(String key, String allowed) {
            return new IllegalArgumentException(
                    place + ": " + key + " is " + Quoted.bare(node.get(key).toString()) + ", " + allowed);
        }

        private int integer(String key, JsonNode value) {
            if (!value.isIntegralNumber() || !value.canConvertToInt()) {
                throw wrong(key, "integers are needed");
            }
            return value.intValue();
        }

        private JsonNode get(String key) {
            used.add(key);
            JsonNode value = node.get(key);
            if (value == null) {
                throw new IllegalArgumentException(place + ": key " + key + " is missing");
            }
            return value;
        }
    }
}
