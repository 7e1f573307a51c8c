/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import io.synaptile.sim.network.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What files of a user's own leave open.
 *
 * @param arrays names of the arrays of an npz file
 * @param label title of the column of a table that holds the labels; empty for the last
 * @param ignored titles of columns of a table that are no features
 * @param channels in which images are read; empty for those that they have
 * @param shape of one image; empty for that of the files
 * @param classes number of classes; empty for those that occur in the training part
 * @param classNames of classes whose labels are numbers, in their order; empty where they have none
 * @param testShare part of the samples, by class, that is set aside for testing where no test part is given
 * @param frames how arrays become frames, and what these are for
 * @param seed of the order of the samples and of the choice of those for testing
 */
public record OwnData(
        Arrays arrays,
        Optional<String> label,
        List<String> ignored,
        Optional<Channels> channels,
        Optional<Shape> shape,
        OptionalInt classes,
        List<String> classNames,
        OptionalDouble testShare,
        FrameChoice frames,
        long seed) {
    public OwnData {
        ignored = List.copyOf(ignored);
        classNames = List.copyOf(classNames);
    }

    /** Nothing said. */
    public static final OwnData NOTHING_SAID = new OwnData(
            Arrays.USUAL,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            List.of(),
            OptionalDouble.empty(),
            FrameChoice.AS_THEY_ARE,
            1);

    /** Channels of images. */
    public enum Channels {
        /** One: luminance. */
        GRAY(1),
        /** Three: red, green, blue. */
        RGB(3);

        private final int count;

        Channels(int count) {
            this.count = count;
        }

        /** How many there are. */
        public int count() {
            return count;
        }
    }

    /**
     * Names of the arrays of an npz file.
     *
     * @param trainLengths of the numbers of frames of each training sample; empty where all have all
     * @param testLengths of those of the test samples
     * @param inputs names of several inputs, whose arrays take the place of the images; empty where there is one
     */
    public record Arrays(
            String trainImages,
            String trainLabels,
            String testImages,
            String testLabels,
            Optional<String> trainLengths,
            Optional<String> testLengths,
            List<String> inputs) {
        public Arrays {
            inputs = List.copyOf(inputs);
        }

        /** With one input. */
        public Arrays(
                String trainImages,
                String trainLabels,
                String testImages,
                String testLabels,
                Optional<String> trainLengths,
                Optional<String> testLengths) {
            this(trainImages, trainLabels, testImages, testLabels, trainLengths, testLengths, List.of());
        }

        /** Names of the arrays that hold the inputs of the training samples. */
        public List<String> trainInputs() {
            return inputs.stream().map(input -> input + "_train").toList();
        }

        /** The same of the test samples. */
        public List<String> testInputs() {
            return inputs.stream().map(input -> input + "_test").toList();
        }

        /** The names that Keras writes. */
        public static final Arrays USUAL =
                new Arrays("x_train", "y_train", "x_test", "y_test", Optional.empty(), Optional.empty());
    }
}
