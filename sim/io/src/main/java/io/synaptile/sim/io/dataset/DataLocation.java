/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import io.synaptile.sim.io.DataFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Where the files of one data set may lie, and which files the experiment names. */
public final class DataLocation {
    private final String set;
    private final List<Path> folders;
    private final List<String> train;
    private final List<String> test;

    private DataLocation(String set, List<Path> folders, List<String> train, List<String> test) {
        this.set = set;
        this.folders = folders;
        this.train = train;
        this.test = test;
    }

    /** Each folder of the request, followed by its sub-folder named like the set. */
    static DataLocation of(DataRequest request) {
        List<Path> roots = new ArrayList<>();
        if (request.dir().isPresent()) {
            roots.add(request.dir().get());
        } else {
            request.environmentDir().ifPresent(roots::add);
            roots.addAll(request.fallbackDirs());
        }
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("data set " + request.set()
                    + ": no folder is named; set data.dir or the environment variable SYNAPTILE_DATA");
        }
        List<Path> folders = new ArrayList<>();
        for (Path root : roots) {
            folders.add(root);
            folders.add(root.resolve(request.set()));
        }
        return new DataLocation(request.set(), List.copyOf(folders), request.train(), request.test());
    }

    /** The training files: those of {@code data.train}, else the published ones. */
    public List<DataFile> train(List<String> published, String origin) {
        return open(train.isEmpty() ? published : train, "data.train", origin);
    }

    /** The test files: those of {@code data.test}, else the published ones. */
    public List<DataFile> test(List<String> published, String origin) {
        return open(test.isEmpty() ? published : test, "data.test", origin);
    }

    /**
     * The file beside {@code file} whose name follows from its name, compressed or not.
     *
     * @throws DataFileException if there is none
     */
    public DataFile companion(DataFile file, UnaryOperator<String> rename, String origin) {
        String name = rename.apply(file.path().getFileName().toString());
        Path folder = file.path().toAbsolutePath().getParent();
        return existing(folder, name)
                .map(DataFile::read)
                .orElseThrow(() -> new DataFileException(
                        file.path(), "found no " + plain(name) + "[.gz] beside it; it can be had from " + origin));
    }

    private List<DataFile> open(List<String> names, String key, String origin) {
        List<DataFile> files = new ArrayList<>();
        for (String name : names) {
            files.add(DataFile.read(find(name, names, key, origin)));
        }
        return files;
    }

    private Path find(String name, List<String> names, String key, String origin) {
        for (Path folder : folders) {
            Optional<Path> file = existing(folder, name);
            if (file.isPresent()) {
                return file.get();
            }
        }
        String places = folders.stream()
                .map(folder -> folder + (Files.isDirectory(folder) ? "" : " (no such folder)"))
                .collect(Collectors.joining(", "));
        String wanted = names.stream().map(n -> plain(n) + "[.gz]").collect(Collectors.joining(", "));
        throw new DataFileException(
                folders.getFirst(),
                "data set " + set + " needs " + wanted + "; found no " + plain(name) + "[.gz] in " + places
                        + "; name the folder with data.dir or SYNAPTILE_DATA or the files with " + key
                        + "; they can be had from " + origin);
    }

    private static Optional<Path> existing(Path folder, String name) {
        Path asNamed = folder.resolve(name);
        Path compressed = folder.resolve(plain(name) + ".gz");
        Path plain = folder.resolve(plain(name));
        for (Path candidate : List.of(asNamed, compressed, plain)) {
            if (Files.isRegularFile(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static String plain(String name) {
        return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    }
}
