/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.cost;

import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.spikes.Encoder;
import java.util.Arrays;

/**
 * Operations per inference as the literature on spiking networks counts them for its 45 nm metric.
 *
 * <pre>
 *   E_ANN = e_mac sum over l of MAC_l
 *   E_SNN = e_mac MAC_1 S + e_ac sum over l of SOP_l          first term only for inputs that are not spikes
 *                                                             S steps run, or 1 where such a layer computes once
 * </pre>
 *
 * <p>SOP_l are the accumulates that happened, over non-zero inputs and weights. {@code estimatedAcs} are what most papers
 * use instead, MAC_l times steps times the mean spike rate of the neurons before; padding is in neither.
 *
 * <p>Source: prices of M. Horowitz, ISSCC 2014; the composition as common since N. Rathi and K. Roy, 2020.
 *
 * @param annMacs multiply-accumulates of the artificial network of the same layers
 * @param macs multiply-accumulates of the layer that sees inputs which are not spikes
 * @param acs accumulates that happened in the layers fed by spikes, averaged ones included
 * @param estimatedAcs accumulates estimated from the mean rates
 */
public record ArithmeticOperations(double annMacs, double macs, double acs, double estimatedAcs) {
    /**
     * Operations of a run.
     *
     * @param once layers that compute once per inference
     * @param activity by node id, summed over the samples
     * @param running samples that ran each step, shape {@code [timeSteps]}; all of them the first
     */
    public static ArithmeticOperations of(
            Network network, Encoder encoder, LatchedLayers once, LayerActivity[] activity, long[] running) {
        double samples = running[0];
        double steps = Arrays.stream(running).sum() / samples;
        double ann = 0;
        double macs = 0;
        double acs = 0;
        double estimated = 0;
        for (Network.Node node : network.synapses()) {
            double dense = NeuroBenchMetrics.denseOperations(node);
            LayerActivity own = activity[node.id()];
            ann += dense;
            boolean input = seesInput(network, node);
            if (input && encoder.isAnalogue()) {
                macs += dense * (once.contains(node.id()) ? 1 : steps);
                continue;
            }
            double happened = (Arrays.stream(own.effectiveAcs).sum()
                            + (double) Arrays.stream(own.effectiveMacs).sum())
                    / samples;
            acs += happened;
            estimated += input
                    ? dense
                            * Arrays.stream(own.events).sum()
                            / samples
                            / node.in().size()
                    : dense * rateBefore(network, node, activity, samples);
        }
        return new ArithmeticOperations(ann, macs, acs, estimated);
    }

    private static boolean seesInput(Network network, Network.Node node) {
        return node.inputs().stream()
                .anyMatch(source -> source == Network.INPUT
                        || !(network.node(source).layer() instanceof Layer.Neuron)
                                && seesInput(network, network.node(source)));
    }

    /** What a layer receives per input of one inference, mean over the inputs: spikes, of branches that are added their sum. */
    private static double rateBefore(Network network, Network.Node node, LayerActivity[] activity, double samples) {
        return rate(network, node.inputs().getFirst(), activity, samples);
    }

    private static double rate(Network network, int id, LayerActivity[] activity, double samples) {
        if (id == Network.INPUT) {
            return 0;
        }
        Network.Node node = network.node(id);
        if (node.layer() instanceof Layer.Neuron) {
            return Arrays.stream(activity[id].spikes).sum()
                    / samples
                    / node.out().size();
        }
        if (node.layer() instanceof Layer.Join(Layer.Join.Function function) && function == Layer.Join.Function.ADD) {
            return node.inputs().stream()
                    .mapToDouble(source -> rate(network, source, activity, samples))
                    .sum();
        }
        if (node.layer() instanceof Layer.Concat) {
            return node.inputs().stream()
                            .mapToDouble(source -> rate(network, source, activity, samples)
                                    * network.node(source).out().size())
                            .sum()
                    / node.out().size();
        }
        return rate(network, node.inputs().getFirst(), activity, samples);
    }
}
