/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method;

import io.synaptile.training.TrainedModel;
import io.synaptile.training.Trainer;
import io.synaptile.training.TrainingListener;
import io.synaptile.training.TrainingState;
import io.synaptile.training.WeightPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes a method through its phases, from the start or from where it was stopped. */
public final class Course {
    private final Method method;
    private final Bench bench;
    private final List<Phase> phases;
    private final List<Trainer> trainers = new ArrayList<>();

    /**
     * Prepares all phases, which computes nothing.
     *
     * @throws IllegalArgumentException if images do not fit a network, or a batch is too small for its norms
     */
    public Course(Method method, Bench bench) {
        this.method = method;
        this.bench = bench;
        this.phases = List.copyOf(method.phases());
        for (Phase phase : phases) {
            if (phase.options().patience() > 0 && !phase.equals(phases.getLast())) {
                throw new IllegalArgumentException(
                        "patience of " + phase.options().patience()
                                + " in a phase that another follows: the epoch at which that begins would not be known");
            }
            trainers.add(
                    new Trainer(bench.backend(), phase.network(), bench.train(), bench.validation(), phase.options()));
        }
    }

    /** Where weights are prepared: on the backend's device if every phase can be followed there. */
    public WeightPlace weightsPreparedOn() {
        return trainers.stream().allMatch(trainer -> trainer.weightsPreparedOn() == WeightPlace.DEVICE)
                ? WeightPlace.DEVICE
                : WeightPlace.HOST;
    }

    /**
     * Trains to the end.
     *
     * @param stopped saved state to go on from, not changed; empty to start over
     * @throws IllegalArgumentException if the state does not belong to the method
     * @throws ArithmeticException if the loss or a weight stops being finite
     */
    public Outcome run(Optional<TrainingState> stopped, TrainingListener listener) {
        if (phases.isEmpty()) {
            return finish(method.untrained(bench), listener);
        }
        TrainingState state = stopped.orElseGet(method::initial);
        int first = method.phaseAt(state.epochsDone(), state.begun().isPresent());
        for (int i = first; i < phases.size(); i++) {
            if (i > first) {
                state = phases.get(i).entry().enter(state, bench);
            }
            state = trainers.get(i).advance(state, phases.get(i).untilEpoch(), listener);
        }
        return finish(trainers.getLast().kept(state, phases.getLast().keep()), listener);
    }

    private Outcome finish(TrainedModel kept, TrainingListener listener) {
        listener.trained(kept);
        return method.finish(kept, bench, listener);
    }
}
