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
}
