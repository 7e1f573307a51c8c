/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.network.Emission;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.SpikeValues;
import java.util.Map;
import java.util.TreeMap;

/** Plans with the same spikes and scores, but for rounding, that are cheaper to run or nearer to hardware. */
public final class Folding {
    private Folding() {}

    /**
     * Has synapses multiply by what a spike is worth, so that neurons emit plain spikes wherever {@link SpikeValues} allows it:
     * ideal weights are multiplied channel by channel, what comes from the columns of arrays by one number, so that their rows
     * see unit pulses.
     *
     * @throws IllegalArgumentException if a layer on arrays reads spikes that are not worth the same
     */
    public static NetworkPlan emissions(NetworkPlan plan) {
        Network network = plan.network();
        if (network.nodes().stream().noneMatch(node -> emits(node.layer()))) {
            return plan;
        }
        SpikeValues values = SpikeValues.of(network);
        Map<Integer, SynapsePlan> synapses = new TreeMap<>();
        for (Network.Node node : network.synapses()) {
            float[] factors = values.factors(node, plan.parameters());
            synapses.put(
                    node.id(),
                    switch (plan.synapses().get(node.id())) {
                        case SynapsePlan.DensePlan(float[] weights) ->
                            new SynapsePlan.DensePlan(multiplied(node, weights, factors));
                        case SynapsePlan.ArrayPlan arrays -> {
                            if (!values.areUniform(node)) {
                                throw new IllegalArgumentException("layer " + node.name()
                                        + ": on arrays, and reads spikes that are not worth the same");
                            }
                            yield multiplied(arrays, factors[0]);
                        }
                    });
        }
        Network plain =
                network.replacing(node -> emits(node.layer()) && values.isTakenOver(node) ? plain(node) : node.layer());
        return new NetworkPlan(plain, synapses, plan.parameters());
    }

    private static boolean emits(Layer layer) {
        return layer instanceof Layer.Neuron(NeuronSpec spec)
                && !spec.dynamics().emission().equals(Emission.ONE);
    }

    private static Layer plain(Network.Node node) {
        NeuronSpec spec = ((Layer.Neuron) node.layer()).spec();
        return new Layer.Neuron(spec.with(spec.dynamics().withEmission(Emission.ONE)));
    }

    private static float[] multiplied(Network.Node node, float[] weights, float[] factors) {
        float[] products = weights.clone();
        int perOutput = node.fanIn();
        int perChannel = node.layer() instanceof Layer.Conv2d conv
                ? conv.kernel().area()
                : node.in().positions();
        for (int i = 0; i < products.length; i++) {
            int first = node.layer() instanceof Layer.Conv2d conv
                    ? conv.firstInput(i / perOutput, node.in().channels())
                    : 0;
            products[i] *= factors[first + i % perOutput / perChannel];
        }
        return products;
    }

    private static SynapsePlan.ArrayPlan multiplied(SynapsePlan.ArrayPlan plan, float factor) {
        return new SynapsePlan.ArrayPlan(plan.copies().stream()
                .map(copy -> {
                    CellPlanes cells = copy.cells();
                    float[] gain = cells.gain().clone();
                    for (int p = 0; p < gain.length; p++) {
                        gain[p] *= factor;
                    }
                    return copy.with(new CellPlanes(cells.values(), cells.variance(), gain, cells.nonZero()));
                })
                .toList());
    }
}
