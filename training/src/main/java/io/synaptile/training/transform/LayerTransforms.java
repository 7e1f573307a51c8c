/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import io.synaptile.sim.network.Network;
import io.synaptile.training.optimise.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which transforms each layer's weights pass through, in order; a layer that is not named uses its latent weights.
 *
 * @param stages by node id
 */
public record LayerTransforms(Map<Integer, List<WeightTransform>> stages) implements TransformSchedule {
    public LayerTransforms {
        TreeMap<Integer, List<WeightTransform>> copy = new TreeMap<>();
        stages.forEach((node, list) -> copy.put(node, List.copyOf(list)));
        stages = Collections.unmodifiableMap(copy);
    }

    @Override
    public LayerTransforms at(Clock clock) {
        return this;
    }

    /** No transform anywhere. */
    public static LayerTransforms none() {
        return new LayerTransforms(Map.of());
    }

    /** One transform of the weights of every layer of a network. */
    public static LayerTransforms everywhere(Network network, WeightTransform transform) {
        return none().with(
                        transform,
                        network.synapses().stream().map(Network.Node::id).collect(Collectors.toSet()));
    }

    /** These transforms with one more as the last stage of the given nodes. */
    public LayerTransforms with(WeightTransform transform, Set<Integer> nodes) {
        TreeMap<Integer, List<WeightTransform>> extended = new TreeMap<>(stages);
        for (int node : nodes) {
            List<WeightTransform> list = new ArrayList<>(of(node));
            list.add(transform);
            extended.put(node, list);
        }
        return new LayerTransforms(extended);
    }

    /** These transforms with one more as the first stage of the given nodes. */
    public LayerTransforms startingWith(WeightTransform transform, Set<Integer> nodes) {
        TreeMap<Integer, List<WeightTransform>> extended = new TreeMap<>(stages);
        for (int node : nodes) {
            List<WeightTransform> list = new ArrayList<>(List.of(transform));
            list.addAll(of(node));
            extended.put(node, list);
        }
        return new LayerTransforms(extended);
    }

    /** Stages of one node, first to last. */
    public List<WeightTransform> of(int node) {
        return stages.getOrDefault(node, List.of());
    }

    /** Weights of a node after the ideal form of its stages, a new array: what is evaluated, exported and deployed. */
    public float[] ideal(int node, float[] latent) {
        float[] weights = latent.clone();
        for (WeightTransform stage : of(node)) {
            Optional<WeightTransform> ideal = stage.ideal();
            if (ideal.isPresent()) {
                float[] out = new float[weights.length];
                ideal.get().apply(weights, out, null);
                weights = out;
            }
        }
        return weights;
    }

    /** Whether any stage of any layer is random. */
    public boolean isRandom() {
        return stages.values().stream().flatMap(List::stream).anyMatch(WeightTransform::isRandom);
    }

    /** Weights of a node after all its stages, random ones included, a new array. */
    public float[] drawn(int node, float[] latent, WeightDraw draw) {
        return new TransformedWeights(of(node), latent.length)
                .apply(latent, draw)
                .clone();
    }
}
