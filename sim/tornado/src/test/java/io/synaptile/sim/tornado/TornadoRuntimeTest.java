/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The options of the virtual machine are right: kernels run on the device, without relaxed mathematics. */
@RequiresDevice
final class TornadoRuntimeTest {
    private static final int VALUES = 1023;
    private static final int GROUP = 32;

    /** Sums within a work group through local memory, which has a meaning on a device only. */
    static void groupSums(KernelContext context, FloatArray values, FloatArray sums, int n) {
        float[] shared = context.allocateFloatLocalArray(GROUP);
        int lane = context.localIdx;
        shared[lane] = 0f;
        if (context.globalIdx < n) {
            shared[lane] = values.get(context.globalIdx);
        }
        context.localBarrier();
        if (lane == 0) {
            float sum = 0f;
            for (int i = 0; i < GROUP; i++) {
                sum += shared[i];
            }
            sums.set(context.groupIdx, sum);
        }
    }

    /** 2 where not a number, 1 where infinite, else 0; relaxed mathematics would assume that neither occurs. */
    @SuppressWarnings(
            "IdentityBinaryExpression") // Float.isNaN might be made another way than the kernels' own comparisons
    static void kinds(KernelContext context, FloatArray values, IntArray kinds, int n) {
        if (context.globalIdx < n) {
            float quotient = values.get(context.globalIdx) / values.get((context.globalIdx + 1) % n);
            int kind = 0;
            if (quotient != quotient) {
                kind = 2;
            } else if (quotient > Float.MAX_VALUE) {
                kind = 1;
            }
            kinds.set(context.globalIdx, kind);
        }
    }

    @Test
    void localMemoryWorks() throws TornadoExecutionPlanException {
        FloatArray values = values();
        int groups = (VALUES + GROUP - 1) / GROUP;
        FloatArray sums = new FloatArray(groups);
        KernelContext context = new KernelContext();
        TaskGraph graph = new TaskGraph("sums")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, values)
                .task("sum", TornadoRuntimeTest::groupSums, context, values, sums, VALUES)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, sums);
        run(graph, "sums.sum", groups);
        for (int g = 0; g < groups; g++) {
            float expected = 0f;
            for (int i = g * GROUP; i < Math.min(VALUES, (g + 1) * GROUP); i++) {
                expected += values.get(i);
            }
            assertThat(sums.get(g)).isEqualTo(expected);
        }
    }

    @Test
    void mathematicsIsNotRelaxed() throws TornadoExecutionPlanException {
        FloatArray values = values();
        for (int i = 0; i < VALUES; i++) {
            if (values.get(i) < 0.5f) {
                values.set(i, 0f);
            }
        }
        IntArray kinds = new IntArray(VALUES);
        KernelContext context = new KernelContext();
        TaskGraph graph = new TaskGraph("quotients")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, values)
                .task("kinds", TornadoRuntimeTest::kinds, context, values, kinds, VALUES)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, kinds);
        run(graph, "quotients.kinds", (VALUES + GROUP - 1) / GROUP);
        for (int i = 0; i < VALUES; i++) {
            float quotient = values.get(i) / values.get((i + 1) % VALUES);
            assertThat(kinds.get(i)).isEqualTo(Float.isNaN(quotient) ? 2 : Float.isInfinite(quotient) ? 1 : 0);
        }
    }

    private static FloatArray values() {
        Random random = new Random(7);
        FloatArray values = new FloatArray(VALUES);
        for (int i = 0; i < VALUES; i++) {
            values.set(i, random.nextFloat());
        }
        return values;
    }

    private static void run(TaskGraph graph, String task, int groups) throws TornadoExecutionPlanException {
        WorkerGrid1D grid = new WorkerGrid1D(groups * GROUP);
        grid.setLocalWork(GROUP, 1, 1);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withGridScheduler(new GridScheduler(task, grid)).execute();
        }
    }
}
