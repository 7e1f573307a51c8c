/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.fuzz;

import io.synaptile.experiment.folder.RunManifest;
import io.synaptile.sim.io.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checksums that are right although the file was changed, or that are not there, as somebody with intent or an old version
 * would have them: without them nearly every damage is refused before the reader looks at what was damaged.
 */
final class Seals {
    private static final byte[] CHECKSUM = "\"synaptile.sha256\":\"".getBytes(StandardCharsets.UTF_8);
    private static final int DIGITS = 64;
    private static final String CONTENT = "content_sha256";
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Seals() {}

    /** A file of tensors whose checksum is that of its bytes; as it is if it has no place for one. */
    static byte[] tensors(byte[] file) {
        int place = place(file);
        if (place < 0) {
            return file;
        }
        byte[] sealed = file.clone();
        Arrays.fill(sealed, place, place + DIGITS, (byte) '0');
        byte[] digits = Sha256.of(sealed).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, sealed, place, DIGITS);
        return sealed;
    }

    private static int place(byte[] file) {
        if (file.length < Long.BYTES) {
            return -1;
        }
        long header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        long end = Math.clamp(header, 0, file.length - Long.BYTES) + Long.BYTES;
        for (int at = Long.BYTES; at + CHECKSUM.length + DIGITS <= end; at++) {
            if (Arrays.equals(file, at, at + CHECKSUM.length, CHECKSUM, 0, CHECKSUM.length)) {
                return at + CHECKSUM.length;
            }
        }
        return -1;
    }

    /** A manifest whose checksum is that of its content; as it is if it is no JSON object. */
    static byte[] manifest(byte[] file) {
        Map<String, Object> values = object(file);
        if (values.isEmpty()) {
            return file;
        }
        values.remove(CONTENT);
        values.put(CONTENT, Sha256.of(CANONICAL.writeValueAsBytes(values)));
        return CANONICAL.writeValueAsBytes(values);
    }

    /** A manifest as the first versions wrote it, without checksums; as it is if it is no JSON object. */
    static byte[] firstManifest(byte[] file) {
        Map<String, Object> values = object(file);
        if (values.isEmpty()) {
            return file;
        }
        values.keySet().removeAll(List.of(CONTENT, "format", "files"));
        return CANONICAL.writeValueAsBytes(values);
    }

    @SuppressWarnings("unchecked") // the reader makes maps with string keys of JSON objects
    private static Map<String, Object> object(byte[] file) {
        try {
            return CANONICAL.readValue(file, Object.class) instanceof Map<?, ?> map
                    ? new TreeMap<>((Map<String, Object>) map)
                    : Map.of();
        } catch (JacksonException e) {
            return Map.of();
        }
    }

    /** Lets the manifest of a run folder list a file as it is. */
    static void list(Path run, String name) {
        RunManifest manifest = RunManifest.read(run);
        Map<String, String> files = new TreeMap<>(manifest.files());
        files.put(name, Sha256.of(run.resolve(name)));
        manifest.withFiles(files).write(run);
    }
}
