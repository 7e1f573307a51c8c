/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.sim.tornado.kernel.R;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What the layers of one graph share while they add their tasks. */
final class Pass {
    /**
     * Share of non-zero inputs above which a layer's dense kernels are chosen. On a graphics processor the dense product
     * reads each input once per block of outputs, the event kernel each weight once per event.
     */
    private static final float EVENT_LIMIT = 0.2f;

    final Graph graph;
    final Memory memory;
    final int sixteen;
    /** Sizes and addresses of the batch, see {@link R}. */
    final IntArray run;
    /** By layer: 0 event-driven, 1 dense; place 0 always says dense. */
    final IntArray choice;

    final FloatArray limit = Memory.floats(1);
    private int choices = 1;

    Pass(Graph graph, Memory memory, IntArray run, IntArray choice) {
        this.graph = graph;
        this.memory = memory;
        this.sixteen = memory.sixteen();
        this.run = run;
        this.choice = choice;
        limit.set(0, EVENT_LIMIT);
    }

    /** Place of a layer's choice. */
    int nextChoice() {
        return choices++;
    }

    /** Declares arrays that never change once they are on the device. */
    void upload(Object... arrays) {
        graph.constants(arrays);
    }

    /** Declares arrays that the host may write between passes. */
    void refresh(Object... arrays) {
        graph.inputs(arrays);
    }

    /** Writes a batch's sizes and addresses. */
    static void describe(IntArray run, InputBatch batch, int samples) {
        run.set(R.SAMPLES, samples);
        run.set(R.STEPS, batch.timeSteps());
        run.set(R.SEED_LOW, (int) batch.seed());
        run.set(R.SEED_HIGH, (int) (batch.seed() >>> 32));
        run.set(R.PASS, batch.pass());
        run.set(R.FRAMES, batch.encoder() instanceof Encoder.Frames ? batch.timeSteps() : 1);
    }
}
