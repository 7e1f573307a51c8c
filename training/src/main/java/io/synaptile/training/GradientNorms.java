/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Norms of the gradients of one epoch, summed over its batches. */
final class GradientNorms {
    private final Network network;
    private final SortedMap<String, Double> sums;
    /** Whether every batch of the epoch so far is in the sums. */
    private final boolean complete;

    private int batches;

    /** @param begun state inside the epoch, whose sums are gone on with; null at its start */
    GradientNorms(Network network, TrainingState.BegunEpoch begun) {
        this.network = network;
        this.sums = new TreeMap<>(begun == null ? Map.of() : begun.gradientNorms());
        this.batches = begun == null ? 0 : begun.batchesDone();
        this.complete = begun == null || !sums.isEmpty();
    }

    /** Adds the norms of a batch. */
    void add(Map<ParameterId, Double> norms) {
        norms.forEach((id, norm) -> sums.merge(key(id), norm, Double::sum));
        batches++;
    }

    /** What a state inside the epoch has to hold; nothing where the sums lack batches. */
    SortedMap<String, Double> sums() {
        return complete ? sums : new TreeMap<>();
    }

    /** Mean over the batches, NaN where it is not known. */
    double mean(ParameterId id) {
        Double sum = sums.get(key(id));
        return sum == null || !complete ? Double.NaN : sum / batches;
    }

    private String key(ParameterId id) {
        return network.node(id.node()).name() + "." + id.role().id();
    }
}
