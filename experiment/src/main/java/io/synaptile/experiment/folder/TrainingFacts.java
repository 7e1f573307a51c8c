/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * What training came to.
 *
 * @param testAccuracyPercent of the trained network without hardware, on all test images
 * @param testImages number of these
 * @param judgedAccuracyPercent of the epoch that is kept, on the images that epochs were compared by
 * @param heldOut whether these were held out for validation; else they are the training images
 * @param keptEpoch from 1
 * @param chosenBy why it is that one, in words
 * @param sparsityPercent weights of pruned layers that are 0; empty where none is pruned in training
 * @param remarks on the activity of the network, in words; empty if there is nothing remarkable
 */
public record TrainingFacts(
        double testAccuracyPercent,
        int testImages,
        double judgedAccuracyPercent,
        boolean heldOut,
        int keptEpoch,
        String chosenBy,
        OptionalDouble sparsityPercent,
        Optional<String> remarks) {
    private static final String TEST_ACCURACY = "test_accuracy_percent";
    private static final String TEST_IMAGES = "test_images";
    private static final String VALIDATION_ACCURACY = "validation_accuracy_percent";
    /** Accuracy on images that were learnt is no validation accuracy. */
    private static final String TRAINING_ACCURACY = "training_images_accuracy_percent";

    private static final String KEPT_EPOCH = "kept_epoch";
    private static final String CHOSEN_BY = "kept_epoch_chosen_by";
    private static final String SPARSITY = "sparsity_percent";
    private static final String REMARKS = "remarks";

    /** By name with unit, in the order in which they should be shown. */
    public SequencedMap<String, Object> entries() {
        return entries("");
    }

    /** The same where epochs were compared by the accuracy of an artificial network, and the test images are those of a spiking one. */
    public SequencedMap<String, Object> entriesOfArtificial() {
        return entries("artificial_");
    }

    /** @param judged what the name of the accuracy that epochs were compared by begins with */
    private SequencedMap<String, Object> entries(String judged) {
        SequencedMap<String, Object> entries = tested();
        entries.put(judged + (heldOut ? VALIDATION_ACCURACY : TRAINING_ACCURACY), judgedAccuracyPercent);
        entries.put(KEPT_EPOCH, keptEpoch);
        entries.put(CHOSEN_BY, chosenBy);
        sparsityPercent.ifPresent(percent -> entries.put(SPARSITY, percent));
        remarks.ifPresent(lines -> entries.put(REMARKS, lines));
        return entries;
    }

    /** Those on the test images. */
    public SequencedMap<String, Object> tested() {
        SequencedMap<String, Object> entries = new LinkedHashMap<>();
        entries.put(TEST_ACCURACY, testAccuracyPercent);
        entries.put(TEST_IMAGES, testImages);
        return entries;
    }

    /** As a manifest has them; empty if it is of a version that did not write all. */
    static Optional<TrainingFacts> of(Facts facts) {
        boolean heldOut = facts.has(VALIDATION_ACCURACY);
        String judged = heldOut ? VALIDATION_ACCURACY : TRAINING_ACCURACY;
        return facts.number(TEST_ACCURACY).isEmpty()
                        || facts.whole(TEST_IMAGES).isEmpty()
                        || facts.number(judged).isEmpty()
                ? Optional.empty()
                : Optional.of(new TrainingFacts(
                        facts.number(TEST_ACCURACY).getAsDouble(),
                        facts.whole(TEST_IMAGES).getAsInt(),
                        facts.number(judged).getAsDouble(),
                        heldOut,
                        facts.whole(KEPT_EPOCH).orElse(0),
                        facts.text(CHOSEN_BY).orElse(""),
                        facts.number(SPARSITY),
                        facts.text(REMARKS)));
    }
}
