/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method;

import io.synaptile.sim.network.Network;
import io.synaptile.training.KeepRule;
import io.synaptile.training.TrainedModel;
import io.synaptile.training.TrainingOptions;
import io.synaptile.training.TrainingState;
import io.synaptile.training.conversion.TwinNetworks;
import io.synaptile.training.transform.LayerTransforms;
import java.util.List;
import java.util.function.Supplier;

/** A method that trains an artificial network in one phase, or takes one as it is, and converts it to a spiking one. */
public interface ConvertingMethod extends Method {
    /** Both networks. */
    TwinNetworks twins();

    /** Of the training of the artificial network: images themselves, one time step. */
    TrainingOptions options();

    /** Whether there is training; else the start is taken as it is. */
    boolean trains();

    /** Which epoch is converted. */
    KeepRule keep();

    /** Makes the state before the first epoch. */
    Supplier<TrainingState> start();

    @Override
    default TrainingState initial() {
        return start().get();
    }

    @Override
    default List<Phase> phases() {
        return trains()
                ? List.of(Phase.of(twins().artificial(), options(), options().epochs(), keep()))
                : List.of();
    }

    @Override
    default Network networkAt(int epochsDone, boolean begun) {
        return twins().artificial();
    }

    @Override
    default TrainedModel untrained(Bench bench) {
        return TrainedModel.untrained(
                twins().artificial(),
                (LayerTransforms) options().transforms(),
                initial().parameters(),
                plan -> options()
                        .validator(bench.backend())
                        .evaluate(plan, bench.validation())
                        .accuracy());
    }
}
