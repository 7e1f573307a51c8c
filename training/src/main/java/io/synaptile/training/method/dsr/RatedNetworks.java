/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method.dsr;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import java.util.ArrayList;
import java.util.List;

/** Makes networks of the method out of others. */
public final class RatedNetworks {
    /** Constants of the output's norm where no other shows them: those of the published code. */
    private static final Layer.StepNorm NORM = new Layer.StepNorm(1e-5f, 0.1f, true, true);

    private RatedNetworks() {}

    /**
     * The network with neurons of the method in the place of its neurons and rectifiers, with norms that all steps share and
     * that have an offset, and with neurons before its read-out, which reads their mean, weighted as theirs is. These have a
     * norm of their own where the network has norms.
     *
     * @param written with a read-out of means
     * @throws IllegalArgumentException naming the layer that the method cannot have
     */
    public static Network of(Network written, RatedNeuron neuron) {
        Layer neurons = new Layer.Neuron(neuron.spec());
        NetworkBuilder builder = new NetworkBuilder(written.name(), written.input());
        boolean normed = written.nodes().stream().anyMatch(node -> node.layer() instanceof Layer.StepNorm);
        List<Integer> ids = new ArrayList<>();
        for (Network.Node node : written.nodes()) {
            int[] sources = node.inputs().stream()
                    .mapToInt(id -> id == Network.INPUT || id >= ids.size() ? id : ids.get(id))
                    .toArray();
            int id = switch (node.layer()) {
                case Layer.Neuron _, Layer.Relu _ -> builder.add(node.name(), neurons, sources);
                case Layer.StepNorm norm -> builder.add(node.name(), shared(norm), sources);
                case Layer.ReadOut readOut -> {
                    int read = fires(written, node) ? sources[0] : output(builder, sources[0], normed, neurons);
                    yield builder.add(node.name(), readOut(node, readOut, neuron), read);
                }
                case Layer.Integrator _, Layer.Delay _ ->
                    throw refused(node, "its state goes from step to step, and nothing is derived along time");
                case Layer.RateNorm _, Layer.Qcfs _ -> throw refused(node, "it belongs to a network to be converted");
                case Layer.MaxPool _ ->
                    throw refused(node, "the largest of spikes is not the largest mean; use avg_pool");
                case Layer.Join(Layer.Join.Function function)
                when function != Layer.Join.Function.ADD ->
                    throw refused(node, "a product of means is no mean of products");
                case Layer.Synapse _,
                        Layer.Bias _,
                        Layer.AvgPool _,
                        Layer.Flatten _,
                        Layer.Part _,
                        Layer.Dropout _,
                        Layer.Join _,
                        Layer.Concat _ -> builder.add(node.name(), node.layer(), sources);
            };
            ids.add(id);
        }
        return builder.build();
    }

    /** The artificial network of the same nodes, with rectifiers for neurons. */
    public static Network artificial(Network rated) {
        return rated.replacing(
                node -> node.layer() instanceof Layer.Neuron ? new Layer.Relu(Float.POSITIVE_INFINITY) : node.layer());
    }

    private static boolean fires(Network written, Network.Node readOut) {
        int source = readOut.inputs().getFirst();
        return source != Network.INPUT
                && (written.node(source).layer() instanceof Layer.Neuron
                        || written.node(source).layer() instanceof Layer.Relu);
    }

    private static int output(NetworkBuilder builder, int source, boolean normed, Layer neurons) {
        int read = normed ? builder.add("output_norm", NORM, source) : source;
        return builder.add("output", neurons, read);
    }

    private static Layer.StepNorm shared(Layer.StepNorm norm) {
        return new Layer.StepNorm(norm.epsilon(), norm.momentum(), true, true);
    }

    private static Layer.ReadOut readOut(Network.Node node, Layer.ReadOut written, RatedNeuron neuron) {
        if (written.rule() != Layer.ReadOut.Rule.MEAN && written.rule() != Layer.ReadOut.Rule.WEIGHTED) {
            throw refused(node, "scores are the means of what its neurons give; use the rule mean");
        }
        return neuron.leaks()
                ? new Layer.ReadOut(Layer.ReadOut.Rule.WEIGHTED, neuron.leak(), written.voters())
                : new Layer.ReadOut(Layer.ReadOut.Rule.MEAN, 1f, written.voters());
    }

    private static IllegalArgumentException refused(Network.Node node, String why) {
        return new IllegalArgumentException("layer " + node.name() + " has no spike representation: " + why);
    }
}
