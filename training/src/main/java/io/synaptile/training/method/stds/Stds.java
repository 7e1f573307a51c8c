/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method.stds;

import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Role;
import io.synaptile.training.KeepRule;
import io.synaptile.training.TrainingOptions;
import io.synaptile.training.TrainingState;
import io.synaptile.training.method.Method;
import io.synaptile.training.method.Phase;
import io.synaptile.training.transform.WideningZone;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Sparse training: latent weights learn behind a soft threshold whose flat zone widens, by back-propagation through time in one
 * phase. Weights inside the zone are 0 in the network and can leave it again.
 *
 * <p>The last epoch is the model as a rule: sparsity passes its final value half-way and falls back as the zone stops
 * widening, and accuracy recovers only then.
 *
 * <p>Source: Y. Chen et al., "State transition of dendritic spines improves learning of sparse spiking neural networks", ICML
 * 2022, and its published code.
 *
 * @param options how the latent weights are trained; their transforms give way to {@code zone}
 * @param zone layers, final half-width and schedule; empty layers for a dense network
 * @param inverted whether weights at the start are taken for effective ones, behind a zone of the final half-width
 * @param start makes the state before the first epoch
 */
public record Stds(
        Network network,
        TrainingOptions options,
        WideningZone zone,
        boolean inverted,
        KeepRule keep,
        Supplier<TrainingState> start)
        implements Method {
    /** Name in experiment files. */
    public static final String ID = "stds";

    public Stds {
        if (inverted && zone.widening() != WideningZone.Widening.CONSTANT) {
            throw new IllegalArgumentException("weights are inverted through a zone that does not widen, got "
                    + zone.widening().name().toLowerCase(Locale.ROOT));
        }
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public TrainingState initial() {
        TrainingState state = start.get();
        if (inverted) {
            state.parameters().forEach((id, values) -> {
                if (id.role() == Role.WEIGHT && zone.layers().contains(id.node())) {
                    zone.last().invert(values);
                }
            });
        }
        return state;
    }

    @Override
    public List<Phase> phases() {
        return List.of(Phase.of(network, options.with(zone), options.epochs(), keep));
    }
}
