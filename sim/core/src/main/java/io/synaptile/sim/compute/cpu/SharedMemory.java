/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lays the buffers of a training that are never in use at the same moment into the same memory. A pass has two moments for
 * each of its {@code stages}: forward of stage i is moment i, backward of stage i is moment {@code 2 * stages - 1 - i}.
 *
 * <p>Buffers are placed in the order in which the backward pass needs them, each into the first block of memory that is free
 * when it is in use; for buffers in use once, this gives the fewest blocks (colouring of an interval graph). A chain of layers
 * needs two: for the derivatives by a layer's output and input, or by its output and its currents.
 */
final class SharedMemory {
    private final int stages;
    private final List<Buffer> buffers = new ArrayList<>();

    /** From one moment to another, both included. */
    record Span(int first, int last) {
        boolean meets(Span other) {
            return first <= other.last && other.first <= last;
        }
    }

    private record Buffer(long floats, List<Span> inUse, Consumer<MemorySegment> owner) {
        int start() {
            return inUse.getLast().first();
        }

        boolean meets(Buffer other) {
            return inUse.stream().anyMatch(span -> other.inUse.stream().anyMatch(span::meets));
        }
    }

    SharedMemory(int stages) {
        this.stages = stages;
    }

    /** The time between the forward passes of two stages. */
    Span forward(Stage first, Stage last) {
        return new Span(first.node.id(), last.node.id());
    }

    /** The time between the backward passes of two stages; {@code first} is the later one of the network. */
    Span backward(Stage first, Stage last) {
        return new Span(2 * stages - 1 - first.node.id(), 2 * stages - 1 - last.node.id());
    }

    /**
     * Asks for memory.
     *
     * @param inUse when its content must not change, in the order of time
     * @param owner receives the memory once it is allocated
     */
    void request(long floats, List<Span> inUse, Consumer<MemorySegment> owner) {
        buffers.add(new Buffer(floats, List.copyOf(inUse), owner));
    }

    /** Allocates what all requests need together. */
    void allocate(Arena arena) {
        List<List<Buffer>> blocks = new ArrayList<>();
        buffers.sort(Comparator.comparingInt(Buffer::start));
        for (Buffer buffer : buffers) {
            List<Buffer> free = blocks.stream()
                    .filter(block -> block.stream().noneMatch(buffer::meets))
                    .findFirst()
                    .orElseGet(() -> {
                        blocks.add(new ArrayList<>());
                        return blocks.getLast();
                    });
            free.add(buffer);
        }
        for (List<Buffer> block : blocks) {
            long largest = block.stream().mapToLong(Buffer::floats).max().orElseThrow();
            MemorySegment memory = Aligned.floats(arena, largest);
            block.forEach(buffer -> buffer.owner().accept(memory));
        }
    }
}
