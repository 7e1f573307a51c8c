/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.own;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.dataset.DataLocation;
import io.synaptile.sim.io.dataset.DatasetParts;
import io.synaptile.sim.io.dataset.OwnData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Pictures (PNG or JPEG) in one folder per class. The folder has {@code train} and {@code test} with the classes in them, or
 * the classes themselves. Classes and pictures are in the order of the characters of their names, composed as Unicode's form
 * NFC has them, whatever the file system lists; names that begin with a point are left out.
 */
public final class OwnFolders implements OwnReader {
    private static final String ID = "folders";
    private static final String TRAIN = "train";
    private static final String TEST = "test";

    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg");
    /** What file managers leave behind. */
    private static final Set<String> LEFT_BEHIND = Set.of("thumbs.db", "desktop.ini");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String description() {
        return "your own pictures: PNG or JPEG in one folder per class, below train and test or in one tree";
    }

    @Override
    public List<String> files() {
        return List.of("train/CLASS/*.png", "test/CLASS/*.png");
    }

    @Override
    public String origin() {
        return "any camera or scanner";
    }

    @Override
    public DatasetParts read(DataLocation location) {
        OwnData own = location.own();
        Path folder = location.ownFolder();
        boolean divided = location.ownTrain().isEmpty()
                && Files.isDirectory(folder.resolve(TRAIN))
                && Files.isDirectory(folder.resolve(TEST));
        Path train = location.ownTrain().orElse(divided ? folder.resolve(TRAIN) : folder);
        Optional<Path> test =
                location.ownTest().or(() -> divided ? Optional.of(folder.resolve(TEST)) : Optional.empty());
        Tree training = Tree.of(train);
        Pictures pictures = Pictures.like(training.pictures().getFirst(), own.channels());
        OwnSamples samples = pictures.read(train, training.pictures(), training.labels());
        OwnClasses classes = OwnClasses.named(training.classes());
        classes.require(samples, own.classes());
        Optional<OwnSamples> held =
                test.map(Tree::of).map(tree -> pictures.read(tree.folder(), tree.pictures(), tree.labels()));
        return OwnParts.of(ID, classes, samples, held, own);
    }

    /**
     * The pictures below a folder.
     *
     * @param labels the class of each
     */
    private record Tree(Path folder, Collection<String> classes, List<Path> pictures, List<String> labels) {
        static Tree of(Path folder) {
            if (!Files.isDirectory(folder)) {
                throw new DataFileException(folder, Files.exists(folder) ? "is not a folder" : "no such folder");
            }
            List<String> classes = new ArrayList<>();
            List<Path> pictures = new ArrayList<>();
            List<String> labels = new ArrayList<>();
            for (Path inner : sorted(folder)) {
                if (!Files.isDirectory(inner)) {
                    if (isPicture(inner)) {
                        throw new DataFileException(inner, "lies outside the folders of classes in " + folder);
                    }
                    continue;
                }
                List<Path> own = sorted(inner);
                if (own.isEmpty()) {
                    throw new DataFileException(inner, "is an empty class: it has no pictures (.png, .jpg or .jpeg)");
                }
                for (Path picture : own) {
                    if (!isPicture(picture)) {
                        throw new DataFileException(
                                picture,
                                (Files.isDirectory(picture) ? "is a folder" : "is no picture by its name")
                                        + "; the folder of a class holds .png, .jpg and .jpeg only");
                    }
                    pictures.add(picture);
                    labels.add(composed(inner));
                }
                classes.add(composed(inner));
            }
            if (classes.isEmpty()) {
                throw new DataFileException(folder, "has no folders, one per class with pictures in it");
            }
            return new Tree(folder, classes, pictures, labels);
        }

        private static List<Path> sorted(Path folder) {
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(file -> !isLeftOut(file))
                        .sorted(Comparator.comparing(Tree::composed))
                        .toList();
            } catch (IOException e) {
                throw new DataFileException(folder, e);
            }
        }

        private static boolean isLeftOut(Path file) {
            String name = file.getFileName().toString();
            return name.startsWith(".") || LEFT_BEHIND.contains(name.toLowerCase(Locale.ROOT));
        }

        private static boolean isPicture(Path file) {
            String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1)) && !Files.isDirectory(file);
        }

        private static String composed(Path file) {
            return Normalizer.normalize(file.getFileName().toString(), Normalizer.Form.NFC);
        }
    }
}
