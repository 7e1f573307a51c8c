/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import io.synaptile.sim.io.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * Where the classes of a plug-in may come from: its jar, and what {@code Class-Path} of its manifest names within the folder of
 * plug-ins.
 *
 * @param places the jar itself, then other jars and folders of classes, without those that do not exist
 * @param outside what {@code Class-Path} names outside the folder, as it stands there; not used
 */
record ClassPath(List<Path> places, List<String> outside) {
    ClassPath {
        places = List.copyOf(places);
        outside = List.copyOf(outside);
    }

    /**
     * Follows {@code Class-Path} from a jar on.
     *
     * @throws IOException if a jar cannot be read
     */
    static ClassPath of(Path jar, Path folder) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        Set<Path> places = new LinkedHashSet<>();
        List<String> outside = new ArrayList<>();
        Deque<Path> open = new ArrayDeque<>(List.of(jar.toAbsolutePath().normalize()));
        while (!open.isEmpty()) {
            Path place = open.removeFirst();
            if (!places.add(place) || Files.isDirectory(place)) {
                continue;
            }
            for (String named : named(place)) {
                Optional<Path> found = file(place, named).filter(file -> file.startsWith(root));
                if (found.isEmpty()) {
                    outside.add(named);
                } else if (Files.isReadable(found.get())) {
                    open.addLast(found.get());
                }
            }
        }
        return new ClassPath(List.copyOf(places), outside);
    }

    private static List<String> named(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String value =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return value == null ? List.of() : List.of(value.strip().split("\\s+"));
        } catch (IOException e) {
            throw new IOException(jar.getFileName() + " is not a jar that can be read: " + e.getMessage(), e);
        }
    }

    /** The file that an entry means; empty if it is none of this machine. */
    private static Optional<Path> file(Path jar, String named) {
        try {
            URI place = jar.toUri().resolve(named);
            return "file".equals(place.getScheme()) ? Optional.of(Path.of(place).normalize()) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** SHA-256 of every place but the jar itself, by its name below the folder. */
    SortedMap<String, String> further(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        SortedMap<String, String> hashes = new TreeMap<>();
        places.stream()
                .skip(1)
                .forEach(place -> hashes.put(root.relativize(place).toString(), hash(place)));
        return hashes;
    }

    /** Of a file's bytes; of a folder, of the names and hashes of all files in it. */
    private static String hash(Path place) {
        if (!Files.isDirectory(place)) {
            return Sha256.of(place);
        }
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(place)) {
            files.filter(Files::isRegularFile)
                    .sorted()
                    .forEach(file -> all.append(place.relativize(file))
                            .append(' ')
                            .append(Sha256.of(file))
                            .append('\n'));
        } catch (IOException e) {
            throw new UncheckedIOException(place + " cannot be read", e);
        }
        return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
    }
}
