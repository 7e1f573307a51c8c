/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.own;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.Sha256;
import io.synaptile.sim.io.dataset.Axes;
import io.synaptile.sim.io.dataset.DataForm;
import io.synaptile.sim.io.dataset.DataLocation;
import io.synaptile.sim.io.dataset.DataProperty;
import io.synaptile.sim.io.dataset.DatasetParts;
import io.synaptile.sim.io.dataset.FrameChoice;
import io.synaptile.sim.io.dataset.OwnData;
import io.synaptile.sim.io.dataset.RawValues;
import io.synaptile.sim.io.dataset.Recordings;
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
import java.util.function.IntFunction;

/**
 * Images, features or frames and their labels as arrays in one npz file, or one per part. Images are {@code [N, C, H, W]} or
 * {@code [N, H, W]}, features {@code [N, F]}, frames {@code [N, T, C, H, W]}, unless their {@linkplain Axes axes} are named;
 * unsigned bytes (u1) are divided by 255, other numbers are taken as they are. Labels are {@code [N]}, whole numbers or texts.
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
        Opened opened = Opened.of(file, own);
        OwnSamples train = opened.samples(new Part(
                names.trainImages(),
                names.trainInputs(),
                DataProperty.TRAIN_IMAGES,
                names.trainLabels(),
                DataProperty.TRAIN_LABELS,
                names.trainLengths(),
                DataProperty.TRAIN_LENGTHS));
        boolean named = !names.testImages().equals(OwnData.Arrays.USUAL.testImages())
                || !names.testLabels().equals(OwnData.Arrays.USUAL.testLabels());
        boolean within = named
                || opened.npz().arrays().containsKey(names.testImages())
                || opened.npz().arrays().containsKey(names.testLabels())
                || names.testInputs().stream().anyMatch(opened.npz().arrays()::containsKey);
        Optional<Opened> held = location.ownTest()
                .map(other -> Opened.of(other, own))
                .or(() -> within ? Optional.of(opened) : Optional.empty());
        Optional<OwnSamples> test = held.map(part -> part.samples(new Part(
                names.testImages(),
                names.testInputs(),
                DataProperty.TEST_IMAGES,
                names.testLabels(),
                DataProperty.TEST_LABELS,
                names.testLengths(),
                DataProperty.TEST_LENGTHS)));
        return OwnParts.of(ID, OwnClasses.of(train, own.classes()), train, test, own);
    }

    /** Names of the arrays of a part, with the settings that name them. */
    private record Part(
            String images,
            List<String> inputs,
            DataProperty imagesKey,
            String labels,
            DataProperty labelsKey,
            Optional<String> lengths,
            DataProperty lengthsKey) {}

    /**
     * An archive that has been read.
     *
     * @param due names of all arrays, none of which is a misspelt other
     */
    private record Opened(Path file, Npz npz, FrameChoice choice, Set<String> due, List<String> inputs) {
        static Opened of(Path file, OwnData own) {
            OwnData.Arrays names = own.arrays();
            Set<String> due = new HashSet<>(
                    List.of(names.trainImages(), names.trainLabels(), names.testImages(), names.testLabels()));
            names.trainLengths().ifPresent(due::add);
            names.testLengths().ifPresent(due::add);
            due.addAll(names.trainInputs());
            due.addAll(names.testInputs());
            return new Opened(file, Npz.read(file), own.frames(), due, names.inputs());
        }

        OwnSamples samples(Part part) {
            if (!inputs.isEmpty()) {
                return joined(part);
            }
            String images = part.images();
            String labels = part.labels();
            NpyArray values = array(images, part.imagesKey());
            NpyArray classes = array(labels, part.labelsKey());
            Axes axes = axes(images, values.shape());
            int[] extents = axes.extents(values.shape());
            int count = extents[0];
            if (count == 0) {
                throw problem(images, "holds no samples");
            }
            requireOnePer(labels, classes, "labels", count, images);
            Shape shape = new Shape(extents[2], extents[3], extents[4]);
            OwnSamples.requireRoom(file, (long) count * extents[1], shape);
            Optional<int[]> lengths =
                    part.lengths().map(name -> lengths(name, array(name, part.lengthsKey()), axes, extents, images));
            RawValues raw = ordered(raw(images, values, axes, lengths), axes.places(values.shape()));
            if (!axes.hasFrames()) {
                requireNoFrames(images, values.shape(), axes);
            }
            return labelled(labels, classes, axes, extents, lengths, shape, raw, List.of());
        }

        /** The arrays of several inputs, which become one vector for every sample or frame. */
        private OwnSamples joined(Part part) {
            String first = part.inputs().getFirst();
            String labels = part.labels();
            NpyArray classes = array(labels, part.labelsKey());
            Axes axes = null;
            int[] extents = new int[0];
            Optional<int[]> lengths = Optional.empty();
            List<RawValues> raws = new ArrayList<>();
            List<DataForm.Input> named = new ArrayList<>();
            long size = 0;
            for (String name : part.inputs()) {
                NpyArray values = array(name, DataProperty.INPUTS);
                Axes own = axes(name, values.shape());
                int[] ownExtents = own.extents(values.shape());
                if (axes == null) {
                    axes = own;
                    extents = ownExtents;
                    requireOnePer(labels, classes, "labels", extents[0], first);
                } else if (ownExtents[0] != extents[0]
                        || own.hasFrames() != axes.hasFrames()
                        || ownExtents[1] != extents[1]) {
                    throw problem(
                            name,
                            "has " + samples(own, ownExtents) + ", those of " + Quoted.of(first) + " are "
                                    + samples(axes, extents));
                }
                if (extents[0] == 0) {
                    throw problem(name, "holds no samples");
                }
                lengths = part.lengths()
                        .map(lengthsOf ->
                                lengths(lengthsOf, array(lengthsOf, part.lengthsKey()), own, ownExtents, name));
                raws.add(ordered(raw(name, values, own, lengths), own.places(values.shape())));
                Shape shape = new Shape(ownExtents[2], ownExtents[3], ownExtents[4]);
                named.add(new DataForm.Input(inputs.get(named.size()), shape));
                size += shape.size();
            }
            if (!axes.hasFrames()) {
                requireNoFrames(first, array(first, DataProperty.INPUTS).shape(), axes);
            }
            OwnSamples.requireRoom(file, (long) extents[0] * extents[1] * size, Shape.features(1));
            Shape shape = Shape.features((int) size);
            boolean counts = axes.hasFrames() && choice.values() == FrameChoice.Values.SPIKES;
            RawValues raw = behindEachOther(raws, named, extents[0] * extents[1], shape.size(), counts ? 1 : 255);
            return labelled(labels, classes, axes, extents, lengths, shape, raw, named);
        }

        private static String samples(Axes axes, int[] extents) {
            return extents[0] + " samples" + (axes.hasFrames() ? " of " + extents[1] + " frames" : "");
        }

        /** Numbers throughout, for inputs need not be of one kind; bytes are divided by their full scale. */
        private static RawValues behindEachOther(
                List<RawValues> raws, List<DataForm.Input> inputs, int maps, int size, int fullScale) {
            float[] joined = new float[Math.multiplyExact(maps, size)];
            int at = 0;
            for (int which = 0; which < raws.size(); which++) {
                RawValues raw = raws.get(which);
                int own = inputs.get(which).shape().size();
                int scale = raw instanceof RawValues.Bytes ? fullScale : 1;
                for (int i = 0; i < raw.length(); i++) {
                    joined[i / own * size + at + i % own] = raw.value(i) / scale;
                }
                at += own;
            }
            return new RawValues.Floats(joined);
        }

        private OwnSamples labelled(
                String labels,
                NpyArray classes,
                Axes axes,
                int[] extents,
                Optional<int[]> lengths,
                Shape shape,
                RawValues raw,
                List<DataForm.Input> named) {
            SourceFile source = new SourceFile(file, Sha256.of(file));
            List<String> written = labels(labels, classes);
            IntFunction<String> places = row -> "array " + Quoted.of(labels) + ", row " + row;
            if (!axes.hasFrames()) {
                return new OwnSamples(file, source, shape, raw, Recordings.NONE, written, places, named);
            }
            FrameChange changed = FrameChange.of(choice, raw, extents[1], lengths, shape);
            OwnSamples.requireRoom(file, (long) extents[0] * changed.frames(), changed.shape());
            return new OwnSamples(
                    file, source, changed.shape(), changed.values(), changed.recordings(), written, places, named);
        }

        private void requireOnePer(String name, NpyArray array, String what, int count, String images) {
            int[] given = array.shape();
            boolean one = given.length == 1 || given.length == 2 && given[1] == 1;
            if (!one || given[0] != count) {
                throw problem(
                        name,
                        "has the shape " + text(given) + ", " + what + " of the " + count + " samples of "
                                + Quoted.of(images) + " need (" + count + ")");
            }
        }

        /** What needs frames is refused for images. */
        private void requireNoFrames(String images, int[] extents, Axes axes) {
            Optional<DataProperty> asked = choice.bin() > 1
                    ? Optional.of(DataProperty.BIN)
                    : choice.delta().isPresent() ? Optional.of(DataProperty.DELTA) : Optional.empty();
            if (asked.isPresent()) {
                throw new DataFileException(
                        file,
                        Sentence.of(
                                "array " + Quoted.of(images) + " of shape " + text(extents) + " is read as " + axes
                                        + ", which has no frames, and ",
                                asked.get(),
                                " is for frames; ",
                                DataProperty.AXES,
                                " says which axis is which, for example NTF"));
            }
        }

        private int[] lengths(String name, NpyArray array, Axes axes, int[] extents, String images) {
            int frames = extents[1];
            if (!axes.hasFrames()) {
                throw problem(
                        name,
                        "has lengths of samples, and " + Quoted.of(images) + " is read as " + axes
                                + ", which has no frames");
            }
            if (array.isText()) {
                throw problem(name, "holds texts, lengths are whole numbers");
            }
            requireOnePer(name, array, "lengths", extents[0], images);
            double[] given = array.doubles();
            int[] lengths = new int[given.length];
            for (int i = 0; i < lengths.length; i++) {
                lengths[i] = (int) given[i];
                if (lengths[i] != given[i] || lengths[i] < 1 || lengths[i] > frames) {
                    throw problem(
                            name,
                            "row " + i + " holds " + given[i] + ", lengths are whole numbers from 1 to " + frames
                                    + ", the frames of " + Quoted.of(images));
                }
            }
            return lengths;
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

        private Axes axes(String name, int[] extents) {
            boolean empty = Arrays.stream(extents).skip(1).anyMatch(extent -> extent == 0);
            if (choice.axes().isPresent()) {
                Axes named = choice.axes().get();
                if (named.count() != extents.length || empty) {
                    throw new DataFileException(
                            file,
                            Sentence.of(
                                    "array " + Quoted.of(name) + " has the shape " + text(extents) + ", ",
                                    DataProperty.AXES,
                                    " names the axes " + named + (empty ? ", none of which may be empty" : "")));
                }
                return named;
            }
            Axes usual = Axes.usual(extents.length);
            if (usual == null || empty) {
                throw new DataFileException(
                        file,
                        Sentence.of(
                                "array " + Quoted.of(name) + " has the shape " + text(extents)
                                        + ", allowed are images (N, C, H, W) or (N, H, W), features (N, F) and frames"
                                        + " (N, T, C, H, W), or others that ",
                                DataProperty.AXES,
                                " names, for example NTF"));
            }
            return usual;
        }

        /** Values in the order of the array; what is stored after the end of a recording becomes 0. */
        private RawValues raw(String name, NpyArray array, Axes axes, Optional<int[]> lengths) {
            if (array.isText()) {
                throw problem(name, "holds texts, images, features and frames are numbers");
            }
            if (array.isUnsignedBytes()) {
                return new RawValues.Bytes(array.unsignedBytes());
            }
            boolean spikes = axes.hasFrames()
                    && choice.values() == FrameChoice.Values.SPIKES
                    && choice.delta().isEmpty();
            float[] values = array.floats();
            int[] shape = array.shape();
            for (int i = 0; i < values.length; i++) {
                float value = values[i];
                boolean good = Float.isFinite(value) && (!spikes || value >= 0 && value == Math.rint(value));
                if (good) {
                    continue;
                }
                int[] index = index(i, shape);
                int sample = index[axes.letters().indexOf('N')];
                int frame = axes.hasFrames() ? index[axes.letters().indexOf('T')] : 0;
                if (lengths.isPresent() && frame >= lengths.get()[sample]) {
                    values[i] = 0;
                } else {
                    throw problem(
                            name,
                            "holds " + value + " at " + text(index)
                                    + (axes.hasFrames() ? ", sample " + sample + ", frame " + frame : "")
                                    + (Float.isFinite(value)
                                            ? ", frames of spikes hold whole numbers from 0 on"
                                            : ", values must be finite numbers in single precision"));
                }
            }
            return new RawValues.Floats(values);
        }

        /** @param places of the values in the order in which they are kept, null if they are */
        private static RawValues ordered(RawValues values, int[] places) {
            return places == null ? values : values.gathered(places, 1);
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
