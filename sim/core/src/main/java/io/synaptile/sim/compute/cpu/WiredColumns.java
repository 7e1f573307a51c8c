/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What {@link io.synaptile.sim.compute.ColumnWires} carry of the driven rows so far, per physical column. */
final class WiredColumns {
    /** Current s; what arrives at the converter once the wires are closed. */
    final MemorySegment current;
    /** Load a. */
    final MemorySegment load;
    /** Loss d of one pass; 0 where the wires are exact. */
    final MemorySegment lost;

    WiredColumns(Arena arena, long columns) {
        current = Aligned.floats(arena, columns);
        load = Aligned.floats(arena, columns);
        lost = Aligned.floats(arena, columns);
    }

    void clear() {
        current.fill((byte) 0);
        load.fill((byte) 0);
        lost.fill((byte) 0);
    }
}
