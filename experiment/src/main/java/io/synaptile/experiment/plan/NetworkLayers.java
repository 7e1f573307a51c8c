/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.mapping.SparseMapping;
import io.synaptile.mapping.tile.LayerNotes;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.reports.outcome.NetworkLayer;
import io.synaptile.sim.network.Emission;
import io.synaptile.sim.network.Extent;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronDynamics;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Scope;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The layers of a network as people look at them: shapes, parameters, fan-in, work and tiles. */
public final class NetworkLayers {
    private NetworkLayers() {}

    /** Those of an experiment, with the tiles of its chip. */
    public static List<NetworkLayer> of(Plan plan) {
        return of(
                plan.network(),
                plan.timeSteps(),
                plan.tiles().stream()
                        .collect(Collectors.toMap(LayerTiles::layer, layer -> layer.tiles() * layer.copies())),
                plan.encoder(),
                plan.tiles().stream()
                        .filter(layer -> layer.matrix().always() > 0)
                        .map(LayerTiles::layer)
                        .collect(Collectors.toSet()),
                plan.hardware().chip().sparse() != SparseMapping.NONE);
    }

    /**
     * Those of a network.
     *
     * @param timeSteps rows of what it holds for every step
     * @param tiles by node id
     * @param encoder input coding
     */
    public static List<NetworkLayer> of(Network network, int timeSteps, Map<Integer, Integer> tiles, Encoder encoder) {
        return of(network, timeSteps, tiles, encoder, Set.of(), false);
    }

    private static List<NetworkLayer> of(
            Network network,
            int timeSteps,
            Map<Integer, Integer> tiles,
            Encoder encoder,
            Set<Integer> biasOnTiles,
            boolean leavesOut) {
        List<NetworkLayer> layers = new ArrayList<>();
        for (Network.Node node : network.nodes()) {
            List<String> inputs = node.inputs().stream()
                    .filter(id -> id != Network.INPUT)
                    .map(id -> network.node(id).name())
                    .toList();
            long parameters = node.parameters(timeSteps).entrySet().stream()
                    .filter(entry -> entry.getKey().isTrainable())
                    .mapToLong(entry -> Network.size(entry.getValue()))
                    .sum();
            int fanIn = node.isSynapse() ? node.fanIn() : 0;
            layers.add(new NetworkLayer(
                    node.name(),
                    kind(node),
                    inputs,
                    shape(node.out()),
                    parameters,
                    fanIn,
                    (long) fanIn * (node.isSynapse() ? node.out().size() : 0),
                    tiles.getOrDefault(node.id(), 0),
                    LayerNotes.of(network, node, encoder, biasOnTiles.contains(node.id()), leavesOut)
                            .orElse("")));
        }
        return layers;
    }

    private static String shape(Shape shape) {
        return shape.positions() == 1 ? String.valueOf(shape.channels()) : shape.toString();
    }

    private static String readOut(Layer.ReadOut layer) {
        String rule = switch (layer.rule()) {
            case MEAN -> "";
            case SUM -> ", sum";
            case LAST -> ", last value";
            case HIGHEST -> ", highest value";
            case WEIGHTED -> ", weighted mean, decay " + layer.decay();
        };
        return rule + (layer.voters() > 1 ? ", " + layer.voters() + " voters a class" : "");
    }

    private static String dynamics(NeuronDynamics dynamics) {
        StringBuilder words = new StringBuilder();
        if (dynamics.refractorySteps() > 0) {
            words.append(", refractory for ").append(dynamics.refractorySteps());
        }
        if (dynamics.adaptationStrength() > 0) {
            words.append(", adaptive");
        }
        if (dynamics.leak() != Scope.FIXED) {
            words.append(", learned leak");
        }
        if (dynamics.threshold() != Scope.FIXED) {
            words.append(", learned threshold");
        }
        if (dynamics.initial() > 0) {
            words.append(", starts at ").append(dynamics.initial()).append(" threshold");
        }
        if (dynamics.firingShare() != 1f) {
            words.append(", fires at ").append(dynamics.firingShare()).append(" threshold");
        }
        switch (dynamics.emission()) {
            case Emission.Fixed(float value) -> words.append(value == 1f ? "" : ", emits " + value);
            case Emission.Threshold(float factor) ->
                words.append(factor == 1f ? ", emits its threshold" : ", emits " + factor + " thresholds");
        }
        return words.toString();
    }

    private static String differs(String what, Extent extent) {
        return extent.equals(Extent.square(1)) ? "" : what + extent;
    }

    private static String kind(Network.Node node) {
        return switch (node.layer()) {
            case Layer.Conv2d conv ->
                "conv " + conv.kernel().lines() + "x" + conv.kernel().columns()
                        + differs(", stride ", conv.stride())
                        + differs(", dilation ", conv.dilation())
                        + (node.isGrouped() ? ", " + conv.groups() + " groups" : "");
            case Layer.Dense _ -> "dense";
            case Layer.AvgPool(int height, int width) -> "average pool " + height + "x" + width;
            case Layer.MaxPool(int size, int stride, int padding) ->
                "max pool " + size + "x" + size + (stride == size ? "" : ", stride " + stride)
                        + (padding == 0 ? "" : ", padding " + padding);
            case Layer.Relu(float ceiling) -> ceiling < Float.POSITIVE_INFINITY ? "relu up to " + ceiling : "relu";
            case Layer.RateNorm norm ->
                "rate norm" + (norm.sigmoid() ? "" : ", magnitude of the scale") + (norm.locked() ? ", locked" : "");
            case Layer.Qcfs(int levels, float _) -> "qcfs, " + levels + (levels == 1 ? " level" : " levels");
            case Layer.Flatten _ -> "flatten";
            case Layer.Part(int first, Shape shape) -> "input, values " + first + " to " + (first + shape.size() - 1);
            case Layer.Dropout dropout -> "dropout " + dropout.rate();
            case Layer.StepNorm norm ->
                (norm.shared() ? "norm, shared" : "norm per step") + (norm.offset() ? ", offset" : "");
            case Layer.Bias _ -> "bias";
            case Layer.Neuron(NeuronSpec spec) ->
                (spec.leak() == 1f ? "if" : "lif, leak " + spec.leak())
                        + (spec.reset() == NeuronSpec.Reset.HARD ? ", hard reset" : "")
                        + dynamics(spec.dynamics());
            case Layer.Join(Layer.Join.Function function) -> function.name().toLowerCase(Locale.ROOT);
            case Layer.Concat _ -> "concat";
            case Layer.Integrator integrator ->
                "integrator, leak " + integrator.leak() + (integrator.learned() == Scope.FIXED ? "" : ", learned");
            case Layer.Delay _ -> "delay of a step";
            case Layer.ReadOut readOut -> "read-out" + readOut(readOut);
        };
    }
}
