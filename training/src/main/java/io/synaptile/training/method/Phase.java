/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method;

import io.synaptile.sim.network.Network;
import io.synaptile.training.KeepRule;
import io.synaptile.training.TrainingOptions;
import io.synaptile.training.TrainingState;
import java.util.Objects;

/**
 * A stretch of epochs with one network, one loss, one set of weight transforms and one way to descend.
 *
 * @param network what is trained, which a phase may have rewritten
 * @param options how; its epochs are those that schedules and clocks are laid out over
 * @param untilEpoch epochs finished in all when the phase is over. Patience ends the last phase alone early
 * @param keep which epoch the phase comes to
 * @param entry from the state that the phase before came to
 */
public record Phase(Network network, TrainingOptions options, int untilEpoch, KeepRule keep, Entry entry) {
    /** What a phase begins with. Resumed or not it must come to the same, so it draws from addressed streams alone. */
    @FunctionalInterface
    public interface Entry {
        /**
         * State before the first epoch of the phase: parameters of its network and slots of its optimiser.
         *
         * @param before state after the last epoch of the phase before; its history is kept
         */
        TrainingState enter(TrainingState before, Bench bench);
    }

    public Phase {
        Objects.requireNonNull(network);
        Objects.requireNonNull(keep);
        Objects.requireNonNull(entry);
        if (untilEpoch < 0 || untilEpoch > options.epochs()) {
            throw new IllegalArgumentException(
                    "a phase until epoch " + untilEpoch + " of a training of " + options.epochs());
        }
    }

    /** A phase that goes on with the network and the state of the one before, or is the first. */
    public static Phase of(Network network, TrainingOptions options, int untilEpoch, KeepRule keep) {
        return new Phase(network, options, untilEpoch, keep, (before, _) -> before);
    }
}
