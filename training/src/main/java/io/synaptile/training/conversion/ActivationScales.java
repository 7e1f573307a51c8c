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
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.spikes.Encoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Finds the current of every activation that becomes one spike per step, from what the layers show on images or have learned. */
public final class ActivationScales {
    private static final int BATCH = 64;

    private ActivationScales() {}

    /**
     * The percentile of the activations of every rectifier, over all images, channels and positions, or channel by channel.
     * Rectifiers whose values are added without a synapse between have the largest of their scales in common, and so does a
     * channel that is never active with its layer. Other activations have their own largest values, and must be active as well.
     *
     * @param parameters of the artificial network, effective weights among them; norms use their running statistics
     * @param images the first so many of a source, as they are
     * @param threads of the backend; the scales do not depend on it
     * @return by id of the activation, one scale per channel, above 0
     * @throws IllegalArgumentException if there are fewer images, or naming a layer that is never active
     */
    public static Map<Integer, float[]> of(
            ComputeBackend backend,
            Network artificial,
            Parameters parameters,
            ImageSource source,
            int images,
            ScaleRule rule,
            int threads) {
        if (images < 1 || images > source.size()) {
            throw new IllegalArgumentException(
                    "scales are to be found on " + images + " images, and there are " + source.size());
        }
        Seen seen = new Seen(artificial, rule);
        Map<Integer, float[]> own = ofParameters(artificial, parameters);
        BatchReader reader = new BatchReader(source, ImageChange.NONE, 1, new Encoder.Direct(), 0);
        int[] order = IntStream.range(0, images).toArray();
        try (ExecutableNetwork network =
                backend.prepare(NetworkPlan.ideal(artificial, parameters), Math.min(BATCH, images), threads)) {
            int passes = seen.statistics.isEmpty() ? 1 : OrderStatistic.PASSES;
            for (int pass = 0; pass < passes; pass++) {
                for (int from = 0; from < images; from += BATCH) {
                    int to = Math.min(images, from + BATCH);
                    network.run(
                            reader.read(order, from, to, Evaluator.VALIDATION_PASS)
                                    .input(),
                            seen);
                }
                seen.endPass();
            }
        }
        seen.requireActive();
        own.putAll(seen.scales());
        return own;
    }

    /** Those of activations that have a largest value among their parameters. */
    public static Map<Integer, float[]> ofParameters(Network artificial, Parameters parameters) {
        Map<Integer, float[]> scales = new TreeMap<>();
        for (Network.Node node : artificial.nodes()) {
            OptionalDouble scale = switch (node.layer()) {
                case Layer.RateNorm norm ->
                    OptionalDouble.of(norm.threshold(
                            parameters.get(new ParameterId(node.id(), Role.RUNNING_MAX))[0],
                            parameters.get(new ParameterId(node.id(), Role.SCALE))[0]));
                case Layer.Qcfs _ -> OptionalDouble.of(parameters.get(new ParameterId(node.id(), Role.THRESHOLD))[0]);
                default -> OptionalDouble.empty();
            };
            if (scale.isPresent()) {
                float[] channels = new float[node.out().channels()];
                Arrays.fill(channels, (float) scale.getAsDouble());
                scales.put(node.id(), channels);
            }
        }
        return scales;
    }

    /** What the activations have shown. */
    private static final class Seen implements Probe {
        private final Network network;
        private final Map<Integer, OrderStatistic[]> statistics = new TreeMap<>();
        private final Set<Integer> silent = new TreeSet<>();

        Seen(Network network, ScaleRule rule) {
            this.network = network;
            for (Network.Node node : network.nodes()) {
                if (node.layer() instanceof Layer.Activation) {
                    silent.add(node.id());
                }
                if (node.layer() instanceof Layer.Relu) {
                    OrderStatistic[] own =
                            new OrderStatistic[rule.perChannel() ? node.out().channels() : 1];
                    Arrays.setAll(own, _ -> new OrderStatistic(rule.percentile(), rule.positiveOnly()));
                    statistics.put(node.id(), own);
                }
            }
        }

        @Override
        public boolean wants(int node, Quantity quantity) {
            return quantity == Quantity.OUTPUT && (statistics.containsKey(node) || silent.contains(node));
        }

        @Override
        public void see(View view, float[] values) {
            if (silent.contains(view.node()) && isActive(values)) {
                silent.remove(view.node());
            }
            OrderStatistic[] own = statistics.get(view.node());
            if (own == null) {
                return;
            }
            int each = values.length / own.length;
            for (int i = 0; i < values.length; i++) {
                own[i / each].add(values[i]);
            }
        }

        private static boolean isActive(float... values) {
            for (float value : values) {
                if (value > 0f) {
                    return true;
                }
            }
            return false;
        }

        void requireActive() {
            if (!silent.isEmpty()) {
                throw NotConvertibleException.silent(
                        network.node(silent.iterator().next()).name(), "calibration");
            }
        }

        void endPass() {
            statistics.values().forEach(own -> Arrays.stream(own).forEach(OrderStatistic::endPass));
        }

        Map<Integer, float[]> scales() {
            Map<Integer, float[]> scales = new TreeMap<>();
            statistics.forEach((id, own) -> scales.put(id, ofLayer(network.node(id), own)));
            for (List<Integer> group : new Chains(network).groups()) {
                share(group.stream()
                        .filter(scales::containsKey)
                        .map(scales::get)
                        .toList());
            }
            return scales;
        }

        /** Gives some layers the larger of their scales, channel by channel where they have as many. */
        private static void share(List<float[]> layers) {
            if (layers.isEmpty()) {
                return;
            }
            float[] largest = layers.getFirst().clone();
            boolean alike = layers.stream().allMatch(own -> own.length == largest.length);
            float most = 0f;
            for (float[] own : layers) {
                for (int c = 0; c < own.length; c++) {
                    most = Math.max(most, own[c]);
                    largest[alike ? c : 0] = Math.max(largest[alike ? c : 0], own[c]);
                }
            }
            for (float[] own : layers) {
                for (int c = 0; c < own.length; c++) {
                    own[c] = alike ? largest[c] : most;
                }
            }
        }

        private static float[] ofLayer(Network.Node node, OrderStatistic[] own) {
            float[] scales = new float[node.out().channels()];
            float largest = 0f;
            for (int c = 0; c < scales.length; c++) {
                scales[c] = (float) own[own.length == 1 ? 0 : c].value();
                largest = Math.max(largest, scales[c]);
            }
            if (largest == 0f) {
                throw NotConvertibleException.rare(node.name());
            }
            for (int c = 0; c < scales.length; c++) {
                scales[c] = scales[c] > 0f ? scales[c] : largest;
            }
            return scales;
        }
    }
}
