/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.random.Purpose;
import io.synaptile.sim.tornado.kernel.G;
import io.synaptile.sim.tornado.kernel.TileKernels;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A layer on crossbar tiles. */
final class Tiles {
    final Network.Node node;
    final IntArray g;
    /** Tile reads and active positions of each map. */
    final IntArray counts;

    private final Signal input;
    private final EventList list;
    private final FloatArray cells;
    private final FloatArray variance;
    private final FloatArray planes;
    private final IntArray noise;

    Tiles(Network.Node node, SynapsePlan.TiledPlan plan, Signal input, EventList list, Pass pass) {
        this.node = node;
        this.input = input;
        this.list = list;
        g = Sizes.of(node, input.shape());
        int count = plan.planes().length;
        g.set(G.CONSTANT_INPUT, input.constant() ? 1 : 0);
        g.set(G.PLANES, count);
        int size = plan.rows() * plan.outputs();
        cells = Memory.floats(Math.multiplyExact(count, size));
        variance = Memory.floats(plan.hasReadNoise() ? count * size : 1);
        planes = Memory.floats(count * TileKernels.PLANE_SIZE);
        noise = new IntArray(4);
        counts = new IntArray(2 * pass.memory.maps(false));
        install(plan);
        pass.refresh(g, cells, variance, planes, noise);
    }

    /** Writes the numbers of a plan with as many planes, noisy or not as the first. */
    void install(SynapsePlan.TiledPlan plan) {
        g.set(G.ROWS_PER_TILE, plan.rowsPerTile());
        int size = plan.rows() * plan.outputs();
        for (int p = 0; p < plan.planes().length; p++) {
            copy(plan.planes()[p], cells, p * size);
            boolean noisy = plan.variance(p) != null;
            if (noisy) {
                copy(plan.variance(p), variance, p * size);
            }
            SynapsePlan.Converter converter = plan.converter(p);
            int at = p * TileKernels.PLANE_SIZE;
            planes.set(at + TileKernels.GAIN, plan.planeGain()[p]);
            planes.set(at + TileKernels.LOW, converter == null ? 0f : converter.low());
            planes.set(at + TileKernels.STEP, converter == null ? 1f : converter.step());
            planes.set(at + TileKernels.HIGHEST, converter == null ? -1f : converter.codes() - 1);
            planes.set(at + TileKernels.NOISY, noisy ? 1f : 0f);
        }
        SynapsePlan.NoiseKey key = plan.noise();
        noise.set(0, (int) key.seed());
        noise.set(1, (int) (key.seed() >>> 32));
        noise.set(2, key.instance());
        noise.set(3, Purpose.READ_NOISE.code() << 24 | key.layer());
    }

    private static void copy(float[] from, FloatArray to, int at) {
        for (int i = 0; i < from.length; i++) {
            to.set(at + i, from[i]);
        }
    }

    /** Adds the reads of all tiles and their counts. */
    Signal forward(Pass pass, IntArray ids) {
        Graph graph = pass.graph;
        Signal out = pass.memory.signal(node.out(), false, false);
        int maps = pass.memory.maps(false);
        graph.task(
                graph.rows(
                        "tiles", node.out().channels(), (long) maps * node.out().positions()),
                TileKernels::read,
                graph.context,
                input.single(),
                input.halves(),
                list.count(),
                list.channel(),
                cells,
                variance,
                planes,
                out.single(),
                out.halves(),
                ids,
                noise,
                g,
                pass.run,
                pass.sixteen);
        graph.task(
                graph.groups("tileCounts", maps, TileKernels.GROUP),
                TileKernels::count,
                graph.context,
                input.single(),
                input.halves(),
                list.count(),
                list.channel(),
                counts,
                g,
                pass.run,
                pass.sixteen);
        return out;
    }
}
