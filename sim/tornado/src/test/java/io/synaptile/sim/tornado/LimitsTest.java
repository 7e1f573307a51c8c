/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.tornado.kernel.SynapseKernels;
import org.junit.jupiter.api.Test;

/** What a device cannot launch is refused before it is launched, in one line; no device is needed to find out. */
final class LimitsTest {
    private static final Limits SMALL_GROUPS = new Limits("small", 32, 32, 48 << 10);
    private static final Limits USUAL = new Limits("usual", 1024, 1024, 48 << 10);

    private final Graph graph = new Graph("graph");

    @Test
    void aGroupLargerThanTheDevicesIsRefused() {
        assertThatThrownBy(() -> SMALL_GROUPS.require(graph.threads("pool", 7)))
                .isInstanceOf(DeviceFailure.class)
                .hasMessage("device small cannot run this network: kernel 'pool' needs groups of 64 threads, the device"
                        + " gives at most 32");
        assertThatCode(() -> SMALL_GROUPS.require(graph.positions("events", 7, 10)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new Limits("flat", 1024, 16, 48 << 10).require(graph.threads("pool", 7)))
                .hasMessageContaining("groups of 64 threads, the device gives at most 16");
    }

    @Test
    void moreLocalMemoryThanTheDeviceHasIsRefused() {
        Graph.Grid dense = graph.groups("dense", 5, 1, 1, SynapseKernels.GROUP).with(SynapseKernels.LOCAL_BYTES);
        assertThatCode(() -> USUAL.require(dense)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new Limits("tight", 1024, 1024, 16 << 10).require(dense))
                .isInstanceOf(DeviceFailure.class)
                .hasMessageContaining(
                        "kernel 'dense' needs 24576 bytes of local memory for a group, the device gives 16384");
    }

    @Test
    void moreGroupsInYOrZThanDriversTakeAreRefused() {
        assertThatCode(() -> USUAL.require(graph.groups("box", 10, 65_535, 65_535, 64)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> USUAL.require(graph.groups("box", 10, 65_536, 1, 64)))
                .hasMessageContaining("needs 65536 groups in y, the device gives at most 65535");
        assertThatThrownBy(() -> USUAL.require(graph.groups("box", 10, 1, 70_000, 64)))
                .hasMessageContaining("needs 70000 groups in z");
    }

    /** A batch of 256 samples at 10 steps of 32 x 32 positions. */
    @Test
    void positionsBeyondWhatYTakesAreLaunched() {
        long positions = 256L * 10 * 32 * 32;
        assertThatCode(() -> USUAL.require(graph.positions("events", positions, 130)))
                .doesNotThrowAnyException();
    }

    /** TornadoVM would go on with groups of another size, for which the kernels are not written. */
    @Test
    void theSizeOfAGroupIsNotDropped() {
        Threads threads = graph.groups("spikes", 7, 64).threads();
        assertThatThrownBy(threads::setLocalWorkToNull)
                .isInstanceOf(DeviceFailure.class)
                .hasMessageContaining("drop the size of a group, 64 threads");
    }
}
