/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method.loop;

import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Role;
import io.synaptile.training.Descent;
import io.synaptile.training.ParameterGroups;
import io.synaptile.training.TrainedModel;
import io.synaptile.training.TrainingListener;
import io.synaptile.training.TrainingOptions;
import io.synaptile.training.TrainingState;
import io.synaptile.training.loop.ArrayLoop;
import io.synaptile.training.loop.LoopArrays;
import io.synaptile.training.method.Bench;
import io.synaptile.training.method.Method;
import io.synaptile.training.method.Outcome;
import io.synaptile.training.method.Phase;
import io.synaptile.training.optimise.ParameterGroup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Another method with layers on arrays.
 *
 * @param usual the method, of one phase
 * @param layers ids of the layers on arrays, in the order of the network
 * @param every batches between two writings, 0 to write once an epoch; only {@link LoopPolicy#FORWARD} looks at it
 * @param perturbation share of the largest weight of a layer; only {@link LoopPolicy#BLACK_BOX} looks at it
 */
public record InTheLoop(
        Method usual, LoopPolicy policy, LoopArrays arrays, List<Integer> layers, int every, float perturbation)
        implements Method {
    public InTheLoop {
        Objects.requireNonNull(policy);
        Objects.requireNonNull(arrays);
        layers = List.copyOf(layers);
        if (usual.phases().size() != 1) {
            throw new IllegalArgumentException(usual.id() + " has "
                    + usual.phases().size() + " phases, and layers on arrays are trained by methods of one");
        }
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("no layer is on arrays");
        }
        int epochs = usual.phases().getFirst().untilEpoch();
        if (policy == LoopPolicy.LAYERS && epochs < layers.size()) {
            throw new IllegalArgumentException("each of the " + layers.size()
                    + " layers on arrays is followed by an epoch or more, and there are " + epochs);
        }
    }

    @Override
    public String id() {
        return usual.id();
    }

    @Override
    public TrainingState initial() {
        return usual.initial();
    }

    @Override
    public List<Phase> phases() {
        Phase whole = usual.phases().getFirst();
        Network network = whole.network();
        TrainingOptions options = whole.options();
        return switch (policy) {
            case FORWARD -> List.of(with(whole, options.with(new ArrayLoop(arrays, Set.copyOf(layers), every, 0f))));
            case BLACK_BOX ->
                List.of(with(
                        whole,
                        options.with(new ArrayLoop(arrays, Set.copyOf(layers), 0, perturbation))
                                .with(frozen(options.descent(), network, before(network, layers)))));
            case LAYERS -> {
                List<Phase> phases = new ArrayList<>();
                for (int i = 0; i < layers.size(); i++) {
                    List<Integer> written = layers.subList(0, i + 1);
                    Set<Integer> fixed = before(network, written);
                    fixed.addAll(written);
                    Descent descent = frozen(options.descent(), network, fixed);
                    phases.add(new Phase(
                            network,
                            options.with(new ArrayLoop(arrays, Set.copyOf(written), 0, 0f))
                                    .with(descent),
                            whole.untilEpoch() * (i + 1) / layers.size(),
                            whole.keep(),
                            i == 0 ? whole.entry() : (reached, _) -> reached.in(reached.parameters(), descent)));
                }
                yield phases;
            }
        };
    }

    /**
     * How often every cell of the arrays is written, at most.
     *
     * @param batches of an epoch
     */
    public long writings(int batches) {
        int epochs = usual.phases().getFirst().untilEpoch();
        return switch (policy) {
            case FORWARD -> ArrayLoop.writings(epochs, batches, every);
            case LAYERS -> 1;
            case BLACK_BOX -> ArrayLoop.blackBoxWritings(epochs, batches);
        };
    }

    private static Phase with(Phase phase, TrainingOptions options) {
        return new Phase(phase.network(), options, phase.untilEpoch(), phase.keep(), phase.entry());
    }

    /** Ids of all that some layers read from, directly or not. */
    private static Set<Integer> before(Network network, List<Integer> layers) {
        Set<Integer> before = new HashSet<>();
        for (int layer : layers) {
            collect(network, layer, before);
        }
        before.removeAll(layers);
        return before;
    }

    private static void collect(Network network, int node, Set<Integer> before) {
        for (int source : network.node(node).inputs()) {
            if (source != Network.INPUT && before.add(source)) {
                collect(network, source, before);
            }
        }
    }

    /** The same with all parameters of some nodes held where they are. */
    private static Descent frozen(Descent descent, Network network, Set<Integer> nodes) {
        ParameterGroups groups = descent.groups();
        Map<ParameterId, ParameterGroup> named = new TreeMap<>(groups.named());
        for (int node : nodes) {
            for (Role role : network.node(node).parameters(1).keySet()) {
                ParameterId id = new ParameterId(node, role);
                if (role.isTrainable()) {
                    named.put(id, groups.of(id).stopped());
                }
            }
        }
        return new Descent(
                descent.optimiser(),
                descent.schedule(),
                new ParameterGroups(groups.others(), named, groups.decayEpochs()));
    }

    @Override
    public Outcome finish(TrainedModel kept, Bench bench, TrainingListener listener) {
        return usual.finish(kept, bench, listener);
    }
}
