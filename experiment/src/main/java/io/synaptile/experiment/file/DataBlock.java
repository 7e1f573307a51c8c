/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.sim.io.dataset.Axes;
import io.synaptile.sim.io.dataset.DataForm;
import io.synaptile.sim.io.dataset.FrameChoice;
import io.synaptile.sim.io.dataset.NormalisationChoice;
import io.synaptile.sim.io.dataset.OwnData;
import io.synaptile.sim.network.Shape;
import io.synaptile.text.message.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Block {@code data}. Sample limits of 0 mean all samples. */
public record DataBlock(
        @Key(
                "Name of the data set: digits, mnist, fashion-mnist, cifar10, cifar100 or tiny-imagenet; or, for files of your own, npz (arrays), csv (a table of features) or folders (pictures by class).")
        String set,

        @Key(
                value =
                        "Folder of the data files, relative to the experiment file; if empty the environment variable SYNAPTILE_DATA, then the included copies. For npz, csv and folders, if empty, the folder of the experiment file.",
                otherwise = "''",
                hashed = false)
        String dir,

        @Key(
                value =
                        "Files of the training part, if they have names of their own; for npz and csv the one file, for folders the one folder.",
                otherwise = "[]")
        List<String> train,

        @Key(
                value =
                        "Files of the test part, if they have names of their own; for npz and csv the one file, for folders the one folder.",
                otherwise = "[]")
        List<String> test,

        @Key(value = "Images per training batch.", otherwise = "64", range = "[1, inf)")
        int batch,

        @Key(
                value = "Last part of the training images that is held out; the best epoch is chosen on it.",
                otherwise = "0.2",
                range = "[0, 1)",
                unit = "fraction")
        double validation,

        @Key(
                value = "Training images used, validation included, from the beginning of the file.",
                otherwise = "all",
                range = "[0, inf)",
                zero = "all")
        int trainSamples,

        @Key(
                value = "Test images used for the software accuracy, from the beginning of the file.",
                otherwise = "all",
                range = "[0, inf)",
                zero = "all")
        int testSamples,

        @Key("Random changes to training images.") Augment augment,

        @Key(
                value = "Constants of the normalisation, (value - mean) / std; a single word is the kind.",
                alone = "kind",
                addedLater = true)
        Normalise normalise,

        @Key(
                value =
                        "Part of the samples of npz, csv or folders that is set aside for testing, of every class alike, where there is no test part.",
                otherwise = "none",
                range = "(0, 1)",
                unit = "fraction")
        Optional<Double> testShare,

        @Key(
                value =
                        "Number of classes of npz, csv or folders, for a check of the labels; by default the classes of the training part.",
                otherwise = "those there are",
                range = "[2, inf)",
                hashed = false)
        Optional<Integer> classes,

        @Key(
                value = "Names of the classes of npz or csv whose labels are numbers, in their order; for people.",
                otherwise = "[]",
                hashed = false)
        Optional<List<String>> classNames,

        @Key(
                value =
                        "Channels, height and width of a sample of npz, csv or folders; features are put into that shape, images must have it. By default that of the files.",
                otherwise = "[]",
                range = "[1, inf)")
        Optional<List<Integer>> shape,

        @Key(
                value = "Column of a csv table that holds the labels, as the header names it; by default the last.",
                otherwise = "the last")
        Optional<String> label,

        @Key(
                value =
                        "Columns of a csv table that are neither features nor labels, as the header names them; they may hold texts. Needs data.label.",
                otherwise = "[]")
        Optional<List<String>> ignore,

        @Key(
                value =
                        "Channels in which pictures of folders are read: gray (luminance of colours) or rgb; by default those that all of them have.",
                otherwise = "those there are")
        Optional<OwnData.Channels> channels,

        @Key(value = "Names of the arrays of npz.", addedLater = true)
        Arrays arrays,

        @Key(
                value =
                        "Which axis of the images of npz is what, outermost first: N samples, T frames, C channels, H rows, W columns, or F features in the place of the last three. By default NF, NHW, NCHW or NTCHW.",
                otherwise = "by their number")
        Optional<String> axes,

        @Key(
                value = "Frames of npz that are joined to one: their mean, with network.coding spikes their sum.",
                otherwise = "1",
                range = "[1, inf)")
        Optional<Integer> bin,

        @Key(
                value =
                        "Change of a value of npz that gives a spike: a frame has as many on one channel as its value has risen by, as many on another as it has fallen by; needs network.coding spikes. Bytes are divided by 255 before.",
                otherwise = "none",
                range = "(0, inf)")
        Optional<Double> delta,

        @Key(
                value =
                        "Channels, height, width and classes that npz, csv or folders turned out to have, and of recordings the frames and the largest number of spikes; a manifest says it, so that later stages need not read the files.",
                otherwise = "[]",
                range = "[1, inf)",
                hashed = false)
        Optional<List<Integer>> found) {

    private static final String NPZ = "npz";
    private static final String CSV = "csv";
    private static final String FOLDERS = "folders";
    private static final int SHAPE = 3;
    private static final int IMAGES_FOUND = 4;
    private static final int RECORDINGS_FOUND = 6;
    private static final Set<String> OWN = Set.of(NPZ, CSV, FOLDERS);

    /** Block {@code data.normalise}. */
    public record Normalise(
            @Key(
                    value =
                            "training: mean and deviation of the training part, by channel; none: bytes are divided by 255, other numbers stay as they are. By default the constants of a published set, and training for npz, csv and folders.",
                    otherwise = "as usual for the set")
            Optional<Kind> kind,

            @Key(value = "Means by channel, or one for all; of bytes in units of their full scale.", otherwise = "[]")
            Optional<List<Double>> mean,

            @Key(
                    value = "Deviations by channel, or one for all; of bytes in units of their full scale.",
                    otherwise = "[]",
                    range = "(0, inf)")
            Optional<List<Double>> std) {
        /** Words for constants that need not be written. */
        public enum Kind {
            /** None at all. */
            NONE,
            /** Computed from the training part. */
            TRAINING
        }

        public Normalise {
            mean = said(mean);
            std = said(std);
            mean.ifPresent(values -> values.forEach(value -> Interval.check("mean", value, "(-inf, inf)")));
            std.ifPresent(values -> values.forEach(value -> Interval.check("std", value, "(0, inf)")));
            if (mean.isEmpty() != std.isEmpty()) {
                throw new InvalidSetting(
                        mean.isEmpty() ? "mean" : "std",
                        "must be given together with " + (mean.isEmpty() ? "std" : "mean"));
            }
            if (kind.isPresent() && mean.isPresent()) {
                throw new InvalidSetting("kind", "cannot be given beside mean and std");
            }
        }

        /** What it comes to. */
        public NormalisationChoice choice() {
            if (mean.isPresent()) {
                return new NormalisationChoice.Constants(floats(mean.get()), floats(std.orElseThrow()));
            }
            return kind.<NormalisationChoice>map(word -> switch (word) {
                        case NONE -> new NormalisationChoice.None();
                        case TRAINING -> new NormalisationChoice.OfTraining();
                    })
                    .orElse(new NormalisationChoice.Usual());
        }

        private static List<Float> floats(List<Double> values) {
            return values.stream().map(Double::floatValue).toList();
        }
    }

    /** Block {@code data.arrays}. */
    public record Arrays(
            @Key(value = "Training images or features.", otherwise = "x_train")
            Optional<String> trainImages,

            @Key(value = "Training labels.", otherwise = "y_train")
            Optional<String> trainLabels,

            @Key(value = "Test images or features.", otherwise = "x_test")
            Optional<String> testImages,

            @Key(value = "Test labels.", otherwise = "y_test")
            Optional<String> testLabels,

            @Key(
                    value = "Number of frames of every training sample; the input is 0 after them.",
                    otherwise = "all of them")
            Optional<String> trainLengths,

            @Key(value = "Number of frames of every test sample.", otherwise = "all of them")
            Optional<String> testLengths,

            @Key(
                    value =
                            "Names of several inputs of a sample, in the place of its images: NAME_train and NAME_test are their arrays, of any shapes and as many samples each. input: NAME in network.layers reads one, and whatever reads the whole sample reads them behind each other.",
                    otherwise = "[]")
            Optional<List<String>> inputs) {
        private static final int LONGEST = 60;

        public Arrays {
            inputs = said(inputs);
            inputs.ifPresent(names -> {
                checkNames("inputs", names, "names");
                boolean words = names.stream()
                        .allMatch(name -> name.matches("[A-Za-z][A-Za-z0-9_-]*")
                                && name.length() <= LONGEST
                                && !name.equals("input"));
                if (!words || names.size() < 2 || names.stream().distinct().count() < names.size()) {
                    throw new InvalidSetting(
                            "inputs",
                            "must be two different names or more, of letters, digits, _ and -, none of them input, got "
                                    + names.stream().map(Quoted::bare).toList());
                }
            });
            if (inputs.isPresent() && (trainImages.isPresent() || testImages.isPresent())) {
                throw new InvalidSetting(
                        "inputs", "takes the place of train_images and test_images, and one of them is given");
            }
        }

        private boolean isGiven() {
            return trainImages.isPresent()
                    || trainLabels.isPresent()
                    || testImages.isPresent()
                    || testLabels.isPresent()
                    || trainLengths.isPresent()
                    || testLengths.isPresent()
                    || inputs.isPresent();
        }

        /** The names, given or usual. */
        public OwnData.Arrays named() {
            OwnData.Arrays usual = OwnData.Arrays.USUAL;
            return new OwnData.Arrays(
                    trainImages.orElse(usual.trainImages()),
                    trainLabels.orElse(usual.trainLabels()),
                    testImages.orElse(usual.testImages()),
                    testLabels.orElse(usual.testLabels()),
                    trainLengths,
                    testLengths,
                    inputs.orElse(List.of()));
        }
    }

    /** Block {@code data.augment}. */
    public record Augment(
            @Key(
                    value = "Zeros added on each side before a random crop back to the image's size.",
                    otherwise = "0",
                    range = "[0, 64]",
                    unit = "pixels")
            int crop,

            @Key(value = "Mirror half of the images left to right.", otherwise = "false")
            boolean flip) {
        public Augment {
            Interval.check("crop", crop, "[0, 64]");
        }
    }

    public DataBlock {
        train = List.copyOf(train);
        test = List.copyOf(test);
        shape = said(shape);
        found = said(found);
        ignore = said(ignore);
        classNames = said(classNames);
        checkNames("train", train, "names of files");
        checkNames("test", test, "names of files");
        Interval.check("batch", batch, "[1, inf)");
        Interval.check("validation", validation, "[0, 1)");
        Interval.check("train_samples", trainSamples, "[0, inf)");
        Interval.check("test_samples", testSamples, "[0, inf)");
        testShare.ifPresent(share -> Interval.check("test_share", share, "(0, 1)"));
        classes.ifPresent(count -> Interval.check("classes", count, "[2, inf)"));
        checkExtents("shape", shape, 3, "channels, height and width, for example [1, 28, 28]");
        int ofInputs = SHAPE * arrays.inputs().map(List::size).orElse(0);
        checkExtents(
                "found",
                found,
                ofInputs
                        + (found.map(List::size).orElse(0) == RECORDINGS_FOUND + ofInputs
                                ? RECORDINGS_FOUND
                                : IMAGES_FOUND),
                "channels, height, width and classes, and perhaps frames and largest number of spikes, and the shapes of"
                        + " several inputs");
        bin.ifPresent(count -> Interval.check("bin", count, "[1, inf)"));
        delta.ifPresent(change -> Interval.check("delta", change, "(0, inf)"));
        axes.ifPresent(DataBlock::checkAxes);
        checkOwner("found", found.isPresent(), set, OWN);
        checkOwner("test_share", testShare.isPresent(), set, OWN);
        checkOwner("classes", classes.isPresent(), set, OWN);
        checkOwner("class_names", classNames.isPresent(), set, Set.of(NPZ, CSV));
        classNames.ifPresent(names -> checkNames("class_names", names, "names"));
        checkOwner("shape", shape.isPresent(), set, OWN);
        checkOwner("label", label.isPresent(), set, Set.of(CSV));
        checkOwner("channels", channels.isPresent(), set, Set.of(FOLDERS));
        checkOwner("arrays", arrays.isGiven(), set, Set.of(NPZ));
        checkOwner("axes", axes.isPresent(), set, Set.of(NPZ));
        checkOwner("bin", bin.isPresent(), set, Set.of(NPZ));
        checkOwner("delta", delta.isPresent(), set, Set.of(NPZ));
        checkOwner("ignore", ignore.isPresent(), set, Set.of(CSV));
        label.ifPresent(title -> checkNames("label", List.of(title), "the name of a column"));
        ignore.ifPresent(titles -> checkNames("ignore", titles, "names of columns"));
        if (ignore.isPresent() && label.isEmpty()) {
            throw new InvalidSetting("ignore", "names columns and needs data.label, which names that of the labels");
        }
        if (arrays.inputs().isPresent()) {
            checkAlone("axes", axes.isPresent());
            checkAlone("shape", shape.isPresent());
            checkAlone("delta", delta.isPresent());
        }
        if (testShare.isPresent() && !test.isEmpty()) {
            throw new InvalidSetting("test_share", "cannot be given beside data.test, which names a test part");
        }
        if (OWN.contains(set)) {
            checkOne("train", train);
            checkOne("test", test);
        }
    }

    /** An empty list says as little as none. */
    private static <T> Optional<List<T>> said(Optional<List<T>> list) {
        return list.filter(values -> !values.isEmpty()).map(List::copyOf);
    }

    private static void checkExtents(String key, Optional<List<Integer>> extents, int due, String what) {
        extents.ifPresent(given -> {
            given.forEach(extent -> Interval.check(key, extent, "[1, inf)"));
            if (given.size() != due) {
                throw new InvalidSetting(key, "must be " + what + ", got " + given.size() + " numbers");
            }
        });
    }

    private static void checkAxes(String letters) {
        try {
            new Axes(letters);
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting("axes", "must be " + Axes.ALLOWED + ", got " + Quoted.of(letters));
        }
    }

    private static void checkOwner(String key, boolean given, String set, Set<String> owners) {
        if (given && !owners.contains(set)) {
            throw new InvalidSetting(
                    key,
                    "is a setting of data.set "
                            + String.join(", ", owners.stream().sorted().toList()) + ", and data.set is "
                            + Quoted.of(set));
        }
    }

    private static void checkAlone(String key, boolean given) {
        if (given) {
            throw new InvalidSetting(key, "is for samples of one input, and data.arrays.inputs names several");
        }
    }

    private static void checkOne(String key, List<String> names) {
        if (names.size() > 1) {
            throw new InvalidSetting(key, "must be one name, got " + names.size());
        }
    }

    /** Whether the set is files of the user's own. */
    public boolean isOwn() {
        return OWN.contains(set);
    }

    /**
     * What files of a user's own leave open.
     *
     * @param values what values of frames are for
     * @param seed of the order and of the choice of test samples
     */
    public OwnData own(FrameChoice.Values values, long seed) {
        return new OwnData(
                arrays.named(),
                label,
                ignore.orElse(List.of()),
                channels,
                shape.map(DataBlock::shape),
                classes.map(OptionalInt::of).orElse(OptionalInt.empty()),
                classNames.orElse(List.of()),
                testShare.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                new FrameChoice(
                        axes.map(Axes::new),
                        values,
                        bin.orElse(1),
                        delta.map(OptionalDouble::of).orElse(OptionalDouble.empty())),
                seed);
    }

    private static Shape shape(List<Integer> extents) {
        return new Shape(extents.get(0), extents.get(1), extents.get(2));
    }

    /** What a manifest says of the shape and the classes of files of a user's own. */
    public Optional<DataForm> foundForm() {
        List<String> names = arrays.inputs().orElse(List.of());
        return found.map(extents -> {
            int before = extents.size() - SHAPE * names.size();
            List<DataForm.Input> inputs = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                inputs.add(
                        new DataForm.Input(names.get(i), shape(extents.subList(before + SHAPE * i, extents.size()))));
            }
            boolean recordings = before == RECORDINGS_FOUND;
            return new DataForm(
                    shape(extents),
                    extents.get(3),
                    recordings ? extents.get(4) : 0,
                    recordings ? extents.get(5) : 1,
                    inputs);
        });
    }

    /** The same block with shape and classes that the files turned out to have. */
    public DataBlock found(DataForm form) {
        Shape image = form.shape();
        List<Integer> extents =
                new ArrayList<>(List.of(image.channels(), image.height(), image.width(), form.classes()));
        if (form.frames() > 0) {
            extents.addAll(List.of(form.frames(), form.largest()));
        }
        form.inputs()
                .forEach(input -> extents.addAll(List.of(
                        input.shape().channels(),
                        input.shape().height(),
                        input.shape().width())));
        return with(dir, Optional.of(extents));
    }

    /** The same block with another folder of the files. */
    public DataBlock in(String folder) {
        return with(folder, found);
    }

    private DataBlock with(String otherDir, Optional<List<Integer>> otherFound) {
        return new DataBlock(
                set,
                otherDir,
                train,
                test,
                batch,
                validation,
                trainSamples,
                testSamples,
                augment,
                normalise,
                testShare,
                classes,
                classNames,
                shape,
                label,
                ignore,
                channels,
                arrays,
                axes,
                bin,
                delta,
                otherFound);
    }

    private static void checkNames(String key, List<String> names, String what) {
        for (String name : names) {
            if (name.isBlank() || name.indexOf('\0') >= 0) {
                throw new InvalidSetting(key, "must be " + what + ", got " + Quoted.of(name));
            }
        }
    }
}
