/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory outside the heap that begins on a cache line, so that no full-width load straddles two lines. */
final class Aligned {
    private static final int LINE_BYTES = 64;

    private Aligned() {}

    /** A zeroed array of floats. */
    static MemorySegment floats(Arena arena, long count) {
        return arena.allocate(Math.max(1, count) * Float.BYTES, LINE_BYTES);
    }
}
