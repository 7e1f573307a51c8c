/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import java.util.Map;
import java.util.TreeMap;

/**
 * Sees the column sums of layers on arrays, before read noise, limits of currents and conversion: what {@link Probe} is for
 * nodes. A plan that is watched runs on any backend, since the probe stands where arrays are read. Called by several threads at
 * a time and in any order.
 */
public interface ColumnProbe {
    /** Whether a layer is to be seen. */
    boolean wants(int node);

    /**
     * Called for the reads of one row tile that a layer asks for together.
     *
     * @param node id of the layer
     * @param tile row tile
     * @param reads of one sample and phase, each with at least one driven row
     * @param sums {@code [reads][planes][outputs]} in units of the weight, in single precision with the rows added in their
     *     order, or what the reader of the arrays gave; valid during the call
     */
    void see(int node, int tile, ArrayReads reads, float[] sums);

    /**
     * A plan with the same results whose column sums a probe sees.
     *
     * @throws IllegalArgumentException if a layer that the probe wants has column wires, whose currents are no plain sums
     */
    static NetworkPlan watch(NetworkPlan plan, ColumnProbe probe) {
        Map<Integer, SynapsePlan> watched = new TreeMap<>(plan.synapses());
        watched.replaceAll((node, synapse) -> synapse instanceof SynapsePlan.ArrayPlan arrays && probe.wants(node)
                ? watch(node, arrays, probe)
                : synapse);
        return new NetworkPlan(plan.network(), watched, plan.parameters());
    }

    private static SynapsePlan watch(int node, SynapsePlan.ArrayPlan arrays, ColumnProbe probe) {
        return new SynapsePlan.ArrayPlan(arrays.copies().stream()
                .map(copy -> {
                    ArrayReader reader =
                            copy.circuit().reader().orElseGet(() -> new SummedCells(copy.cells(), copy.outputs()));
                    return copy.with(copy.circuit().with((tile, reads, sums) -> {
                        reader.read(tile, reads, sums);
                        probe.see(node, tile, reads, sums);
                    }));
                })
                .toList());
    }
}
