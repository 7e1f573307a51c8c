/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.own;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.dataset.DataForm;
import io.synaptile.sim.io.dataset.DataProperty;
import io.synaptile.sim.io.dataset.Dataset;
import io.synaptile.sim.io.dataset.DatasetParts;
import io.synaptile.sim.io.dataset.FrameChoice;
import io.synaptile.sim.io.dataset.Normalisation;
import io.synaptile.sim.io.dataset.OwnData;
import io.synaptile.sim.io.dataset.RawValues;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import io.synaptile.text.message.RefusedException;
import io.synaptile.text.message.Sentence;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes the two parts of what a file holds. Samples come in an order drawn from the seed, because files are often sorted by
 * class and limits take the first or last samples of a part.
 */
final class OwnParts {
    private static final int FULL_SCALE = 255;
    private static final int TRAINING_ORDER = 0;
    private static final int TEST_ORDER = 1;

    private OwnParts() {}

    /**
     * Both parts, not normalised.
     *
     * @param classes of the training part
     * @param test samples for testing; where there are none, the test share is taken from the training samples, of every class
     *     alike
     * @throws DataFileException if labels or shapes do not fit
     * @throws RefusedException if there is no test part and no share, or both
     */
    static DatasetParts of(
            String set, OwnClasses classes, OwnSamples training, Optional<OwnSamples> test, OwnData own) {
        OwnSamples train = training.shaped(own.shape());
        int[] labels = classes.numbers(train);
        int[] order = order(train.size(), own.seed(), TRAINING_ORDER);
        if (test.isPresent()) {
            if (own.testShare().isPresent()) {
                throw RefusedException.of(
                        DataProperty.TEST_SHARE,
                        " cannot be given beside a test part, which is "
                                + test.get().file());
            }
            OwnSamples held = test.get().shaped(own.shape());
            requireAlike(train, held);
            int largest =
                    Math.max(train.recordings().largest(), held.recordings().largest());
            return new DatasetParts(
                    part(set, train.with(largest), classes, labels, order, own),
                    part(
                            set,
                            held.with(largest),
                            classes,
                            classes.numbers(held),
                            order(held.size(), own.seed(), TEST_ORDER),
                            own));
        }
        boolean[] aside = aside(train, labels, order, classes, own);
        return new DatasetParts(
                part(set, train, classes, labels, filtered(order, aside, false), own),
                part(set, train, classes, labels, filtered(order, aside, true), own));
    }

    private static void requireAlike(OwnSamples train, OwnSamples test) {
        if (!train.inputs().equals(test.inputs())) {
            throw new DataFileException(
                    test.file(),
                    "holds test samples of the inputs " + text(test.inputs()) + ", the training samples in "
                            + train.file() + " have " + text(train.inputs()));
        }
        if (!train.shape().equals(test.shape())) {
            throw new DataFileException(
                    test.file(),
                    "holds test samples of " + test.shape() + " values, the training samples in " + train.file()
                            + " have " + train.shape());
        }
        if (train.recordings().frames() != test.recordings().frames()) {
            throw new DataFileException(
                    test.file(),
                    "holds test samples of " + test.recordings().frames() + " frames, the training samples in "
                            + train.file() + " have " + train.recordings().frames());
        }
        if (train.values().getClass() != test.values().getClass()) {
            throw new DataFileException(
                    test.file(),
                    "holds test samples as " + kind(test.values()) + ", the training samples in " + train.file()
                            + " are " + kind(train.values()) + ", which are scaled otherwise");
        }
    }

    private static String text(List<DataForm.Input> inputs) {
        return inputs.stream().map(input -> input.name() + " " + input.shape()).collect(Collectors.joining(", "));
    }

    private static String kind(RawValues values) {
        return switch (values) {
            case RawValues.Bytes _ -> "bytes (u1)";
            case RawValues.Floats _ -> "numbers";
        };
    }

    private static Dataset part(
            String set, OwnSamples samples, OwnClasses classes, int[] labels, int[] order, OwnData own) {
        Shape shape = samples.shape();
        List<Float> zeros = Collections.nCopies(shape.channels(), 0f);
        List<Float> ones = Collections.nCopies(shape.channels(), 1f);
        boolean counts = samples.recordings().frames() > 0 && own.frames().values() == FrameChoice.Values.SPIKES;
        int fullScale = samples.values() instanceof RawValues.Bytes && !counts ? FULL_SCALE : 1;
        return new Dataset(
                        set,
                        shape,
                        classes.names().size(),
                        classes.called(samples, own.classNames()),
                        new Normalisation(fullScale, zeros, ones, "none"),
                        List.of(samples.source()),
                        samples.values().gathered(order, samples.sampleValues()),
                        samples.recordings().of(order),
                        Arrays.stream(order).map(sample -> labels[sample]).toArray())
                .with(samples.inputs());
    }

    /** Which samples are for testing: of every class the first of the drawn order, rounded down. */
    private static boolean[] aside(OwnSamples samples, int[] labels, int[] order, OwnClasses classes, OwnData own) {
        if (own.testShare().isEmpty()) {
            throw new DataFileException(
                    samples.file(),
                    Sentence.of(
                            "comes without a test part; name one with ",
                            DataProperty.TEST_FILES,
                            ", or with ",
                            DataProperty.TEST_SHARE,
                            " how much of it is set aside, for example 0.2"));
        }
        double share = own.testShare().getAsDouble();
        int[] left = new int[classes.names().size()];
        for (int label : labels) {
            left[label]++;
        }
        for (int label = 0; label < left.length; label++) {
            left[label] = (int) (left[label] * share);
        }
        if (Arrays.stream(left).sum() == 0) {
            throw RefusedException.of(
                    DataProperty.TEST_SHARE,
                    " " + share + " leaves no test samples: no class of " + samples.file() + " has more than "
                            + (long) (Math.ceil(1 / share) - 1) + " samples");
        }
        boolean[] aside = new boolean[labels.length];
        for (int sample : order) {
            aside[sample] = left[labels[sample]]-- > 0;
        }
        return aside;
    }

    private static int[] filtered(int[] order, boolean[] aside, boolean wanted) {
        return Arrays.stream(order).filter(sample -> aside[sample] == wanted).toArray();
    }

    /** All samples in an order drawn from the seed; every order is equally likely. */
    private static int[] order(int samples, long seed, int part) {
        int[] order = IntStream.range(0, samples).toArray();
        NoiseStream random = NoiseStream.of(seed, Purpose.SPLIT, part, 0, 0);
        for (int last = samples - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int sample = order[last];
            order[last] = order[other];
            order[other] = sample;
        }
        return order;
    }
}
