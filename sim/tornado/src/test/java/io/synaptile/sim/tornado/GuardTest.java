/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.tornado.kernel.Guard;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A kernel that does not run is noticed, wherever it stands. A refused launch is one that counts nothing. */
@RequiresDevice
final class GuardTest {
    private static final int COUNT = 100;

    /** Adds 1 to every value. */
    static void add(KernelContext c, IntArray guard, IntArray values, IntArray refused) {
        Guard.passed(c, guard);
        if (c.globalIdx < COUNT) {
            values.set(c.globalIdx, values.get(c.globalIdx) + 1);
        }
    }

    /** As {@link #add} where its turn is not to be refused, else nothing, as if it had not been launched. */
    static void addUnlessRefused(KernelContext c, IntArray guard, IntArray values, IntArray refused) {
        if (refused.get(0) == 0) {
            Guard.passed(c, guard);
            if (c.globalIdx < COUNT) {
                values.set(c.globalIdx, values.get(c.globalIdx) + 1);
            }
        }
    }

    /** Spoils the word that counts. */
    static void spoil(KernelContext c, IntArray guard, IntArray values, IntArray refused) {
        if (c.globalIdx == 0) {
            guard.set(0, values.get(0) - 12345);
        }
    }

    private static final IntArray VALUES = new IntArray(COUNT);
    private static final IntArray REFUSED = new IntArray(1);

    private static Graph graph(int kernels, int refusable) {
        VALUES.init(0);
        REFUSED.init(0);
        Graph graph = new Graph("sum");
        graph.inputs(VALUES, REFUSED);
        graph.outputs(VALUES);
        for (int i = 0; i < kernels; i++) {
            if (i == refusable) {
                graph.task(graph.threads("add", COUNT), GuardTest::addUnlessRefused, VALUES, REFUSED);
            } else {
                graph.task(graph.threads("add", COUNT), GuardTest::add, VALUES, REFUSED);
            }
        }
        return graph;
    }

    private static Plan plan(Graph graph) {
        return new Plan(TornadoDevices.all().getFirst(), null, List.of(graph));
    }

    @Test
    void aKernelInTheMiddleThatDoesNotRunIsNoticed() {
        assertNoticed(3, 1);
    }

    @Test
    void aLastKernelThatDoesNotRunIsNoticed() {
        assertNoticed(3, 2);
    }

    @Test
    void aKernelThatDoesNotRunIsNoticedWhereAGraphIsCutIntoParts() {
        assertNoticed(110, 7);
    }

    private static void assertNoticed(int kernels, int refusable) {
        try (Plan plan = plan(graph(kernels, refusable))) {
            for (int i = 0; i < 3; i++) {
                plan.execute(0);
                assertThat(VALUES.get(COUNT - 1)).isEqualTo(kernels * (i + 1));
            }
            REFUSED.set(0, 1);
            assertThatThrownBy(() -> plan.execute(0))
                    .isInstanceOf(DeviceFailure.class)
                    .hasMessageContaining(kernels - 1 + " of " + kernels + " kernels of graph 'sum' ran");
        }
    }

    @Test
    void aWordThatIsNotACountIsNoticed() {
        Graph graph = graph(2, -1);
        graph.task(graph.threads("spoil", 1), GuardTest::spoil, VALUES, REFUSED);
        try (Plan plan = plan(graph)) {
            assertThatThrownBy(() -> plan.execute(0))
                    .isInstanceOf(DeviceFailure.class)
                    .hasMessageContaining("does not tell how many of 3 kernels");
        }
    }
}
