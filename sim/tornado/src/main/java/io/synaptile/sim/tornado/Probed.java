/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.compute.Probe;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.tornado.kernel.Half;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of a network is kept on the device until the host has fetched it, so that a probe can see it.
 *
 * @param outputs nodes whose output is wanted
 * @param potentials nodes of neurons whose potentials are wanted
 */
record Probed(Set<Integer> outputs, Set<Integer> potentials) {
    /** Nothing. */
    static final Probed NOTHING = new Probed(Set.of(), Set.of());

    static Probed of(Probe probe, Network network) {
        return new Probed(
                nodes(probe, network, Probe.Quantity.OUTPUT), nodes(probe, network, Probe.Quantity.POTENTIAL));
    }

    private static Set<Integer> nodes(Probe probe, Network network, Probe.Quantity quantity) {
        Set<Integer> nodes = new TreeSet<>();
        for (Network.Node node : network.nodes()) {
            if (!(node.layer() instanceof Layer.ReadOut) && probe.wants(node.id(), quantity)) {
                nodes.add(node.id());
            }
        }
        return nodes;
    }

    boolean isNothing() {
        return outputs.isEmpty() && potentials.isEmpty();
    }

    /** Declares the arrays that come to the host. */
    void fetch(Graph graph, Forward forward) {
        for (int node : outputs) {
            graph.probed(forward.output(node).single(), forward.output(node).halves());
        }
        for (int node : potentials) {
            if (forward.neurons.containsKey(node)) {
                graph.probed(forward.neurons.get(node).potentials());
            }
        }
    }

    /**
     * Shows the last pass of a group of samples.
     *
     * @param first sample of the batch that is sample 0 of the group
     */
    void show(Probe probe, Forward forward, int first, int samples, int steps, boolean half) {
        for (int n = 0; n < samples; n++) {
            for (Network.Node node : forward.network.nodes()) {
                int sample = n;
                NeuronTasks neurons = forward.neurons.get(node.id());
                if (potentials.contains(node.id()) && neurons != null) {
                    show(
                            probe,
                            new Probe.View(node.id(), Probe.Quantity.POTENTIAL, first + n, 0),
                            steps,
                            node.out().positions(),
                            new float[node.out().size()],
                            (t, i) -> neurons.potential(
                                    (t * samples + sample) * node.out().size() + i, half));
                }
                if (outputs.contains(node.id())) {
                    Signal signal = forward.output(node.id());
                    show(
                            probe,
                            new Probe.View(node.id(), Probe.Quantity.OUTPUT, first + n, 0),
                            steps,
                            node.out().positions(),
                            new float[node.out().size()],
                            (t, i) -> {
                                int map = signal.constant() ? sample : t * samples + sample;
                                float value = Half.load(
                                        signal.single(),
                                        signal.halves(),
                                        half ? 1 : 0,
                                        map * node.out().size() + i);
                                return forward.isFused(node)
                                        ? applied(
                                                forward.affine(node.id()),
                                                t,
                                                i,
                                                node.out().channels(),
                                                value)
                                        : value;
                            });
                }
            }
        }
    }

    /** A value of a map, channels-last, at a step. */
    @FunctionalInterface
    private interface Value {
        float at(int step, int index);
    }

    private static void show(Probe probe, Probe.View from, int steps, int positions, float[] values, Value value) {
        int channels = values.length / positions;
        for (int t = 0; t < steps; t++) {
            for (int i = 0; i < values.length; i++) {
                values[i] = value.at(t, i % positions * channels + i / positions);
            }
            probe.see(new Probe.View(from.node(), from.quantity(), from.sample(), t), values);
        }
    }

    /** The map of a norm or bias that its readers apply is that of its input. */
    private static float applied(Affine affine, int step, int index, int channels, float value) {
        int row = affine.steps() == 1 ? 0 : step;
        int at = row * channels + index % channels;
        return value * affine.gain().get(at) + affine.offset().get(at);
    }
}
