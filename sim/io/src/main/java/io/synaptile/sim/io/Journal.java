/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change of a folder that is certain. The file that holds it has a line with the SHA-256 of the rest, which is JSON; places
 * are named as seen from the folder, which may be moved together with what is beside it.
 *
 * @param folder real path
 * @param puts files that take their places, in this order
 * @param removed files that go afterwards
 */
record Journal(Path folder, List<Put> puts, List<Path> removed) {
    /** Name of the file; while it exists, the change is not complete. */
    static final String FILE = ".commit";

    private static final int FORMAT = 1;
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * A file that takes its place.
     *
     * @param sha256 of its content
     * @param from where it was written
     * @param to where it belongs; links have been followed
     */
    record Put(String sha256, Path from, Path to) {
        private boolean isDone() {
            return !Files.exists(from) && Files.exists(to) && Sha256.of(to).equals(sha256);
        }
    }

    /** Makes the change certain. */
    void write() {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT);
        ArrayNode files = root.putArray("put");
        for (Put put : puts) {
            files.addObject()
                    .put("sha256", put.sha256())
                    .put("from", folder.relativize(put.from()).toString())
                    .put("to", folder.relativize(put.to()).toString());
        }
        ArrayNode gone = root.putArray("remove");
        removed.forEach(path -> gone.add(folder.relativize(path).toString()));
        byte[] json = JSON.writeValueAsBytes(root);
        AtomicFile.write(folder.resolve(FILE), out -> {
            out.write((Sha256.of(json) + "\n").getBytes(StandardCharsets.UTF_8));
            out.write(json);
        });
    }

    /**
     * Reads the journal of a folder.
     *
     * @throws DataFileException if it is damaged, or a file that it lists
     */
    static Journal read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        String[] parts = Files.readString(file).split("\n", 2);
        if (parts.length != 2
                || !Sha256.of(parts[1].getBytes(StandardCharsets.UTF_8)).equals(parts[0])) {
            throw damaged(file, "its bytes do not give the checksum it carries");
        }
        try {
            JsonNode root = JSON.readTree(parts[1]);
            if (root.path("format").asInt(0) != FORMAT) {
                throw damaged(file, "it is of another version");
            }
            List<Put> puts = new ArrayList<>();
            for (JsonNode put : root.get("put")) {
                puts.add(new Put(
                        put.get("sha256").stringValue(),
                        folder.resolve(put.get("from").stringValue()).normalize(),
                        folder.resolve(put.get("to").stringValue()).normalize()));
            }
            List<Path> removed = new ArrayList<>();
            root.get("remove").forEach(name -> removed.add(folder.resolve(name.stringValue())));
            Journal journal = new Journal(folder, puts, removed);
            journal.requireComplete(file);
            return journal;
        } catch (JacksonException e) {
            throw damaged(file, e.getOriginalMessage());
        }
    }

    private void requireComplete(Path file) {
        for (Put put : puts) {
            if (Files.exists(put.from()) ? !Sha256.of(put.from()).equals(put.sha256()) : !put.isDone()) {
                throw damaged(
                        file, (Files.exists(put.from()) ? put.from() : put.to()) + " is not the file that it lists");
            }
        }
    }

    private static DataFileException damaged(Path file, String finding) {
        return new DataFileException(
                file,
                "a change of this folder was interrupted and cannot be completed: " + finding
                        + "; the folder holds files of two states, so make its results again once this file is removed");
    }

    /** Lets every file take its place and forgets the change. */
    void apply() throws IOException {
        Set<Path> touched = new TreeSet<>();
        for (Put put : puts) {
            if (Files.exists(put.from())) {
                Files.createDirectories(put.to().getParent());
                AtomicFile.rename(put.from(), put.to());
            }
            touched.add(put.to().getParent());
        }
        for (Path gone : removed) {
            Files.deleteIfExists(gone);
            touched.add(gone.getParent());
        }
        for (Path changed : touched) {
            if (Files.isDirectory(changed)) {
                AtomicFile.sync(changed);
            }
        }
        Files.delete(folder.resolve(FILE));
        AtomicFile.sync(folder);
    }
}
