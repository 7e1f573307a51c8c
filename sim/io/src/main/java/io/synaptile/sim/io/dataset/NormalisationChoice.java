/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.text.message.RefusedException;
import java.util.Collections;
import java.util.List;

/** Which constants normalise images. */
public sealed interface NormalisationChoice {
    /** Those that the {@linkplain DatasetReader#usualNormalisation reader} of the set takes. */
    record Usual() implements NormalisationChoice {}

    /** None: bytes are divided by their full scale, numbers stay as they are. */
    record None() implements NormalisationChoice {}

    /** Mean and deviation of the training part, over all its samples and positions, by channel. */
    record OfTraining() implements NormalisationChoice {}

    /**
     * Those given, in units of full scale.
     *
     * @param mean one per channel, or one for all
     * @param deviation likewise
     */
    record Constants(List<Float> mean, List<Float> deviation) implements NormalisationChoice {
        public Constants {
            mean = List.copyOf(mean);
            deviation = List.copyOf(deviation);
        }
    }

    /**
     * Both parts with these constants.
     *
     * @throws DataFileException if a value is too large for single precision once it is normalised
     * @throws RefusedException if there are neither one nor as many as the images have channels
     */
    default DatasetParts applied(DatasetParts parts) {
        return switch (this) {
            case Usual() -> parts;
            case None() -> with(parts, List.of(0f), List.of(1f), "none");
            case OfTraining() -> with(parts, TrainingStatistics.of(parts.train()));
            case Constants(List<Float> mean, List<Float> deviation) -> with(parts, mean, deviation, "the experiment");
        };
    }

    private static DatasetParts with(DatasetParts parts, List<Float> mean, List<Float> deviation, String source) {
        int channels = parts.train().shape().channels();
        Normalisation constants = new Normalisation(
                parts.train().normalisation().fullScale(),
                perChannel(mean, channels, DataProperty.MEAN),
                perChannel(deviation, channels, DataProperty.DEVIATION),
                source);
        return with(parts, constants);
    }

    private static DatasetParts with(DatasetParts parts, Normalisation constants) {
        return new DatasetParts(
                finite(parts.train().with(constants)), finite(parts.test().with(constants)));
    }

    /** The part, unless a value leaves single precision when it is normalised. */
    private static Dataset finite(Dataset part) {
        float[] image = new float[Math.max(1, part.frames()) * part.shape().size()];
        int positions = part.shape().positions();
        for (int sample = 0; sample < part.size(); sample++) {
            part.image(sample, image, 0);
            for (int i = 0; i < image.length; i++) {
                if (!Float.isFinite(image[i])) {
                    int channel = i / positions % part.shape().channels();
                    throw new DataFileException(
                            part.files().getFirst().path(),
                            "holds " + part.rawPixel(sample, i) + " in channel " + channel
                                    + ", which is too large once it is normalised with mean "
                                    + part.normalisation().mean().get(channel) + " and deviation "
                                    + part.normalisation().deviation().get(channel));
                }
            }
        }
        return part;
    }

    private static List<Float> perChannel(List<Float> constants, int channels, DataProperty property) {
        if (constants.size() != 1 && constants.size() != channels) {
            throw RefusedException.mustBe(
                    property,
                    channels == 1
                            ? "one number, as images have one channel"
                            : "1 number or " + channels + ", one per channel",
                    constants.size());
        }
        return constants.size() == channels ? constants : Collections.nCopies(channels, constants.getFirst());
    }
}
