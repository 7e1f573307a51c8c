/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a device must know to train without its caller seeing weights: softmax cross-entropy, mean over the batch, and
 * stochastic gradient descent.
 *
 * <pre>
 *   v = momentum v + (g + weightDecay w)     w = w - rate v        for latent weights and scales of norms
 * </pre>
 *
 * @param stages from latent to effective weights by synapse node, first to last; a node that is not named uses its latent
 *     weights
 */
public record TrainingRecipe(Map<Integer, List<WeightStage>> stages, float momentum, float weightDecay) {
    public TrainingRecipe {
        TreeMap<Integer, List<WeightStage>> copy = new TreeMap<>();
        stages.forEach((node, list) -> copy.put(node, List.copyOf(list)));
        stages = Collections.unmodifiableMap(copy);
    }

    /** Stages of one node, first to last. */
    public List<WeightStage> of(int node) {
        return stages.getOrDefault(node, List.of());
    }
}
