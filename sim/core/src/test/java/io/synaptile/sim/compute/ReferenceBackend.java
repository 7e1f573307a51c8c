/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;

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
        return new Trainable(network, timeSteps);
    }

    private static float[] single(double[] values) {
        float[] copy = new float[values.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = (float) values[i];
        }
        return copy;
    }

    private record Executable(NetworkPlan plan) implements ExecutableNetwork {
        @Override
        public BatchResult run(InputBatch input) {
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
        private final ReferenceNetwork reference;

        Trainable(Network network, int timeSteps) {
            this.network = network;
            this.reference = new ReferenceNetwork(network);
            for (Network.Node node : network.nodes()) {
                if (node.layer() instanceof Layer.StepNorm norm) {
                    reference.setNorm(
                            node.id(),
                            NormState.identity(
                                    norm.stateSteps(timeSteps), node.out().channels()));
                }
            }
        }

        @Override
        public void setWeights(int node, float[] weights) {
            reference.setWeights(node, weights);
        }

        @Override
        public NormState norm(int node) {
            return reference.norm(node);
        }

        @Override
        public float[] forward(InputBatch input) {
            return single(reference.forward(input));
        }

        @Override
        public void backward(float[] scoreGradient) {
            double[] gradient = new double[scoreGradient.length];
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = scoreGradient[i];
            }
            reference.backward(gradient);
        }

        @Override
        public void weightGradient(int node, float[] into) {
            System.arraycopy(single(reference.weightGradient(node)), 0, into, 0, into.length);
        }

        @Override
        public void gammaGradient(int node, float[] into) {
            System.arraycopy(single(reference.gammaGradient(node)), 0, into, 0, into.length);
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
