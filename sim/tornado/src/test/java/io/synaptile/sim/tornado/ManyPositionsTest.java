/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.tornado.kernel.R;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A layer of more positions than drivers take groups in y. */
@RequiresDevice
final class ManyPositionsTest {
    private static final int SIDE = 269;
    private static final int SAMPLES = 1;
    /** More than one block of 64 channels, the last of them not full. */
    private static final int OUTPUTS = 67;

    private final Shape in = new Shape(2, SIDE, SIDE);
    private final Network.Node node = new Network.Node(
            0, "conv", new Layer.Conv2d(OUTPUTS, 3, 1, 1), List.of(-1), in, new Shape(OUTPUTS, SIDE, SIDE));
    private final float[] spikes = new float[in.size()];
    private final float[] weights = new float[node.weightCount()];

    @Test
    void everyPositionIsComputed() {
        Random random = new Random(3);
        for (int i = 0; i < spikes.length; i++) {
            spikes[i] = random.nextInt(10) == 0 ? 1f : 0f;
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextInt(17) - 8;
        }
        assertThat(SAMPLES * in.positions()).isGreaterThan(65_535);
        FloatArray events = run();
        for (int p = 0; p < in.positions(); p++) {
            for (int o = 0; o < OUTPUTS; o += p % 500 == 0 || p == in.positions() - 1 ? 1 : 33) {
                assertThat(events.get(p * OUTPUTS + o))
                        .as("position %d, channel %d", p, o)
                        .isEqualTo(expected(p, o));
            }
        }
    }

    private float expected(int p, int o) {
        float sum = 0f;
        for (int ky = 0; ky < 3; ky++) {
            for (int kx = 0; kx < 3; kx++) {
                int y = p / SIDE + ky - 1;
                int x = p % SIDE + kx - 1;
                if (y >= 0 && y < SIDE && x >= 0 && x < SIDE) {
                    for (int k = 0; k < 2; k++) {
                        sum += spikes[(y * SIDE + x) * 2 + k] * weights[((o * 2 + k) * 3 + ky) * 3 + kx];
                    }
                }
            }
        }
        return sum;
    }

    /** The layer by its event-driven kernel. */
    private FloatArray run() {
        Graph graph = new Graph("conv");
        Memory memory = new Memory(SAMPLES, 1, false);
        IntArray run = new IntArray(R.SIZE);
        run.init(0);
        run.set(R.SAMPLES, SAMPLES);
        run.set(R.STEPS, 1);
        Pass pass = new Pass(graph, memory, run, IntArray.fromElements(1, 1));
        pass.limit.set(0, 2f);
        pass.upload(pass.limit, pass.choice, run);
        Signal signal = memory.signal(in, false, true);
        for (int i = 0; i < spikes.length; i++) {
            signal.single().set(i, spikes[i]);
        }
        pass.upload(signal.single());
        Synapse synapse = new Synapse(node, signal, EventList.of(signal, pass), pass);
        synapse.install(weights);
        pass.upload(synapse.packed());
        Signal out = synapse.forward(pass);
        graph.outputs(out.single());
        try (Plan plan = new Plan(TornadoDevices.all().getFirst(), null, List.of(graph))) {
            plan.execute(0);
        }
        return out.single();
    }
}
