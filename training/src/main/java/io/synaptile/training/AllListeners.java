/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import java.util.List;
import java.util.function.Supplier;

/** Several listeners as one. */
record AllListeners(List<TrainingListener> listeners) implements TrainingListener {
    AllListeners {
        listeners = List.copyOf(listeners);
    }

    @Override
    public void batchFinished(BatchProgress progress) {
        listeners.forEach(listener -> listener.batchFinished(progress));
    }

    @Override
    public void betweenBatches(Supplier<TrainingState> state) {
        listeners.forEach(listener -> listener.betweenBatches(state));
    }

    @Override
    public void epochFinished(EpochResult result, TrainingState state) {
        listeners.forEach(listener -> listener.epochFinished(result, state));
    }

    @Override
    public void trained(TrainedModel kept) {
        listeners.forEach(listener -> listener.trained(kept));
    }

    @Override
    public void stageBegan(String name, int batches) {
        listeners.forEach(listener -> listener.stageBegan(name, batches));
    }

    @Override
    public void stageAdvanced(String status) {
        listeners.forEach(listener -> listener.stageAdvanced(status));
    }

    @Override
    public void stageEnded(String result) {
        listeners.forEach(listener -> listener.stageEnded(result));
    }
}
