/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Column wires on the Vector API, a vector of columns at a time; for each block width a method of its own, as in
 * {@link VectorKernels}. Equations: {@link io.synaptile.sim.compute.ColumnWires}. Divisions are what the exact form waits
 * for, so blocks of four vectors keep four of them under way.
 */
final class VectorWires {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VB = S.length() * (long) Float.BYTES;

    private VectorWires() {}

    private static FloatVector load(MemorySegment m, long offset) {
        return FloatVector.fromMemorySegment(S, m, offset, ORDER);
    }

    private static void store(FloatVector v, MemorySegment m, long offset) {
        v.intoMemorySegment(m, offset, ORDER);
    }

    /** As {@link Kernels#addWiredRows}. */
    static void add(
            EventMap events,
            int e0,
            int e1,
            int shift,
            int last,
            boolean exact,
            Blocks blocks,
            MemorySegment sources,
            MemorySegment loads,
            WiredColumns state) {
        for (int b = 0; b < blocks.count(); b++) {
            int rowBytes = blocks.rowBytes(b);
            long base = blocks.offset(b) - (long) shift * rowBytes;
            long o = (long) blocks.channel[b] * Float.BYTES;
            int before = last + shift;
            switch (blocks.vectors[b]) {
                case 4 -> {
                    if (exact) {
                        exact4(sources, loads, base, rowBytes, state, o, events, e0, e1, before);
                    } else {
                        onePass4(sources, loads, base, rowBytes, state, o, events, e0, e1, before);
                    }
                }
                case 2 -> {
                    if (exact) {
                        exact2(sources, loads, base, rowBytes, state, o, events, e0, e1, before);
                    } else {
                        onePass2(sources, loads, base, rowBytes, state, o, events, e0, e1, before);
                    }
                }
                default -> {
                    if (exact) {
                        exact1(sources, loads, base, rowBytes, state, o, events, e0, e1, before);
                    } else {
                        onePass1(sources, loads, base, rowBytes, state, o, events, e0, e1, before);
                    }
                }
            }
        }
    }

    /** As {@link Kernels#closeWires}. */
    static void close(WiredColumns state, long offset, int segments, float addend, boolean exact, int count) {
        for (int i = 0; i < count; i += S.length()) {
            long o = offset + (long) i * Float.BYTES;
            FloatVector s = load(state.current, o);
            FloatVector a = load(state.load, o);
            FloatVector arriving = exact
                    ? s.div(a.mul(segments).add(1f))
                    : s.sub(s.mul(a).mul(segments).add(load(state.lost, o)));
            store(arriving.add(addend), state.current, o);
        }
    }

    private static void exact1(
            MemorySegment sources,
            MemorySegment loads,
            long base,
            int rowBytes,
            WiredColumns state,
            long o,
            EventMap events,
            int e,
            int end,
            int last) {
        FloatVector s0 = load(state.current, o + 0 * VB);
        FloatVector a0 = load(state.load, o + 0 * VB);
        int[] index = events.index;
        int before = last;
        for (; e < end; e++) {
            float n = index[e] - before;
            before = index[e];
            FloatVector x = FloatVector.broadcast(S, events.binary ? 1f : events.value[e]);
            long i = base + (long) index[e] * rowBytes;
            FloatVector t0 = a0.mul(n).add(1f);
            s0 = x.fma(load(sources, i + 0 * VB), s0.div(t0));
            a0 = x.fma(load(loads, i + 0 * VB), a0.div(t0));
        }
        store(s0, state.current, o + 0 * VB);
        store(a0, state.load, o + 0 * VB);
    }

    private static void exact2(
            MemorySegment sources,
            MemorySegment loads,
            long base,
            int rowBytes,
            WiredColumns state,
            long o,
            EventMap events,
            int e,
            int end,
            int last) {
        FloatVector s0 = load(state.current, o + 0 * VB);
        FloatVector a0 = load(state.load, o + 0 * VB);
        FloatVector s1 = load(state.current, o + 1 * VB);
        FloatVector a1 = load(state.load, o + 1 * VB);
        int[] index = events.index;
        int before = last;
        for (; e < end; e++) {
            float n = index[e] - before;
            before = index[e];
            FloatVector x = FloatVector.broadcast(S, events.binary ? 1f : events.value[e]);
            long i = base + (long) index[e] * rowBytes;
            FloatVector t0 = a0.mul(n).add(1f);
            s0 = x.fma(load(sources, i + 0 * VB), s0.div(t0));
            a0 = x.fma(load(loads, i + 0 * VB), a0.div(t0));
            FloatVector t1 = a1.mul(n).add(1f);
            s1 = x.fma(load(sources, i + 1 * VB), s1.div(t1));
            a1 = x.fma(load(loads, i + 1 * VB), a1.div(t1));
        }
        store(s0, state.current, o + 0 * VB);
        store(a0, state.load, o + 0 * VB);
        store(s1, state.current, o + 1 * VB);
        store(a1, state.load, o + 1 * VB);
    }

    private static void exact4(
            MemorySegment sources,
            MemorySegment loads,
            long base,
            int rowBytes,
            WiredColumns state,
            long o,
            EventMap events,
            int e,
            int end,
            int last) {
        FloatVector s0 = load(state.current, o + 0 * VB);
        FloatVector a0 = load(state.load, o + 0 * VB);
        FloatVector s1 = load(state.current, o + 1 * VB);
        FloatVector a1 = load(state.load, o + 1 * VB);
        FloatVector s2 = load(state.current, o + 2 * VB);
        FloatVector a2 = load(state.load, o + 2 * VB);
        FloatVector s3 = load(state.current, o + 3 * VB);
        FloatVector a3 = load(state.load, o + 3 * VB);
        int[] index = events.index;
        int before = last;
        for (; e < end; e++) {
            float n = index[e] - before;
            before = index[e];
            FloatVector x = FloatVector.broadcast(S, events.binary ? 1f : events.value[e]);
            long i = base + (long) index[e] * rowBytes;
            FloatVector t0 = a0.mul(n).add(1f);
            s0 = x.fma(load(sources, i + 0 * VB), s0.div(t0));
            a0 = x.fma(load(loads, i + 0 * VB), a0.div(t0));
            FloatVector t1 = a1.mul(n).add(1f);
            s1 = x.fma(load(sources, i + 1 * VB), s1.div(t1));
            a1 = x.fma(load(loads, i + 1 * VB), a1.div(t1));
            FloatVector t2 = a2.mul(n).add(1f);
            s2 = x.fma(load(sources, i + 2 * VB), s2.div(t2));
            a2 = x.fma(load(loads, i + 2 * VB), a2.div(t2));
            FloatVector t3 = a3.mul(n).add(1f);
            s3 = x.fma(load(sources, i + 3 * VB), s3.div(t3));
            a3 = x.fma(load(loads, i + 3 * VB), a3.div(t3));
        }
        store(s0, state.current, o + 0 * VB);
        store(a0, state.load, o + 0 * VB);
        store(s1, state.current, o + 1 * VB);
        store(a1, state.load, o + 1 * VB);
        store(s2, state.current, o + 2 * VB);
        store(a2, state.load, o + 2 * VB);
        store(s3, state.current, o + 3 * VB);
        store(a3, state.load, o + 3 * VB);
    }

    private static void onePass1(
            MemorySegment sources,
            MemorySegment loads,
            long base,
            int rowBytes,
            WiredColumns state,
            long o,
            EventMap events,
            int e,
            int end,
            int last) {
        FloatVector s0 = load(state.current, o + 0 * VB);
        FloatVector a0 = load(state.load, o + 0 * VB);
        FloatVector d0 = load(state.lost, o + 0 * VB);
        int[] index = events.index;
        int before = last;
        for (; e < end; e++) {
            float n = index[e] - before;
            before = index[e];
            FloatVector x = FloatVector.broadcast(S, events.binary ? 1f : events.value[e]);
            long i = base + (long) index[e] * rowBytes;
            d0 = s0.mul(a0).mul(n).add(d0);
            s0 = x.fma(load(sources, i + 0 * VB), s0);
            a0 = x.fma(load(loads, i + 0 * VB), a0);
        }
        store(s0, state.current, o + 0 * VB);
        store(a0, state.load, o + 0 * VB);
        store(d0, state.lost, o + 0 * VB);
    }

    private static void onePass2(
            MemorySegment sources,
            MemorySegment loads,
            long base,
            int rowBytes,
            WiredColumns state,
            long o,
            EventMap events,
            int e,
            int end,
            int last) {
        FloatVector s0 = load(state.current, o + 0 * VB);
        FloatVector a0 = load(state.load, o + 0 * VB);
        FloatVector d0 = load(state.lost, o + 0 * VB);
        FloatVector s1 = load(state.current, o + 1 * VB);
        FloatVector a1 = load(state.load, o + 1 * VB);
        FloatVector d1 = load(state.lost, o + 1 * VB);
        int[] index = events.index;
        int before = last;
        for (; e < end; e++) {
            float n = index[e] - before;
            before = index[e];
            FloatVector x = FloatVector.broadcast(S, events.binary ? 1f : events.value[e]);
            long i = base + (long) index[e] * rowBytes;
            d0 = s0.mul(a0).mul(n).add(d0);
            s0 = x.fma(load(sources, i + 0 * VB), s0);
            a0 = x.fma(load(loads, i + 0 * VB), a0);
            d1 = s1.mul(a1).mul(n).add(d1);
            s1 = x.fma(load(sources, i + 1 * VB), s1);
            a1 = x.fma(load(loads, i + 1 * VB), a1);
        }
        store(s0, state.current, o + 0 * VB);
        store(a0, state.load, o + 0 * VB);
        store(d0, state.lost, o + 0 * VB);
        store(s1, state.current, o + 1 * VB);
        store(a1, state.load, o + 1 * VB);
        store(d1, state.lost, o + 1 * VB);
    }

    private static void onePass4(
            MemorySegment sources,
            MemorySegment loads,
            long base,
            int rowBytes,
            WiredColumns state,
            long o,
            EventMap events,
            int e,
            int end,
            int last) {
        FloatVector s0 = load(state.current, o + 0 * VB);
        FloatVector a0 = load(state.load, o + 0 * VB);
        FloatVector d0 = load(state.lost, o + 0 * VB);
        FloatVector s1 = load(state.current, o + 1 * VB);
        FloatVector a1 = load(state.load, o + 1 * VB);
        FloatVector d1 = load(state.lost, o + 1 * VB);
        FloatVector s2 = load(state.current, o + 2 * VB);
        FloatVector a2 = load(state.load, o + 2 * VB);
        FloatVector d2 = load(state.lost, o + 2 * VB);
        FloatVector s3 = load(state.current, o + 3 * VB);
        FloatVector a3 = load(state.load, o + 3 * VB);
        FloatVector d3 = load(state.lost, o + 3 * VB);
        int[] index = events.index;
        int before = last;
        for (; e < end; e++) {
            float n = index[e] - before;
            before = index[e];
            FloatVector x = FloatVector.broadcast(S, events.binary ? 1f : events.value[e]);
            long i = base + (long) index[e] * rowBytes;
            d0 = s0.mul(a0).mul(n).add(d0);
            s0 = x.fma(load(sources, i + 0 * VB), s0);
            a0 = x.fma(load(loads, i + 0 * VB), a0);
            d1 = s1.mul(a1).mul(n).add(d1);
            s1 = x.fma(load(sources, i + 1 * VB), s1);
            a1 = x.fma(load(loads, i + 1 * VB), a1);
            d2 = s2.mul(a2).mul(n).add(d2);
            s2 = x.fma(load(sources, i + 2 * VB), s2);
            a2 = x.fma(load(loads, i + 2 * VB), a2);
            d3 = s3.mul(a3).mul(n).add(d3);
            s3 = x.fma(load(sources, i + 3 * VB), s3);
            a3 = x.fma(load(loads, i + 3 * VB), a3);
        }
        store(s0, state.current, o + 0 * VB);
        store(a0, state.load, o + 0 * VB);
        store(d0, state.lost, o + 0 * VB);
        store(s1, state.current, o + 1 * VB);
        store(a1, state.load, o + 1 * VB);
        store(d1, state.lost, o + 1 * VB);
        store(s2, state.current, o + 2 * VB);
        store(a2, state.load, o + 2 * VB);
        store(d2, state.lost, o + 2 * VB);
        store(s3, state.current, o + 3 * VB);
        store(a3, state.load, o + 3 * VB);
        store(d3, state.lost, o + 3 * VB);
    }
}
