/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method;

import io.synaptile.sim.network.Network;
import io.synaptile.training.TrainedModel;
import io.synaptile.training.TrainingListener;
import io.synaptile.training.TrainingState;
import java.util.List;

/**
 * A way to train a network: what it starts from, the phases that follow one another, and what is made of the last. One
 * instance belongs to one training; it holds no state that a training changes, so that a training can be resumed with another
 * instance.
 */
public interface Method {
    /** Name in experiment files and run records, for example {@code bntt}. */
    String id();

    /** State before the first phase; its arrays belong to the caller. */
    TrainingState initial();

    /**
     * What is done one after the other, each until a later epoch than the one before or the same; nothing where a model that
     * has been trained elsewhere is converted.
     */
    List<Phase> phases();

    /**
     * What {@link #finish} is given where nothing is trained.
     *
     * @throws IllegalStateException if the method does not do without training
     */
    default TrainedModel untrained(Bench bench) {
        throw new IllegalStateException(id() + " trains");
    }

    /**
     * Makes of the trained network what is evaluated and deployed: calibrates, converts, folds.
     *
     * @param kept epoch that the last phase keeps
     * @param listener is told of stages that take long
     */
    default Outcome finish(TrainedModel kept, Bench bench, TrainingListener listener) {
        return Outcome.of(kept);
    }

    /**
     * The phase that a state belongs to.
     *
     * @param epochsDone finished epochs
     * @param begun whether the next one has been begun; where it has not, a state at the end of a phase is still of that phase
     */
    default int phaseAt(int epochsDone, boolean begun) {
        List<Phase> phases = phases();
        int reached = begun ? epochsDone + 1 : epochsDone;
        for (int i = 0; i < phases.size() - 1; i++) {
            if (reached <= phases.get(i).untilEpoch()) {
                return i;
            }
        }
        return phases.size() - 1;
    }

    /** The network of the phase that a state belongs to, as {@link #phaseAt}. */
    default Network networkAt(int epochsDone, boolean begun) {
        return phases().get(phaseAt(epochsDone, begun)).network();
    }
}
