/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.model;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.safetensors.Tensor;
import io.synaptile.sim.network.Network;
import io.synaptile.text.message.Quoted;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * SRAM words beside the RRAM weights of a layer, which then acts as {@code (weight + 2^shift sram) / divisor}. The file says
 * so under {@code synaptile.recovery}: {@code {"conv1": {"rram": "conv1.weight", "rram_bits": 4, "sram": "conv1.sram",
 * "sram_bits": 2, "shift": 0, "divisor": 2, "zero_level": false, "group": 0}}}.
 *
 * @param values in the node's weight shape, row-major; owned by this record, not changed
 * @param rramBits bits of the quantiser of the RRAM weights, 0 for none
 * @param bits of a word, 0 for single-precision floats
 * @param shift power of two applied to the words
 * @param divisor of the sum, above 0
 * @param zeroLevel whether 0 is one of the levels of a word
 * @param group weights per pruned group, 0 if the words are not pruned
 */
public record SramTensor(
        float[] values, int rramBits, int bits, int shift, float divisor, boolean zeroLevel, int group) {
    static final String KEY = ModelFile.RESERVED + "recovery";
    private static final String RRAM = ".weight";
    private static final String SRAM = ".sram";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public SramTensor {
        if (rramBits < 0 || rramBits > 16 || bits < 0 || bits > 16 || shift < -16 || shift > 16) {
            throw new IllegalArgumentException("rram_bits and sram_bits must lie in 0-16 and shift in -16 to 16, got "
                    + rramBits + ", " + bits + " and " + shift);
        }
        if (!(divisor > 0f) || Float.isInfinite(divisor)) {
            throw new IllegalArgumentException("divisor must be above 0, got " + divisor);
        }
        if (group < 0 || group > 0 && values.length % group != 0) {
            throw new IllegalArgumentException(values.length + " words cannot be cut into groups of " + group);
        }
    }

    static String json(Network network, SortedMap<Integer, SramTensor> layers) {
        ObjectNode root = JSON.createObjectNode();
        layers.forEach((id, words) -> {
            String name = network.node(id).name();
            root.putObject(name)
                    .put("rram", name + RRAM)
                    .put("rram_bits", words.rramBits)
                    .put("sram", name + SRAM)
                    .put("sram_bits", words.bits)
                    .put("shift", words.shift)
                    .put("divisor", words.divisor)
                    .put("zero_level", words.zeroLevel)
                    .put("group", words.group);
        });
        return JSON.writeValueAsString(root);
    }

    static void put(Network network, SortedMap<Integer, SramTensor> layers, SortedMap<String, Tensor> into) {
        layers.forEach((id, words) -> {
            Network.Node node = network.node(id);
            into.put(node.name() + SRAM, Tensor.of(words.values, node.weightShape()));
        });
    }

    /** Takes the words of every layer that the metadata describes. */
    static SortedMap<Integer, SramTensor> take(Path path, Network network, StoredTensors stored) {
        SortedMap<Integer, SramTensor> layers = new TreeMap<>();
        String json = stored.metadata().get(KEY);
        if (json == null) {
            return layers;
        }
        try {
            JsonNode root = JSON.readTree(json);
            for (String name : root.propertyNames()) {
                Network.Node node = network.find(name)
                        .filter(Network.Node::isSynapse)
                        .orElseThrow(
                                () -> new IllegalArgumentException(Quoted.bare(name) + " is not a layer with weights"));
                layers.put(node.id(), layer(root.get(name), node, stored));
            }
        } catch (JacksonException e) {
            throw new DataFileException(path, KEY + " is not valid JSON (" + e.getOriginalMessage() + ")");
        } catch (IllegalArgumentException e) {
            throw new DataFileException(path, KEY + ": " + e.getMessage());
        }
        return layers;
    }

    private static SramTensor layer(JsonNode layer, Network.Node node, StoredTensors stored) {
        String name = node.name();
        if (!(name + RRAM).equals(text(layer, "rram")) || !(name + SRAM).equals(text(layer, "sram"))) {
            throw new IllegalArgumentException(
                    "layer " + name + " must name the tensors " + name + RRAM + " and " + name + SRAM);
        }
        JsonNode divisor = layer.get("divisor");
        JsonNode zeroLevel = layer.get("zero_level");
        if (divisor == null || !divisor.isNumber() || zeroLevel == null || !zeroLevel.isBoolean()) {
            throw new IllegalArgumentException(
                    "layer " + name + " needs a divisor, which is a number, and zero_level, which is true or false");
        }
        return new SramTensor(
                stored.take(name + SRAM, node.weightShape()),
                whole(layer, name, "rram_bits"),
                whole(layer, name, "sram_bits"),
                whole(layer, name, "shift"),
                (float) divisor.doubleValue(),
                zeroLevel.booleanValue(),
                whole(layer, name, "group"));
    }

    private static String text(JsonNode layer, String key) {
        JsonNode value = layer.get(key);
        return value != null && value.isString() ? value.stringValue() : "";
    }

    private static int whole(JsonNode layer, String name, String key) {
        JsonNode value = layer.get(key);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new IllegalArgumentException("layer " + name + " needs " + key + ", which is a whole number");
        }
        return value.intValue();
    }
}
