/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.network.GroupedWeights;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Role;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Networks for backends whose kernels know no groups of channels: every grouped convolution becomes one whose weights are 0
 * outside of the groups. Results, counts and gradients are those of the groups; the work is that of all channels.
 */
public final class Ungrouped {
    private Ungrouped() {}

    /** The same plan without groups; itself if it has none. */
    public static NetworkPlan plan(NetworkPlan plan) {
        Network network = plan.network();
        if (!network.hasGroups()) {
            return plan;
        }
        Map<Integer, SynapsePlan> synapses = new TreeMap<>(plan.synapses());
        // Arrays hold a layer without its groups already.
        synapses.replaceAll((id, own) -> own instanceof SynapsePlan.DensePlan(float[] values)
                ? new SynapsePlan.DensePlan(GroupedWeights.spread(network.node(id), values))
                : own);
        return new NetworkPlan(network.ungrouped(), synapses, plan.parameters());
    }

    /** Opens a network for training without groups, and shows it with them. */
    public static TrainableNetwork train(Network network, Function<Network, TrainableNetwork> open) {
        return network.hasGroups() ? new Training(network, open.apply(network.ungrouped())) : open.apply(network);
    }

    /** Weights go in and out by groups. Training on the device is none: it would fill what has to stay 0. */
    private record Training(Network network, TrainableNetwork ungrouped) implements TrainableNetwork {
        private Network.Node node(ParameterId id) {
            return network.node(id.node());
        }

        private boolean isGrouped(ParameterId id) {
            return id.role() == Role.WEIGHT && node(id).isGrouped();
        }

        private float[] spread(ParameterId id, float[] weights) {
            if (weights.length != node(id).weightCount()) {
                throw new IllegalArgumentException("layer " + node(id).name() + ": " + weights.length
                        + " values of weight, expected " + node(id).weightCount());
            }
            return GroupedWeights.spread(node(id), weights);
        }

        @Override
        public void set(ParameterId id, float[] values) {
            ungrouped.set(id, isGrouped(id) ? spread(id, values) : values);
        }

        @Override
        public void read(int node, SynapsePlan.ArrayPlan arrays) {
            ungrouped.read(node, arrays);
        }

        @Override
        public void get(ParameterId id, float[] into) {
            float[] found = isGrouped(id) ? spread(id, into) : into;
            ungrouped.get(id, found);
            collect(id, found, into);
        }

        @Override
        public void gradient(ParameterId id, float[] into) {
            float[] found = isGrouped(id) ? spread(id, into) : into;
            ungrouped.gradient(id, found);
            collect(id, found, into);
        }

        private void collect(ParameterId id, float[] found, float[] into) {
            if (isGrouped(id)) {
                GroupedWeights.collect(node(id), found, into);
            }
        }

        @Override
        public float[] forward(InputBatch input, Probe probe) {
            return ungrouped.forward(input, probe);
        }

        @Override
        public void backward(float[] scoreGradient, Map<Integer, float[]> byOutput) {
            ungrouped.backward(scoreGradient, byOutput);
        }

        @Override
        public long[][] spikeCounts() {
            return ungrouped.spikeCounts();
        }

        @Override
        public void close() {
            ungrouped.close();
        }
    }
}
