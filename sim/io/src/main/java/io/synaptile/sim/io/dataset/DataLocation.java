/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.text.message.Property;
import io.synaptile.text.message.RefusedException;
import io.synaptile.text.message.Sentence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the files of one data set may lie, and which files the experiment names. */
public final class DataLocation {
    private final DatasetReader set;
    private final List<Path> folders;
    private final List<String> train;
    private final List<String> test;
    private final OwnData own;

    private DataLocation(DatasetReader set, List<Path> folders, List<String> train, List<String> test, OwnData own) {
        this.set = set;
        this.folders = folders;
        this.train = train;
        this.test = test;
        this.own = own;
    }

    /** Each folder of the request, followed by its sub-folder named like the set. */
    static DataLocation of(DataRequest request, DatasetReader set) {
        List<Path> roots = new ArrayList<>();
        if (request.dir().isPresent()) {
            roots.add(request.dir().get());
        } else {
            request.environmentDir().ifPresent(roots::add);
            roots.addAll(request.fallbackDirs());
        }
        if (roots.isEmpty()) {
            throw RefusedException.of(
                    needs(set) + "; no folder is named; name ",
                    DataProperty.FOLDER,
                    "; they can be had from " + set.origin());
        }
        List<Path> folders = new ArrayList<>();
        for (Path root : roots) {
            folders.add(root);
            folders.add(root.resolve(request.set()));
        }
        return new DataLocation(set, List.copyOf(folders), request.train(), request.test(), request.own());
    }

    private static String needs(DatasetReader set) {
        return "data set " + set.id() + " needs " + String.join(", ", set.files()) + ", each with or without .gz";
    }

    /** The training files: those of the request, else the published ones. */
    public List<DataFile> train(List<String> published) {
        return train.isEmpty()
                ? published(DataProperty.TRAIN_FILES, published)
                : named(DataProperty.TRAIN_FILES, train);
    }

    /** The test files: those of the request, else the published ones. */
    public List<DataFile> test(List<String> published) {
        return test.isEmpty() ? published(DataProperty.TEST_FILES, published) : named(DataProperty.TEST_FILES, test);
    }

    /**
     * The file beside {@code file} whose name follows from its name, compressed or not.
     *
     * @throws DataFileException if there is none
     */
    public DataFile companion(DataFile file, UnaryOperator<String> rename) {
        String name = rename.apply(file.path().getFileName().toString());
        Path folder = file.path().toAbsolutePath().getParent();
        return only(folder, name)
                .map(DataFile::read)
                .orElseThrow(() -> new DataFileException(
                        file.path(),
                        "found no " + plain(name) + "[.gz] beside it; it can be had from " + set.origin()));
    }

    /**
     * The folder that a set of one file per image was unpacked to: one of those searched, or its sub-folder of the published
     * name.
     *
     * @param marker file that tells the folder
     * @throws IllegalArgumentException if files are named one by one
     * @throws DataFileException if there is none
     */
    public Path folder(String published, String marker) {
        if (!train.isEmpty() || !test.isEmpty()) {
            throw RefusedException.of(
                    train.isEmpty() ? DataProperty.TEST_FILES : DataProperty.TRAIN_FILES,
                    " cannot be named one by one for data set " + set.id() + ", which is a folder; name ",
                    DataProperty.FOLDER);
        }
        return folders.stream()
                .flatMap(folder -> Stream.of(folder, folder.resolve(published)))
                .filter(folder -> Files.isRegularFile(folder.resolve(marker)))
                .findFirst()
                .orElseThrow(() -> new DataFileException(
                        folders.getFirst(),
                        Sentence.of(
                                "data set " + set.id() + " needs " + String.join(", ", set.files()) + "; found no "
                                        + marker + " in " + places() + " or in " + published + " there; name ",
                                DataProperty.FOLDER,
                                "; it can be had from " + set.origin())));
    }

    /** What files of a user's own leave open. */
    public OwnData own() {
        return own;
    }

    /** The folder from which names of a user's own files are seen. */
    public Path ownFolder() {
        return folders.getFirst();
    }

    /**
     * The one training file or folder that the user has named.
     *
     * @throws IllegalArgumentException if several are named
     */
    public Optional<Path> ownTrain() {
        return one(DataProperty.TRAIN_FILES, train);
    }

    /** As {@link #ownTrain}, for the test file or folder. */
    public Optional<Path> ownTest() {
        return one(DataProperty.TEST_FILES, test);
    }

    private Optional<Path> one(Property property, List<String> names) {
        if (names.size() > 1) {
            throw RefusedException.mustBe(property, "one name for data set " + set.id(), names.size() + " names");
        }
        return names.stream().findFirst().map(ownFolder()::resolve);
    }

    private List<DataFile> published(Property files, List<String> names) {
        List<DataFile> read = new ArrayList<>();
        for (String name : names) {
            Path file = folders.stream()
                    .flatMap(folder -> only(folder, name).stream())
                    .findFirst()
                    .orElseThrow(() -> new DataFileException(
                            folders.getFirst(),
                            Sentence.of(
                                    needs(set) + "; found no " + name + "[.gz] in " + places() + "; name ",
                                    DataProperty.FOLDER,
                                    " or ",
                                    files,
                                    "; they can be had from " + set.origin())));
            read.add(DataFile.read(file));
        }
        return read;
    }

    private List<DataFile> named(Property files, List<String> names) {
        List<DataFile> read = new ArrayList<>();
        for (String name : names) {
            read.add(DataFile.read(folders.stream()
                    .flatMap(folder -> existing(folder, name).stream())
                    .findFirst()
                    .orElseThrow(() -> missing(files, name))));
        }
        return read;
    }

    private DataFileException missing(Property files, String name) {
        Path file = Path.of(name);
        if (file.isAbsolute()) {
            return new DataFileException(
                    file,
                    Sentence.of(
                            "is named by ", files, " and " + (Files.isDirectory(file) ? "is a folder" : "not there")));
        }
        return new DataFileException(
                folders.getFirst(), Sentence.of("there is no " + name + ", named by ", files, ", in " + places()));
    }

    /** Where was looked. */
    private String places() {
        return folders.stream()
                .map(folder -> folder + (Files.isDirectory(folder) ? "" : " (no such folder)"))
                .collect(Collectors.joining(", "));
    }

    /**
     * The file of a name that the user has not given, plain or packed.
     *
     * @throws DataFileException if there are both and they differ
     */
    private static Optional<Path> only(Path folder, String name) {
        Path plain = folder.resolve(plain(name));
        Path packed = folder.resolve(plain(name) + ".gz");
        if (Files.isRegularFile(plain) && Files.isRegularFile(packed) && !DataFile.sameContent(plain, packed)) {
            throw new DataFileException(
                    plain, "differs from " + packed.getFileName() + " beside it; remove the one that is not meant");
        }
        return existing(folder, name);
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
