/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.own;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.dataset.DataForm;
import io.synaptile.sim.io.dataset.DataProperty;
import io.synaptile.sim.io.dataset.RawValues;
import io.synaptile.sim.io.dataset.Recordings;
import io.synaptile.sim.io.dataset.SourceFile;
import io.synaptile.sim.network.Shape;
import io.synaptile.text.message.Sentence;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Samples in the order of their file.
 *
 * @param file the file or folder, for messages
 * @param source for the manifest
 * @param shape of one image or frame
 * @param values of all samples
 * @param recordings their frames, where they are no images
 * @param labels as they are written, one per sample
 * @param places what a message says of where the label of a sample stands: a file, or a file with line or row
 * @param inputs that a sample consists of; empty where it is one
 */
record OwnSamples(
        Path file,
        SourceFile source,
        Shape shape,
        RawValues values,
        Recordings recordings,
        List<String> labels,
        IntFunction<String> places,
        List<DataForm.Input> inputs) {
    /** Most values that one array holds. */
    private static final int MOST_VALUES = Integer.MAX_VALUE - 8;

    /** Images. */
    OwnSamples(
            Path file,
            SourceFile source,
            Shape shape,
            RawValues values,
            List<String> labels,
            IntFunction<String> places) {
        this(file, source, shape, values, Recordings.NONE, labels, places, List.of());
    }

    OwnSamples {
        labels = List.copyOf(labels);
        inputs = List.copyOf(inputs);
    }

    /**
     * Refuses what does not fit in one array.
     *
     * @throws DataFileException naming the file
     */
    static void requireRoom(Path file, long samples, Shape shape) {
        if (samples * shape.size() > MOST_VALUES) {
            throw new DataFileException(
                    file,
                    "holds " + samples + " samples of " + shape + " values, which are more than the " + MOST_VALUES
                            + " values of a part");
        }
    }

    int size() {
        return labels.size();
    }

    /** Values of one sample. */
    int sampleValues() {
        return values.length() / size();
    }

    /** The same with another largest number of spikes. */
    OwnSamples with(int largest) {
        return new OwnSamples(file, source, shape, values, recordings.with(largest), labels, places, inputs);
    }

    /**
     * The same in the shape that the user has named, if one is named. Features, which have no places of their own, may be
     * given any shape of as many values.
     *
     * @throws DataFileException if the values cannot have that shape
     */
    OwnSamples shaped(Optional<Shape> asked) {
        if (asked.isEmpty() || asked.get().equals(shape)) {
            return this;
        }
        Shape wanted = asked.get();
        if (shape.positions() != 1 || wanted.size() != shape.size()) {
            throw new DataFileException(
                    file,
                    Sentence.of(
                            "holds samples of " + shape + " values, which cannot have ",
                            DataProperty.SHAPE,
                            " " + wanted));
        }
        return new OwnSamples(file, source, wanted, values, recordings, labels, places, inputs);
    }

    /** A label that is refused. */
    DataFileException refused(int sample, String finding) {
        return refused(sample, Sentence.of(finding));
    }

    /** A label that is refused, with what can be chosen otherwise. */
    DataFileException refused(int sample, Sentence finding) {
        String place = places.apply(sample);
        return new DataFileException(file, place.isEmpty() ? finding : finding.after(place + ": "));
    }
}
