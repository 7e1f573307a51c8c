/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method.bntt;

import io.synaptile.sim.network.Network;
import io.synaptile.training.KeepRule;
import io.synaptile.training.TrainingOptions;
import io.synaptile.training.TrainingState;
import io.synaptile.training.method.Method;
import io.synaptile.training.method.Phase;
import java.util.List;
import java.util.function.Supplier;

/**
 * Back-propagation through time with a surrogate gradient, in one phase; norms are per step where the network has such.
 *
 * <p>Source: Y. Kim and P. Panda, "Revisiting batch normalization for training low-latency deep spiking neural networks from
 * scratch", Frontiers in Neuroscience 2021.
 *
 * @param start makes the state before the first epoch
 */
public record Bntt(Network network, TrainingOptions options, KeepRule keep, Supplier<TrainingState> start)
        implements Method {
    /** Name in experiment files. */
    public static final String ID = "bntt";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public TrainingState initial() {
        return start.get();
    }

    @Override
    public List<Phase> phases() {
        return List.of(Phase.of(network, options, options.epochs(), keep));
    }
}
