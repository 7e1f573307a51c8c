/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.cost;

import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.spikes.Encoder;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Synapse layers whose input is the same in every step, so that hardware computes their currents in the first step and keeps
 * them: those that see a direct-coded image with no neuron between.
 *
 * @param layers node ids
 * @param read those of them whose currents something reads that does change from step to step; the others only feed layers
 *     that compute once too
 */
public record LatchedLayers(Set<Integer> layers, Set<Integer> read) {
    /** Hardware that computes every layer in every step. */
    public static final LatchedLayers NONE = new LatchedLayers(Set.of(), Set.of());

    public LatchedLayers {
        layers = Collections.unmodifiableSet(new TreeSet<>(layers));
        read = Collections.unmodifiableSet(new TreeSet<>(read));
        if (!layers.containsAll(read)) {
            throw new IllegalArgumentException(
                    "layers " + read + " are read from a latch, but only " + layers + " fill one");
        }
    }

    /** The layers of a network under an input coding. */
    public static LatchedLayers of(Network network, Encoder encoder) {
        return switch (encoder) {
            case Encoder.Poisson _, Encoder.Frames _ -> NONE;
            case Encoder.Direct _ -> {
                Set<Integer> layers = new TreeSet<>();
                Set<Integer> read = new TreeSet<>();
                for (Network.Node node : network.synapses()) {
                    if (network.isSteady(node.id())) {
                        layers.add(node.id());
                        if (isReadByStep(network, node.id())) {
                            read.add(node.id());
                        }
                    }
                }
                yield new LatchedLayers(layers, read);
            }
        };
    }

    /** Whether anything but a layer that computes once reads a node, at once or through what only passes it on. */
    private static boolean isReadByStep(Network network, int id) {
        for (Network.Node reader : network.nodes()) {
            if (reader.inputs().contains(id)) {
                boolean ends = reader.layer() instanceof Layer.ReadOut || !network.isSteady(reader.id());
                if (ends || !reader.isSynapse() && isReadByStep(network, reader.id())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a layer computes once. */
    public boolean contains(int node) {
        return layers.contains(node);
    }

    /** Samples for which a layer computes in a step. */
    long ran(int node, int step, long[] running) {
        return step > 0 && contains(node) ? 0 : running[step];
    }

    /**
     * Activity as the hardware executes it: of these layers, what they would do in every step is done in the first alone.
     *
     * @param activity by node id; left as it is
     */
    public LayerActivity[] executed(LayerActivity[] activity) {
        LayerActivity[] executed = activity.clone();
        for (int node : layers) {
            executed[node] = new LayerActivity(activity[node].timeSteps());
            executed[node].add(activity[node].first(Math.min(1, activity[node].timeSteps())));
        }
        return executed;
    }
}
