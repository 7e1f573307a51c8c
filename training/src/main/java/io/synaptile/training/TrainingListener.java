/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import java.util.List;
import java.util.function.Supplier;

/** Is told how training proceeds, on the thread that trains. */
public interface TrainingListener {
    /** After every batch. */
    default void batchFinished(BatchProgress progress) {}

    /**
     * After every batch but the last of an epoch.
     *
     * @param state where training stands, gathered when asked for; as for {@link #epochFinished}, save or copy it here
     */
    default void betweenBatches(Supplier<TrainingState> state) {}

    /**
     * After every epoch and its validation.
     *
     * @param state where training stands; its arrays change as soon as this method returns, so save or copy it here
     */
    default void epochFinished(EpochResult result, TrainingState state) {}

    /** After the last epoch, before something is made of the model, such as a spiking network. */
    default void trained(TrainedModel kept) {}

    /**
     * When a stage begins that moves something else than the weights.
     *
     * @param batches that it takes at most
     */
    default void stageBegan(String name, int batches) {}

    /** After a batch of such a stage; {@code status} in words, may be empty. */
    default void stageAdvanced(String status) {}

    /** When such a stage has ended; {@code result} in words. */
    default void stageEnded(String result) {}

    /** A listener that passes everything on to several, in their order. */
    static TrainingListener all(List<TrainingListener> listeners) {
        return new AllListeners(listeners);
    }

    /** A listener that ignores everything. */
    static TrainingListener silent() {
        return new TrainingListener() {};
    }
}
