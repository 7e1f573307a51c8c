/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.own;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.Sha256;
import io.synaptile.sim.io.dataset.DataLocation;
import io.synaptile.sim.io.dataset.DataProperty;
import io.synaptile.sim.io.dataset.DatasetParts;
import io.synaptile.sim.io.dataset.OwnData;
import io.synaptile.sim.io.dataset.RawValues;
import io.synaptile.sim.io.dataset.SourceFile;
import io.synaptile.sim.io.npz.NpyArray;
import io.synaptile.sim.io.npz.Npz;
import io.synaptile.sim.network.Shape;
import io.synaptile.text.message.Quoted;
import io.synaptile.text.message.RefusedException;
import io.synaptile.text.message.Sentence;
import io.synaptile.text.message.Spelling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Images or features and their labels as arrays in one npz file, or one per part. Images are {@code [N, C, H, W]} or
 * {@code [N, H, W]}, features {@code [N, F]}; unsigned bytes (u1) are divided by 255, other numbers are taken as they are.
 * Labels are {@code [N]}, whole numbers or texts.
 */
public final class OwnArrays implements OwnReader {
    private static final String ID = "npz";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String description() {
        return "your own arrays: one .npz file with x_train, y_train, x_test, y_test (or other names), or one per part";
    }

    @Override
    public List<String> files() {
        return List.of("an .npz file");
    }

    @Override
    public String origin() {
        return "numpy.savez";
    }

    @Override
    public DatasetParts read(DataLocation location) {
        OwnData own = location.own();
        Path file = location.ownTrain()
                .orElseThrow(() -> RefusedException.mustBe(
                        DataProperty.TRAIN_FILES, "the name of an .npz file for data set " + ID, "none"));
        OwnData.Arrays names = own.arrays();
        Opened opened = Opened.of(file, names);
        OwnSamples train = opened.samples(
                names.trainImages(), DataProperty.TRAIN_IMAGES, names.trainLabels(), DataProperty.TRAIN_LABELS);
        boolean named = !names.testImages().equals(OwnData.Arrays.USUAL.testImages())
                || !names.testLabels().equals(OwnData.Arrays.USUAL.testLabels());
        boolean within = named
                || opened.npz().arrays().containsKey(names.testImages())
                || opened.npz().arrays().containsKey(names.testLabels());
        Optional<Opened> held = location.ownTest()
                .map(other -> Opened.of(other, names))
                .or(() -> within ? Optional.of(opened) : Optional.empty());
        Optional<OwnSamples> test = held.map(part -> part.samples(
                names.testImages(), DataProperty.TEST_IMAGES, names.testLabels(), DataProperty.TEST_LABELS));
        return OwnParts.of(ID, OwnClasses.of(train, own.classes()), train, test, own);
    }

    /**
     * An archive that has been read.
     *
     * @param due names of all arrays, none of which is a misspelt other
     */
    private record Opened(Path file, Npz npz, Set<String> due) {
        static Opened of(Path file, OwnData.Arrays names) {
            return new Opened(
                    file,
                    Npz.read(file),
                    new HashSet<>(
                            List.of(names.trainImages(), names.trainLabels(), names.testImages(), names.testLabels())));
        }

        OwnSamples samples(String images, DataProperty imagesKey, String labels, DataProperty labelsKey) {
            NpyArray values = array(images, imagesKey);
            NpyArray classes = array(labels, labelsKey);
            int[] extents = values.shape();
            Shape shape = shape(images, extents);
            int count = extents[0];
            if (count == 0) {
                throw problem(images, "holds no samples");
            }
            int[] given = classes.shape();
            boolean one = given.length == 1 || given.length == 2 && given[1] == 1;
            if (!one || given[0] != count) {
                throw problem(
                        labels,
                        "has the shape " + text(given) + ", labels of the " + count + " samples of " + Quoted.of(images)
                                + " need (" + count + ")");
            }
            return new OwnSamples(
                    file,
                    new SourceFile(file, Sha256.of(file)),
                    shape,
                    raw(images, values, shape),
                    labels(labels, classes),
                    row -> "array " + Quoted.of(labels) + ", row " + row);
        }

        private NpyArray array(String name, DataProperty key) {
            NpyArray array = npz.arrays().get(name);
            if (array == null) {
                Set<String> others = new TreeSet<>(npz.arrays().keySet());
                others.removeAll(due);
                String meant = Spelling.nearest(name, others)
                        .map(near -> " (did you mean " + Quoted.of(near) + "?)")
                        .orElse("");
                List<String> there =
                        npz.arrays().keySet().stream().map(Quoted::bare).toList();
                throw new DataFileException(
                        file,
                        Sentence.of(
                                "has no array " + Quoted.of(name) + meant + ", it has "
                                        + (there.isEmpty() ? "none" : String.join(", ", there)) + "; ",
                                key,
                                " names the one that is meant"));
            }
            return array;
        }

        private Shape shape(String name, int[] extents) {
            if (extents.length == 5) {
                throw problem(
                        name,
                        "has the shape " + text(extents)
                                + ", frames (N, T, C, H, W) are not presented step by step; allowed are"
                                + " (N, C, H, W), (N, H, W) and (N, F)");
            }
            boolean empty = false;
            for (int i = 1; i < extents.length; i++) {
                empty |= extents[i] == 0;
            }
            if (extents.length < 2 || extents.length > 4 || empty) {
                throw problem(
                        name,
                        "has the shape " + text(extents)
                                + ", allowed are images (N, C, H, W) or (N, H, W) and features (N, F)");
            }
            return switch (extents.length) {
                case 2 -> Shape.features(extents[1]);
                case 3 -> new Shape(1, extents[1], extents[2]);
                default -> new Shape(extents[1], extents[2], extents[3]);
            };
        }

        private RawValues raw(String name, NpyArray array, Shape shape) {
            if (array.isText()) {
                throw problem(name, "holds texts, images and features are numbers");
            }
            OwnSamples.requireRoom(file, array.shape()[0], shape);
            if (array.isUnsignedBytes()) {
                return new RawValues.Bytes(array.unsignedBytes());
            }
            float[] values = array.floats();
            for (int i = 0; i < values.length; i++) {
                if (!Float.isFinite(values[i])) {
                    throw problem(
                            name,
                            "holds " + values[i] + " at " + text(index(i, array.shape()))
                                    + ", values must be finite numbers in single precision");
                }
            }
            return new RawValues.Floats(values);
        }

        private List<String> labels(String name, NpyArray array) {
            if (array.isText()) {
                String[] texts = array.texts();
                for (int i = 0; i < texts.length; i++) {
                    if (texts[i].isBlank()) {
                        throw problem(name, "row " + i + " is an empty text, which is no class");
                    }
                }
                return Arrays.asList(texts);
            }
            List<String> labels = new ArrayList<>();
            double[] values = array.doubles();
            for (int i = 0; i < values.length; i++) {
                if (values[i] != Math.rint(values[i]) || Math.abs(values[i]) >= 1e9) {
                    throw problem(
                            name,
                            "row " + i + " holds " + values[i] + ", labels are whole numbers from 0 on, or texts");
                }
                labels.add(Integer.toString((int) values[i]));
            }
            return labels;
        }

        private DataFileException problem(String array, String finding) {
            return new DataFileException(file, "array " + Quoted.of(array) + " " + finding);
        }

        private static int[] index(int value, int[] extents) {
            int[] index = new int[extents.length];
            int rest = value;
            for (int d = extents.length - 1; d >= 0; d--) {
                index[d] = rest % extents[d];
                rest /= extents[d];
            }
            return index;
        }

        private static String text(int[] extents) {
            return Arrays.toString(extents).replace('[', '(').replace(']', ')');
        }
    }
}
