/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.conversion;

import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.Probe;
import io.synaptile.sim.engine.BatchReader;
import io.synaptile.sim.engine.Evaluator;
import io.synaptile.sim.engine.ImageChange;
import io.synaptile.sim.engine.ImageSource;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.spikes.Encoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How far the firing rates of a converted network are from the activations of the artificial one, layer by layer and step by step.
 *
 * <p>Source of the measure: J. Ding et al., "Optimal ANN-SNN conversion for fast and accurate inference in deep spiking neural
 * networks", IJCAI 2021, whose published code draws it as the curve of a layer.
 */
public final class RateErrors {
    private static final int BATCH = 16;

    private final TwinNetworks twins;
    private final Map<Integer, float[]> scales;
    private final Parameters artificial;
    private final Parameters spiking;

    /**
     * One layer.
     *
     * @param name of its neurons
     * @param rateError by step: squared distance of the rates of all neurons and images from the activations, in units of one spike
     *     per step, relative to the squared norm of these
     * @param residual by step: mean magnitude of the membrane potential after the step, in thresholds
     */
    public record OfLayer(String name, double[] rateError, double[] residual) {}

    /**
     * @param scales current of one spike per step of every activation, by its id in the artificial network
     * @param artificial effective parameters of the artificial network
     * @param spiking parameters of the spiking one
     */
    public RateErrors(TwinNetworks twins, Map<Integer, float[]> scales, Parameters artificial, Parameters spiking) {
        this.twins = twins;
        this.scales = Map.copyOf(scales);
        this.artificial = artificial;
        this.spiking = spiking;
    }

    /**
     * Measures on the first images of a source.
     *
     * @param images number of them; fewer where the source has fewer
     * @param steps of the spiking network
     * @param encoder of its input
     * @param seed root of the input coding
     */
    public List<OfLayer> measure(
            ComputeBackend backend,
            ImageSource source,
            int images,
            int steps,
            Encoder encoder,
            long seed,
            int threads) {
        int count = Math.min(images, source.size());
        int[] order = IntStream.range(0, count).toArray();
        Activations activations = new Activations();
        Rates rates = new Rates(activations, steps);
        BatchReader still = new BatchReader(source, ImageChange.NONE, 1, new Encoder.Direct(), seed);
        BatchReader coded = new BatchReader(source, ImageChange.NONE, steps, encoder, seed);
        try (ExecutableNetwork one =
                        backend.prepare(NetworkPlan.ideal(twins.artificial(), artificial), BATCH, threads);
                ExecutableNetwork other =
                        backend.prepare(NetworkPlan.ideal(twins.spiking(), spiking), BATCH, threads)) {
            for (int from = 0; from < count; from += BATCH) {
                int to = Math.min(count, from + BATCH);
                one.run(still.read(order, from, to, Evaluator.TEST_PASS).input(), activations);
                other.run(coded.read(order, from, to, Evaluator.TEST_PASS).input(), rates);
            }
        }
        return rates.layers();
    }

    /** What the artificial network makes of the images of a batch. */
    private final class Activations implements Probe {
        private final Map<Integer, float[][]> byNode = new HashMap<>();

        @Override
        public boolean wants(int node, Quantity quantity) {
            return quantity == Quantity.OUTPUT && scales.containsKey(node);
        }

        @Override
        public void see(View view, float[] values) {
            byNode.computeIfAbsent(view.node(), _ -> new float[BATCH][])[view.sample()] = values.clone();
        }
    }

    /** Sums over the images of what the spiking network makes of them. */
    private final class Rates implements Probe {
        private final Activations activations;
        private final int steps;
        private final Map<Integer, Sums> byNode = new TreeMap<>();

        /** Of one layer of neurons. */
        private final class Sums {
            private final int activation;
            private final Network.Node neurons;
            private final float[] scale;
            private final float[] thresholds;
            private final int[] counts;
            /** Potentials of one image at every step, which are seen before its spikes are. */
            private final float[][] potentials = new float[steps][];

            private final double[] distance = new double[steps];
            private final double[] residual = new double[steps];
            private double norm;
            private long seen;

            Sums(int activation) {
                this.activation = activation;
                this.neurons = twins.counterpart(activation);
                this.scale =
                        Converter.unitOf(twins.artificial().node(activation).layer(), scales.get(activation));
                this.thresholds = spiking.get(new ParameterId(neurons.id(), Role.THRESHOLD));
                this.counts = new int[neurons.out().size()];
            }

            void spikes(int sample, int step, float... spikes) {
                float[] wanted = activations.byNode.get(activation)[sample];
                int each = neurons.out().positions();
                double apart = 0;
                double left = 0;
                for (int i = 0; i < spikes.length; i++) {
                    counts[i] = (step == 0 ? 0 : counts[i]) + (int) spikes[i];
                    double rate = wanted[i] / scale[i / each];
                    double difference = (double) counts[i] / (step + 1) - rate;
                    apart += difference * difference;
                    left += Math.abs(potentials[step][i] / thresholds[i / each] - spikes[i]);
                    norm += step == 0 ? rate * rate : 0;
                }
                distance[step] += apart;
                residual[step] += left;
                seen += step == 0 ? spikes.length : 0;
            }

            OfLayer layer() {
                double[] errors = new double[steps];
                double[] residuals = new double[steps];
                for (int t = 0; t < steps; t++) {
                    errors[t] = distance[t] / norm;
                    residuals[t] = residual[t] / seen;
                }
                return new OfLayer(neurons.name(), errors, residuals);
            }
        }

        Rates(Activations activations, int steps) {
            this.activations = activations;
            this.steps = steps;
            scales.keySet().forEach(id -> byNode.put(twins.counterparts().get(id), new Sums(id)));
        }

        @Override
        public boolean wants(int node, Quantity quantity) {
            return byNode.containsKey(node);
        }

        @Override
        public void see(View view, float[] values) {
            Sums sums = byNode.get(view.node());
            if (view.quantity() == Quantity.POTENTIAL) {
                sums.potentials[view.step()] = values.clone();
            } else {
                sums.spikes(view.sample(), view.step(), values);
            }
        }

        List<OfLayer> layers() {
            List<OfLayer> layers = new ArrayList<>();
            byNode.values().forEach(sums -> layers.add(sums.layer()));
            return layers;
        }
    }
}
