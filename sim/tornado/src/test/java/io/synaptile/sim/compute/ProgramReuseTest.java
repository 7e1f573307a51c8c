/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.tornado.RequiresDevice;
import io.synaptile.sim.tornado.TornadoBackend;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A compiled program that another plan takes over gives what a new one gives. */
@RequiresDevice
class ProgramReuseTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anotherPlanOfTheSameStructureGivesItsOwnResults(long seed) {
        RandomCase drawn = seed % 2 == 0
                ? RandomCase.tiled(seed, RandomCase.Style.NORMED, RandomCase.Effect.allOfTheBackend())
                : RandomCase.dense(seed, RandomCase.Style.NORMED);
        NetworkPlan other = changed(drawn.plan());
        BatchResult fresh = run(new TornadoBackend(), other, drawn.batch());
        ComputeBackend backend = new TornadoBackend();
        run(backend, drawn.plan(), drawn.batch());
        Agreement.assertIdentical(run(backend, other, drawn.batch()), fresh, drawn.network());
    }

    private static BatchResult run(ComputeBackend backend, NetworkPlan plan, InputBatch batch) {
        try (ExecutableNetwork network = backend.prepare(plan, batch.samples(), 1)) {
            return network.run(batch);
        }
    }

    private static LayerArrays changed(LayerArrays arrays) {
        float[][] planes = new float[arrays.cells().count()][];
        for (int p = 0; p < planes.length; p++) {
            planes[p] = reversed(arrays.cells().values()[p]);
        }
        double[] load = arrays.costs().load().clone();
        load[0] += 1;
        ArrayGrid grid = arrays.grid();
        CellPlanes cells = arrays.cells();
        SynapsePlan.NoiseKey key = arrays.noise();
        return new LayerArrays(
                new ArrayGrid(grid.rows(), grid.outputs(), moved(grid.cuts()), grid.shared(), grid.always()),
                new CellPlanes(planes, cells.variance(), cells.gain(), cells.nonZero()),
                arrays.conversion(),
                arrays.circuit(),
                new RowCosts(load, arrays.costs().readClass()),
                new SynapsePlan.NoiseKey(key.seed() + 1, key.layer(), key.instance() + 1));
    }

    /** The same structure with other weights, cells, noise and scales. */
    private static NetworkPlan changed(NetworkPlan plan) {
        Map<Integer, SynapsePlan> synapses = new TreeMap<>();
        plan.synapses()
                .forEach((node, synapse) -> synapses.put(
                        node,
                        switch (synapse) {
                            case SynapsePlan.DensePlan(float[] weights) -> new SynapsePlan.DensePlan(reversed(weights));
                            case SynapsePlan.ArrayPlan(List<LayerArrays> copies) ->
                                new SynapsePlan.ArrayPlan(copies.stream()
                                        .map(ProgramReuseTest::changed)
                                        .toList());
                        }));
        Parameters parameters = plan.parameters().copy();
        parameters.norms(plan.network()).values().forEach(norm -> {
            norm.gamma()[0] *= 1.5f;
            norm.mean()[0] += 0.25f;
        });
        return new NetworkPlan(plan.network(), synapses, parameters);
    }

    /** As many cuts, the first one that can begin a row earlier does. */
    private static int[] moved(int[] cuts) {
        int[] moved = cuts.clone();
        for (int tile = 1; tile < cuts.length; tile++) {
            if (cuts[tile] > cuts[tile - 1] + 1) {
                moved[tile]--;
                return moved;
            }
        }
        return moved;
    }

    private static float[] reversed(float[] values) {
        float[] reversed = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            reversed[i] = values[values.length - 1 - i];
        }
        return reversed;
    }
}
