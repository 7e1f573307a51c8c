/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment;

import io.synaptile.sim.io.TextFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is needed to repeat a run: effective configuration and its hash, seed, hashes of data and weights, versions,
 * backend, Java machine and host class.
 *
 * @param values sorted; nested maps, whose order is kept where they have one, lists, strings, numbers and booleans
 */
public record RunManifest(SortedMap<String, Object> values) {
    /** Name of the file in a run folder. */
    public static final String FILE = "manifest.json";

    /** Key of the effective configuration; without it nothing can be repeated. */
    static final String CONFIGURATION = "configuration";

    /** A hundred times the longest that is written. */
    private static final int LARGEST_BYTES = 4 << 20;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public RunManifest {
        SortedMap<String, Object> ordered = new TreeMap<>();
        values.forEach((key, value) -> ordered.put(key, ordered(value)));
        values = ordered;
    }

    /** With the keys of every map without an order sorted: {@link Map#of} has another order in every process. */
    private static Object ordered(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<Object, Object> ordered = map instanceof SequencedMap ? new LinkedHashMap<>() : new TreeMap<>();
                map.forEach((key, inner) -> ordered.put(key, ordered(inner)));
                yield ordered;
            }
            case List<?> list -> list.stream().map(RunManifest::ordered).toList();
            default -> value;
        };
    }

    /**
     * Reads the manifest of a run folder.
     *
     * @throws IllegalArgumentException if the folder is not a run folder or its manifest is damaged
     */
    @SuppressWarnings("unchecked") // the reader makes maps with string keys of JSON objects
    public static RunManifest read(Path runFolder) {
        Path file = runFolder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(runFolder + " is not a run folder: it has no " + FILE);
        }
        try {
            if (JSON.readValue(TextFile.read(file, LARGEST_BYTES, "a manifest"), Object.class)
                            instanceof Map<?, ?> values
                    && values.get(CONFIGURATION) instanceof Map<?, ?>) {
                return new RunManifest(new TreeMap<>((Map<String, Object>) values));
            }
            throw new IllegalArgumentException(file + " is not a manifest: it has no " + CONFIGURATION);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file + " is damaged: " + e.getOriginalMessage(), e);
        }
    }

    /** The effective configuration as JSON, which an experiment file may be. */
    public String configuration() {
        return JSON.writeValueAsString(values.get(CONFIGURATION));
    }

    /** A copy with further values. */
    public RunManifest with(Map<String, Object> more) {
        SortedMap<String, Object> all = new TreeMap<>(values);
        all.putAll(more);
        return new RunManifest(all);
    }

    /** The file's content. */
    public byte[] json() {
        return (JSON.writeValueAsString(values) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
