/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** The reference behind the backend interface, so that the contract suite itself is tested. */
final class ReferenceBackend implements ComputeBackend {
    @Override
    public String id() {
        return "reference";
    }

    @Override
    public String description() {
        return "dense, double precision, one thread";
    }

    @Override
    public ExecutableNetwork prepare(NetworkPlan plan, int maxSamples, int threads) {
        return new Executable(plan);
    }

    @Override
    public TrainableNetwork train(Network network, int timeSteps, int maxSamples, int threads) {
        return train(network, Set.of(), timeSteps, maxSamples, threads);
    }

    @Override
    public TrainableNetwork train(Network network, Set<Integer> onArrays, int timeSteps, int maxSamples, int threads) {
        return new Trainable(network, onArrays, timeSteps);
    }

    private static float[] single(double[] values) {
        float[] copy = new float[values.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = (float) values[i];
        }
        return copy;
    }

    private static void show(Network network, ReferenceNetwork reference, InputBatch input, Probe probe) {
        for (int n = 0; n < input.samples(); n++) {
            for (Network.Node node : network.nodes()) {
                for (Probe.Quantity quantity : Probe.Quantity.values()) {
                    double[][] values = quantity == Probe.Quantity.OUTPUT
                            ? reference.values(node.id())
                            : reference.membranes(node.id());
                    boolean exists = quantity == Probe.Quantity.OUTPUT
                            ? !(node.layer() instanceof Layer.ReadOut)
                            : node.layer() instanceof Layer.Neuron;
                    for (int t = 0; exists && probe.wants(node.id(), quantity) && t < input.timeSteps(); t++) {
                        int size = node.out().size();
                        probe.see(
                                new Probe.View(node.id(), quantity, n, t),
                                single(Arrays.copyOfRange(values[t], n * size, (n + 1) * size)));
                    }
                }
            }
        }
    }

    private record Executable(NetworkPlan plan) implements ExecutableNetwork {
        @Override
        public BatchResult run(InputBatch input, Probe probe) {
            if (input.pixels() != plan.network().input().size()) {
                throw new IllegalArgumentException("images of " + input.pixels() + " pixels, expected "
                        + plan.network().input());
            }
            if (input.timeSteps() > plan.maxTimeSteps()) {
                throw new IllegalArgumentException(
                        "time-steps " + input.timeSteps() + " exceed the " + plan.maxTimeSteps() + " trained");
            }
            ReferenceNetwork reference = ReferenceNetwork.of(plan);
            float[] scores = single(reference.infer(input));
            show(plan.network(), reference, input, probe);
            return new BatchResult(
                    input.timeSteps(),
                    input.samples(),
                    plan.network().classes(),
                    scores,
                    OutputResolution.of(plan).at(input),
                    reference.activity(),
                    new long[input.samples()]);
        }

        @Override
        public void close() {}
    }

    private static final class Trainable implements TrainableNetwork {
        private final Network network;
        private final Set<Integer> onArrays;
        private final ReferenceNetwork reference;
        /** The norms' arrays are those that the reference reads and moves. */
        private final Parameters parameters;

        private HiddenOutputs looked;
        private int steps;

        Trainable(Network network, Set<Integer> onArrays, int timeSteps) {
            this.network = network;
            this.onArrays = onArrays;
            this.reference = new ReferenceNetwork(network);
            this.parameters = Parameters.initial(network, timeSteps);
            reference.set(parameters);
        }

        @Override
        public void set(ParameterId id, float[] values) {
            System.arraycopy(values, 0, parameters.get(id), 0, values.length);
            if (id.role() == Role.WEIGHT) {
                reference.setWeights(id.node(), values);
            }
        }

        @Override
        public void read(int node, SynapsePlan.ArrayPlan arrays) {
            if (!onArrays.contains(node)) {
                throw new IllegalArgumentException("node " + node + " was not opened to be read from arrays");
            }
            reference.read(node, arrays);
        }

        @Override
        public void get(ParameterId id, float[] into) {
            System.arraycopy(parameters.get(id), 0, into, 0, into.length);
        }

        @Override
        public float[] forward(InputBatch input, Probe probe) {
            float[] scores = single(reference.forward(input));
            steps = input.timeSteps();
            looked = HiddenOutputs.of(network, probe);
            show(network, reference, input, looked.shownTo(probe));
            return scores;
        }

        @Override
        public void backward(float[] scoreGradient, Map<Integer, float[]> byOutput) {
            looked.require(scoreGradient.length / network.classes() * steps, byOutput);
            reference.backward(Agreement.wide(scoreGradient), byOutput);
        }

        @Override
        public void gradient(ParameterId id, float[] into) {
            System.arraycopy(single(reference.gradient(id)), 0, into, 0, into.length);
        }

        @Override
        public long[][] spikeCounts() {
            long[][] counts = new long[network.nodes().size()][0];
            for (Network.Node node : network.nodes()) {
                if (node.layer() instanceof Layer.Neuron) {
                    counts[node.id()] = reference.activity()[node.id()].total().spikes;
                }
            }
            return counts;
        }

        @Override
        public void close() {}
    }
}
