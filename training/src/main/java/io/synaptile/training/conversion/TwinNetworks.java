/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.conversion;

import io.synaptile.sim.network.Emission;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronDynamics;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Scope;
import io.synaptile.sim.network.Surrogate;
import java.util.ArrayList;
import java.util.List;

/**
 * One network as an artificial one, which is trained, and as a spiking one, which it is converted to. Their layers have the same
 * names. Where one has an activation the other has neurons; a norm becomes the bias that is left of it once its scale has gone
 * into weights and thresholds, or stays where it follows no synapse of its own; a dropout is gone.
 *
 * @param artificial with norms that all time steps share
 * @param spiking with a threshold of its own for every channel
 * @param counterparts by id of a node of the artificial network, the id of the node of the spiking one that stands for it: of
 *     neurons, not of a delay behind them
 */
public record TwinNetworks(Network artificial, Network spiking, List<Integer> counterparts) {
    public TwinNetworks {
        counterparts = List.copyOf(counterparts);
    }

    /**
     * Both forms of a network.
     *
     * @param written with neurons or rectifiers where activations are to be; rate norms and quantised activations stay
     * @param activation what stands there in the artificial form
     * @param averaged whether a pool of maxima becomes one of means; else it is refused
     * @throws NotConvertibleException naming the layer that has no counterpart among spikes
     */
    public static TwinNetworks of(Network written, Layer activation, boolean averaged, SpikingForm form) {
        Network artificial = artificial(written, activation, averaged);
        List<Integer> counterparts = new ArrayList<>();
        Network spiking = spiking(artificial, form, counterparts);
        return new TwinNetworks(artificial, spiking, counterparts);
    }

    /** The spiking node that stands for a node of the artificial network. */
    public Network.Node counterpart(int artificialNode) {
        return spiking.node(counterparts.get(artificialNode));
    }

    private static Network artificial(Network written, Layer activation, boolean averaged) {
        NetworkBuilder builder = new NetworkBuilder(written.name(), written.input());
        for (Network.Node node : written.nodes()) {
            Layer layer = switch (node.layer()) {
                case Layer.Neuron _ -> activation;
                case Layer.Relu(float ceiling) when ceiling == Float.POSITIVE_INFINITY -> activation;
                case Layer.Relu relu when activation instanceof Layer.Relu -> relu;
                case Layer.Relu _ ->
                    throw refused(node, "its ceiling has no place among activations with a largest value of their own");
                case Layer.StepNorm norm -> new Layer.StepNorm(norm.epsilon(), norm.momentum(), true, norm.offset());
                case Layer.MaxPool(int size, int stride, int padding)
                when averaged && size == stride && padding == 0 -> new Layer.AvgPool(size);
                case Layer.MaxPool _ ->
                    throw refused(node, "the largest of spikes is not the largest rate; use avg_pool");
                case Layer.Join(Layer.Join.Function function)
                when function != Layer.Join.Function.ADD ->
                    throw refused(node, "a product of rates is no product of spikes");
                case Layer.Integrator _, Layer.Delay _ ->
                    throw refused(node, "it has a state, and an artificial network has no time");
                case Layer.Synapse _,
                        Layer.Bias _,
                        Layer.AvgPool _,
                        Layer.Flatten _,
                        Layer.Part _,
                        Layer.Dropout _,
                        Layer.RateNorm _,
                        Layer.Qcfs _,
                        Layer.Join _,
                        Layer.Concat _,
                        Layer.ReadOut _ -> node.layer();
            };
            builder.add(node.name(), layer, ids(node.inputs()));
        }
        return builder.build();
    }

    private static Network spiking(Network artificial, SpikingForm form, List<Integer> counterparts) {
        NetworkBuilder builder = new NetworkBuilder(artificial.name(), artificial.input());
        Chains chains = new Chains(artificial);
        Layer neurons = new Layer.Neuron(neuron(form));
        // What reads a node reads the delay behind it, where it has one.
        List<Integer> readable = new ArrayList<>();
        for (Network.Node node : artificial.nodes()) {
            List<Integer> sources = node.inputs().stream()
                    .map(id -> id == Network.INPUT ? id : readable.get(id))
                    .toList();
            int id = switch (node.layer()) {
                case Layer.Dropout _ -> sources.getFirst();
                case Layer.StepNorm _
                when chains.isFoldable(node.id()) -> builder.add(node.name(), new Layer.Bias(), ids(sources));
                case Layer.Activation _ -> builder.add(node.name(), neurons, ids(sources));
                case Layer.Synapse _,
                        Layer.Affine _,
                        Layer.AvgPool _,
                        Layer.MaxPool _,
                        Layer.Flatten _,
                        Layer.Part _,
                        Layer.Join _,
                        Layer.Concat _,
                        Layer.Neuron _,
                        Layer.Integrator _,
                        Layer.Delay _,
                        Layer.ReadOut _ -> builder.add(node.name(), node.layer(), ids(sources));
            };
            counterparts.add(id);
            boolean delayed = form.pipelined() && node.layer() instanceof Layer.Activation;
            readable.add(
                    delayed
                            ? builder.add(node.name() + "_delay", new Layer.Delay(node.out()), id)
                            : Integer.valueOf(id));
        }
        return builder.build();
    }

    /** Integrates without leak, fires from its threshold on, and subtracts it. */
    private static NeuronSpec neuron(SpikingForm form) {
        NeuronDynamics dynamics =
                new NeuronDynamics(0, 0f, 0f, Scope.FIXED, Scope.CHANNEL, form.initial(), Emission.ONE);
        return new NeuronSpec(
                1f, 1f, 1f, NeuronSpec.Firing.FROM, NeuronSpec.Reset.SOFT, 0f, Surrogate.triangle(), dynamics);
    }

    private static NotConvertibleException refused(Network.Node node, String why) {
        return new NotConvertibleException("layer " + node.name() + " cannot be converted: " + why);
    }

    private static int[] ids(List<Integer> inputs) {
        return inputs.stream().mapToInt(Integer::intValue).toArray();
    }
}
