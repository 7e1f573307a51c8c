/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.safetensors;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.text.message.Quoted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON header of a safetensors file: what can be said about each tensor without looking at the data. */
record Header(List<Entry> entries, SortedMap<String, String> metadata) {
    /**
     * One tensor.
     *
     * @param begin first byte, counted from the end of the header
     * @param end byte after the last
     */
    record Entry(String name, TensorType type, int[] shape, long begin, long end) {}

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Reads the header and checks every entry on its own; ranges against each other are for the caller. */
    static Header parse(Path path, byte[] bytes) {
        if (bytes[0] != '{') {
            throw new DataFileException(path, "header does not begin with '{'; not a safetensors file");
        }
        JsonNode root;
        try {
            root = JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw new DataFileException(path, "header is not valid JSON (" + e.getOriginalMessage() + ")");
        }
        List<Entry> entries = new ArrayList<>();
        SortedMap<String, String> metadata = new TreeMap<>();
        for (Map.Entry<String, JsonNode> property : root.properties()) {
            if (property.getKey().equals(Safetensors.METADATA)) {
                readMetadata(path, property.getValue(), metadata);
            } else {
                entries.add(entry(path, property.getKey(), property.getValue()));
            }
        }
        return new Header(entries, metadata);
    }

    /** The header of these tensors, laid out in the order given. */
    static String json(List<Map.Entry<String, Tensor>> tensors, SortedMap<String, String> metadata) {
        ObjectNode root = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode strings = root.putObject(Safetensors.METADATA);
            metadata.forEach(strings::put);
        }
        long begin = 0;
        for (Map.Entry<String, Tensor> named : tensors) {
            Tensor tensor = named.getValue();
            ObjectNode entry = root.putObject(named.getKey());
            entry.put("dtype", tensor.type().name());
            ArrayNode shape = entry.putArray("shape");
            for (int extent : tensor.shape()) {
                shape.add(extent);
            }
            long end = begin + tensor.data().length;
            entry.putArray("data_offsets").add(begin).add(end);
            begin = end;
        }
        return JSON.writeValueAsString(root);
    }

    private static void readMetadata(Path path, JsonNode node, SortedMap<String, String> metadata) {
        if (!node.isObject()) {
            throw new DataFileException(path, "__metadata__ is not an object of strings");
        }
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            if (!property.getValue().isString()) {
                throw new DataFileException(
                        path, "__metadata__ entry " + Quoted.bare(property.getKey()) + " is not a string");
            }
            metadata.put(property.getKey(), property.getValue().stringValue());
        }
    }

    private static Entry entry(Path path, String name, JsonNode node) {
        if (!node.isObject()
                || node.size() != 3
                || !node.has("dtype")
                || !node.has("shape")
                || !node.has("data_offsets")) {
            throw new DataFileException(path, place(name) + " must have exactly dtype, shape and data_offsets");
        }
        TensorType type = type(path, name, node.get("dtype"));
        long[] extents = wholeNumbers(path, name, "shape", node.get("shape"));
        long[] offsets = wholeNumbers(path, name, "data_offsets", node.get("data_offsets"));
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw new DataFileException(
                    path, place(name) + ": data_offsets must be begin and end, begin not above end");
        }
        int[] shape = new int[extents.length];
        long bytes = type.bytes();
        boolean fits = true;
        for (int i = 0; i < shape.length; i++) {
            fits &= extents[i] <= Integer.MAX_VALUE;
            shape[i] = (int) extents[i];
            bytes = fits && Math.multiplyHigh(bytes, extents[i]) == 0 ? bytes * extents[i] : -1;
            fits &= bytes >= 0 && bytes <= Integer.MAX_VALUE - 8;
        }
        if (!fits) {
            throw new DataFileException(
                    path,
                    place(name) + ": shape " + Quoted.bare(node.get("shape").toString()) + " of " + type
                            + " takes more than 2 GB");
        }
        if (bytes != offsets[1] - offsets[0]) {
            throw new DataFileException(
                    path,
                    place(name) + ": " + type + " " + Tensor.describe(shape) + " takes " + bytes
                            + " bytes, data_offsets give " + (offsets[1] - offsets[0]));
        }
        return new Entry(name, type, shape, offsets[0], offsets[1]);
    }

    /** How messages name a tensor. */
    private static String place(String name) {
        return "tensor " + Quoted.bare(name);
    }

    private static TensorType type(Path path, String name, JsonNode node) {
        for (TensorType type : TensorType.values()) {
            if (node.isString() && node.stringValue().equals(type.name())) {
                return type;
            }
        }
        throw new DataFileException(
                path,
                place(name) + ": dtype " + Quoted.bare(node.toString()) + ", allowed are "
                        + List.of(TensorType.values()));
    }

    private static long[] wholeNumbers(Path path, String name, String key, JsonNode node) {
        long[] numbers = new long[node.size()];
        boolean valid = node.isArray();
        for (int i = 0; valid && i < numbers.length; i++) {
            JsonNode element = node.get(i);
            valid = element.isIntegralNumber() && element.canConvertToLong() && element.longValue() >= 0;
            numbers[i] = valid ? element.longValue() : 0;
        }
        if (!valid) {
            throw new DataFileException(path, place(name) + ": " + key + " must be an array of integers from 0 on");
        }
        return numbers;
    }
}
