/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedMemoryTest {
    private static final int STAGES = 20;

    private record Given(List<SharedMemory.Span> inUse, long floats, MemorySegment[] memory) {
        boolean meets(Given other) {
            return inUse.stream().anyMatch(span -> other.inUse.stream().anyMatch(span::meets));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsInUseTogetherIsKeptApart(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SharedMemory memory = new SharedMemory(STAGES);
        List<Given> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            int first = random.nextInt(2 * STAGES);
            int second = random.nextInt(first, 2 * STAGES);
            Given given = new Given(
                    List.of(new SharedMemory.Span(first, first), new SharedMemory.Span(second, second + 2)),
                    random.nextInt(1, 1000),
                    new MemorySegment[1]);
            all.add(given);
            memory.request(given.floats(), given.inUse(), segment -> given.memory()[0] = segment);
        }
        try (Arena arena = Arena.ofConfined()) {
            memory.allocate(arena);
            for (Given one : all) {
                assertThat(one.memory()[0].byteSize()).isGreaterThanOrEqualTo(one.floats() * Float.BYTES);
                for (Given other : all) {
                    if (one != other && one.meets(other)) {
                        assertThat(one.memory()[0].address()).isNotEqualTo(other.memory()[0].address());
                    }
                }
            }
        }
    }

    /** The buffers of a chain of convolutions, norms and neurons, of growing size towards the input. */
    @Test
    void aChainOfLayersNeedsTwoBlocks() {
        SharedMemory memory = new SharedMemory(STAGES);
        List<MemorySegment> given = new ArrayList<>();
        for (int synapse = 0; synapse + 3 < STAGES; synapse += 3) {
            int neurons = 2 * STAGES - 1 - (synapse + 2);
            List<SharedMemory.Span> currents =
                    List.of(new SharedMemory.Span(synapse, synapse + 2), new SharedMemory.Span(neurons, neurons + 1));
            memory.request(100 - synapse, currents, given::add);
            memory.request(100 - synapse, List.of(new SharedMemory.Span(neurons - 1, neurons + 2)), given::add);
        }
        try (Arena arena = Arena.ofConfined()) {
            memory.allocate(arena);
            assertThat(given.stream().map(MemorySegment::address).distinct()).hasSize(2);
        }
    }

    @Test
    void whatIsInUseOneAfterTheOtherSharesTheLargestBlock() {
        SharedMemory memory = new SharedMemory(STAGES);
        List<MemorySegment> given = new ArrayList<>();
        memory.request(10, List.of(new SharedMemory.Span(0, 3)), given::add);
        memory.request(30, List.of(new SharedMemory.Span(4, 5)), given::add);
        memory.request(20, List.of(new SharedMemory.Span(6, 7)), given::add);
        try (Arena arena = Arena.ofConfined()) {
            memory.allocate(arena);
            assertThat(given).extracting(MemorySegment::byteSize).containsOnly(30L * Float.BYTES);
            assertThat(given)
                    .extracting(MemorySegment::address)
                    .containsOnly(given.getFirst().address());
        }
    }
}
