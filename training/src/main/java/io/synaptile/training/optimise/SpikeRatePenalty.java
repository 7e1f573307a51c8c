/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A price on layers that fire too much, as every spike costs energy where it arrives:
 *
 * <pre>
 *   weight * sum over layers of max(0, r - most)^2,   r the spikes of the layer per neuron, step and sample
 * </pre>
 *
 * <p>Source: the upper bound on the activity of a population in F. Zenke and T. P. Vogels, The remarkable robustness of
 * surrogate gradient learning, Neural Computation 33 (2021).
 *
 * @param nodes ids of layers of neurons
 * @param weight of the term, above 0
 * @param most rate that costs nothing, at least 0 and below 1
 */
public record SpikeRatePenalty(Set<Integer> nodes, double weight, double most) implements HiddenTerm {
    public SpikeRatePenalty {
        nodes = Set.copyOf(nodes);
        if (!(weight > 0) || !(most >= 0 && most < 1)) {
            throw new IllegalArgumentException(
                    "a penalty on spikes needs a weight above 0 and a rate in [0, 1), got " + weight + " and " + most);
        }
    }

    @Override
    public double evaluate(Map<Integer, float[]> outputs, Map<Integer, float[]> gradients) {
        double penalty = 0;
        for (int node : nodes) {
            float[] spikes = outputs.get(node);
            double fired = 0;
            for (float spike : spikes) {
                fired += spike;
            }
            double excess = Math.max(0, fired / spikes.length - most);
            penalty += weight * excess * excess;
            Arrays.fill(Objects.requireNonNull(gradients.get(node)), (float) (2 * weight * excess / spikes.length));
        }
        return penalty;
    }
}
