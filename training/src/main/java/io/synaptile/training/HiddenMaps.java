/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.Probe;
import io.synaptile.sim.network.Network;
import io.synaptile.training.optimise.HiddenTerm;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The outputs of hidden layers that a loss looks at, of one batch after the other, and its derivatives by them. */
final class HiddenMaps implements Probe {
    private final Network network;
    private final Optional<HiddenTerm> term;
    /** By node, {@code [samples, steps, C, H, W]}; of the size of the last batch. */
    private final Map<Integer, float[]> outputs = new TreeMap<>();

    private final Map<Integer, float[]> gradients = new TreeMap<>();
    private int timeSteps;

    HiddenMaps(Network network, Optional<HiddenTerm> term) {
        this.network = network;
        this.term = term;
    }

    /** Makes room for a batch. */
    void prepare(InputBatch batch) {
        timeSteps = batch.timeSteps();
        term.ifPresent(own -> own.nodes().forEach(node -> {
            int values = batch.samples() * timeSteps * network.node(node).out().size();
            outputs.compute(node, (_, old) -> ofLength(values, old));
            gradients.compute(node, (_, old) -> ofLength(values, old));
        }));
    }

    private static float[] ofLength(int values, float[] old) {
        return old != null && old.length == values ? old : new float[values];
    }

    @Override
    public boolean wants(int node, Quantity quantity) {
        return quantity == Quantity.OUTPUT && outputs.containsKey(node);
    }

    @Override
    public void see(View view, float[] values) {
        int map = view.sample() * timeSteps + view.step();
        System.arraycopy(values, 0, outputs.get(view.node()), map * values.length, values.length);
    }

    /** The term for the batch that was seen, 0 where there is none; its derivatives are then those of {@link #gradients}. */
    double evaluate() {
        return term.map(own -> own.evaluate(outputs, gradients)).orElse(0.0);
    }

    Map<Integer, float[]> gradients() {
        return gradients;
    }
}
