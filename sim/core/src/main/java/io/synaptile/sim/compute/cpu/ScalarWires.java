/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Column wires in plain Java, in the same operations as {@link VectorWires}. */
final class ScalarWires {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    private ScalarWires() {}

    /** As {@link Kernels#addWiredRows}. */
    static void add(
            EventMap events,
            int e0,
            int e1,
            int shift,
            int last,
            boolean exact,
            float segment,
            Blocks blocks,
            MemorySegment sources,
            MemorySegment loads,
            WiredColumns state) {
        for (int b = 0; b < blocks.count(); b++) {
            int width = blocks.vectors[b] * blocks.lanes;
            long o = (long) blocks.channel[b] * Float.BYTES;
            float[] s = read(state.current, o, width);
            float[] a = read(state.load, o, width);
            float[] d = read(state.lost, o, width);
            int before = last + shift;
            for (int e = e0; e < e1; e++) {
                float r = (events.index[e] - before) * segment;
                before = events.index[e];
                float x = events.binary ? 1f : events.value[e];
                long row = blocks.offset(b) + (long) (events.index[e] - shift) * blocks.rowBytes(b);
                float[] source = read(sources, row, width);
                float[] load = read(loads, row, width);
                if (exact) {
                    exact(s, a, source, load, r, x);
                } else {
                    onePass(s, a, d, source, load, r, x);
                }
            }
            MemorySegment.copy(s, 0, state.current, FLOAT, o, width);
            MemorySegment.copy(a, 0, state.load, FLOAT, o, width);
            MemorySegment.copy(d, 0, state.lost, FLOAT, o, width);
        }
    }

    private static float[] read(MemorySegment from, long offset, int count) {
        float[] values = new float[count];
        MemorySegment.copy(from, FLOAT, offset, values, 0, count);
        return values;
    }

    private static void exact(float[] s, float[] a, float[] source, float[] load, float r, float x) {
        for (int c = 0; c < s.length; c++) {
            float t = 1f / (a[c] * r + 1f);
            s[c] = Math.fma(x, source[c], s[c] * t);
            a[c] = Math.fma(x, load[c], a[c] * t);
        }
    }

    private static void onePass(float[] s, float[] a, float[] d, float[] source, float[] load, float r, float x) {
        for (int c = 0; c < s.length; c++) {
            d[c] = s[c] * a[c] * r + d[c];
            s[c] = Math.fma(x, source[c], s[c]);
            a[c] = Math.fma(x, load[c], a[c]);
        }
    }

    /** As {@link Kernels#closeWires}. */
    static void close(WiredColumns state, long offset, float resistance, float addend, boolean exact, int count) {
        for (int i = 0; i < count; i++) {
            long o = offset + (long) i * Float.BYTES;
            float s = state.current.get(FLOAT, o);
            float a = state.load.get(FLOAT, o);
            float arriving = exact ? s / (a * resistance + 1f) : s - (s * a * resistance + state.lost.get(FLOAT, o));
            state.current.set(FLOAT, o, arriving + addend);
        }
    }
}
