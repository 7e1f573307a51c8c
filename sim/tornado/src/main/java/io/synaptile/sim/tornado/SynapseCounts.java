/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.compute.BatchActivity;
import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.tornado.kernel.CountKernels;
import io.synaptile.sim.tornado.kernel.G;
import io.synaptile.sim.tornado.kernel.TileKernels;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/** Counts of what the events of a synapse layer cause. */
final class SynapseCounts {
    final IntArray events;
    final LongArray operations;
    final DoubleArray drives;
    private final Signal input;
    private final IntArray g;
    private final Tiles tiles;
    private final IntArray fanOut;
    private final IntArray reach;
    private final DoubleArray load;
    /** Rows that are always driven, and their conductance, over all output positions. */
    private double alwaysDriven;

    private double alwaysLoad;

    /** @param tiles the layer's tiles, or null where its weights are ideal */
    SynapseCounts(SynapsePlan plan, Signal input, IntArray g, Tiles tiles, Pass pass) {
        this.input = input;
        this.g = g;
        this.tiles = tiles;
        int maps = pass.memory.maps(input.constant());
        events = new IntArray(2 * maps);
        operations = new LongArray(maps);
        drives = new DoubleArray(2 * maps);
        int positions = input.shape().positions();
        fanOut = new IntArray(input.shape().size());
        reach = new IntArray(positions);
        load = new DoubleArray(input.shape().size());
        install(plan);
        pass.refresh(fanOut, reach, load);
    }

    /** Counts the weights of a plan, and sums the conductance of its rows. */
    void install(SynapsePlan plan) {
        fanOut.init(0);
        reach.init(0);
        load.init(0);
        if (plan instanceof SynapsePlan.ArrayPlan arrays) {
            installAlways(arrays);
        }
        int[] nonZero = nonZeros(plan, g);
        double[] none = new double[nonZero.length];
        int channels = g.get(G.CHANNELS);
        for (int p = 0; p < reach.getSize(); p++) {
            for (int tap = 0; tap < g.get(G.KERNEL_HEIGHT) * g.get(G.KERNEL_WIDTH); tap++) {
                int output = output(p, tap, g);
                if (output < 0) {
                    continue;
                }
                double[] rowLoad = plan instanceof SynapsePlan.ArrayPlan arrays
                        ? arrays.copyAt(output, g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH))
                                .costs()
                                .load()
                        : none;
                reach.set(p, reach.get(p) + 1);
                for (int k = 0; k < channels; k++) {
                    int i = p * channels + k;
                    fanOut.set(i, fanOut.get(i) + nonZero[tap * channels + k]);
                    load.set(i, load.get(i) + rowLoad[tap * channels + k]);
                }
            }
        }
    }

    private void installAlways(SynapsePlan.ArrayPlan arrays) {
        int positions = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH);
        alwaysDriven = (double) arrays.first().grid().always() * positions;
        alwaysLoad = 0;
        for (int p = 0; p < positions; p++) {
            LayerArrays own = arrays.copyAt(p, positions);
            for (int row = own.grid().inputRows(); row < own.rows(); row++) {
                alwaysLoad += own.costs().load()[row];
            }
        }
    }

    /** The output position that sees input position p under a kernel tap, or -1. */
    private static int output(int p, int tap, IntArray g) {
        int y = p / g.get(G.WIDTH) - Sizes.line(tap, g);
        int x = p % g.get(G.WIDTH) - Sizes.column(tap, g);
        int oy = y / g.get(G.STRIDE);
        int ox = x / g.get(G.STRIDE_X);
        boolean seen = y >= 0
                && x >= 0
                && oy * g.get(G.STRIDE) == y
                && ox * g.get(G.STRIDE_X) == x
                && oy < g.get(G.OUT_HEIGHT)
                && ox < g.get(G.OUT_WIDTH);
        return seen ? oy * g.get(G.OUT_WIDTH) + ox : -1;
    }

    /** Non-zero weights of each row. */
    private static int[] nonZeros(SynapsePlan plan, IntArray g) {
        int rows = g.get(G.ROWS);
        int outputs = g.get(G.OUT_CHANNELS);
        int channels = g.get(G.CHANNELS);
        int area = g.get(G.KERNEL_HEIGHT) * g.get(G.KERNEL_WIDTH);
        int[] count = new int[rows];
        for (int row = 0; row < rows; row++) {
            for (int o = 0; o < outputs; o++) {
                int weight = (o * channels + row % channels) * area + row / channels;
                int cell = row * outputs + o;
                boolean any = switch (plan) {
                    case SynapsePlan.DensePlan(float[] weights) -> weights[weight] != 0f;
                    case SynapsePlan.ArrayPlan arrays -> arrays.first().cells().isNonZero(cell);
                };
                count[row] += any ? 1 : 0;
            }
        }
        return count;
    }

    /** Adds the task that counts. */
    void count(Pass pass) {
        Graph graph = pass.graph;
        graph.task(
                graph.groups("count", pass.memory.maps(input.constant()), CountKernels.GROUP)
                        .with(CountKernels.SYNAPSE_LOCAL_BYTES),
                CountKernels::synapse,
                input.single(),
                input.halves(),
                fanOut,
                reach,
                load,
                events,
                operations,
                drives,
                g,
                pass.run,
                pass.sixteen);
    }

    /** Arrays that the host reads. */
    Object[] downloads() {
        return tiles == null
                ? new Object[] {events, operations, drives}
                : new Object[] {events, operations, drives, tiles.counts};
    }

    /**
     * Writes what has come back from the device.
     *
     * @param first sample of the batch that was sample 0 of the pass
     */
    void report(BatchActivity to, int first, int samples) {
        for (int t = 0; t < to.timeSteps(); t++) {
            for (int n = 0; n < samples; n++) {
                int map = t * samples + n;
                int own = input.constant() ? n : map;
                int at = t * to.samples() + first + n;
                to.events[at] = events.get(2 * own);
                (events.get(2 * own + 1) == 0 ? to.effectiveAcs : to.effectiveMacs)[at] = operations.get(own);
                if (tiles != null) {
                    to.rowDrives[at] = drives.get(2 * own) + alwaysDriven;
                    to.load[at] = drives.get(2 * own + 1) + alwaysLoad;
                    int counted = map * (TileKernels.CLASSES + 1);
                    for (int k = 0; k < TileKernels.CLASSES; k++) {
                        to.readsByClass[at * TileKernels.CLASSES + k] = tiles.counts.get(counted + k);
                        to.tileReads[at] += tiles.counts.get(counted + k);
                    }
                    to.activePositions[at] = tiles.counts.get(counted + TileKernels.CLASSES);
                }
            }
        }
    }
}
