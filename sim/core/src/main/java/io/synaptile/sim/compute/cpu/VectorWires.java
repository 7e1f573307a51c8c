/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Column wires on the Vector API, a vector of columns at a time; with a method of its own for one and
 * for two vectors, as in {@link VectorKernels}; the compiler no longer keeps the state of four in registers. Equations:
 * {@link io.synaptile.sim.compute.ColumnWires}.
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
            float segment,
            Blocks blocks,
            MemorySegment sources,
            MemorySegment loads,
            WiredColumns state) {
        for (int b = 0; b < blocks.count(); b++) {
            int rowBytes = blocks.rowBytes(b);
            long base = blocks.offset(b) - (long) shift * rowBytes;
            long o = (long) blocks.channel[b] * Float.BYTES;
            int before = last + shift;
            int vectors = blocks.vectors[b];
            for (int v = 0; v < vectors; v += 2) {
                long from = base + v * VB;
                long to = o + v * VB;
                if (vectors == 1 && exact) {
                    exact1(sources, loads, from, rowBytes, state, to, events, e0, e1, before, segment);
                } else if (vectors == 1) {
                    onePass1(sources, loads, from, rowBytes, state, to, events, e0, e1, before, segment);
                } else if (exact) {
                    exact2(sources, loads, from, rowBytes, state, to, events, e0, e1, before, segment);
                } else {
                    onePass2(sources, loads, from, rowBytes, state, to, events, e0, e1, before, segment);
                }
            }
        }
    }

    /** As {@link Kernels#closeWires}. */
    static void close(WiredColumns state, long offset, float resistance, float addend, boolean exact, int count) {
        for (int i = 0; i < count; i += S.length()) {
            long o = offset + (long) i * Float.BYTES;
            FloatVector s = load(state.current, o);
            FloatVector a = load(state.load, o);
            FloatVector arriving = exact
                    ? s.div(a.mul(resistance).add(1f))
                    : s.sub(s.mul(a).mul(resistance).add(load(state.lost, o)));
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
            int last,
            float segment) {
        FloatVector s0 = load(state.current, o + 0 * VB);
        FloatVector a0 = load(state.load, o + 0 * VB);
        int[] index = events.index;
        int before = last;
        for (; e < end; e++) {
            float r = (index[e] - before) * segment;
            before = index[e];
            FloatVector x = FloatVector.broadcast(S, events.binary ? 1f : events.value[e]);
            long i = base + (long) index[e] * rowBytes;
            FloatVector t0 = FloatVector.broadcast(S, 1f).div(a0.mul(r).add(1f));
            s0 = x.fma(load(sources, i + 0 * VB), s0.mul(t0));
            a0 = x.fma(load(loads, i + 0 * VB), a0.mul(t0));
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
            int last,
            float segment) {
        FloatVector s0 = load(state.current, o + 0 * VB);
        FloatVector a0 = load(state.load, o + 0 * VB);
        FloatVector s1 = load(state.current, o + 1 * VB);
        FloatVector a1 = load(state.load, o + 1 * VB);
        int[] index = events.index;
        int before = last;
        for (; e < end; e++) {
            float r = (index[e] - before) * segment;
            before = index[e];
            FloatVector x = FloatVector.broadcast(S, events.binary ? 1f : events.value[e]);
            long i = base + (long) index[e] * rowBytes;
            FloatVector t0 = FloatVector.broadcast(S, 1f).div(a0.mul(r).add(1f));
            s0 = x.fma(load(sources, i + 0 * VB), s0.mul(t0));
            a0 = x.fma(load(loads, i + 0 * VB), a0.mul(t0));
            FloatVector t1 = FloatVector.broadcast(S, 1f).div(a1.mul(r).add(1f));
            s1 = x.fma(load(sources, i + 1 * VB), s1.mul(t1));
            a1 = x.fma(load(loads, i + 1 * VB), a1.mul(t1));
        }
        store(s0, state.current, o + 0 * VB);
        store(a0, state.load, o + 0 * VB);
        store(s1, state.current, o + 1 * VB);
        store(a1, state.load, o + 1 * VB);
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
            int last,
            float segment) {
        FloatVector s0 = load(state.current, o + 0 * VB);
        FloatVector a0 = load(state.load, o + 0 * VB);
        FloatVector d0 = load(state.lost, o + 0 * VB);
        int[] index = events.index;
        int before = last;
        for (; e < end; e++) {
            float r = (index[e] - before) * segment;
            before = index[e];
            FloatVector x = FloatVector.broadcast(S, events.binary ? 1f : events.value[e]);
            long i = base + (long) index[e] * rowBytes;
            d0 = s0.mul(a0).mul(r).add(d0);
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
            int last,
            float segment) {
        FloatVector s0 = load(state.current, o + 0 * VB);
        FloatVector a0 = load(state.load, o + 0 * VB);
        FloatVector d0 = load(state.lost, o + 0 * VB);
        FloatVector s1 = load(state.current, o + 1 * VB);
        FloatVector a1 = load(state.load, o + 1 * VB);
        FloatVector d1 = load(state.lost, o + 1 * VB);
        int[] index = events.index;
        int before = last;
        for (; e < end; e++) {
            float r = (index[e] - before) * segment;
            before = index[e];
            FloatVector x = FloatVector.broadcast(S, events.binary ? 1f : events.value[e]);
            long i = base + (long) index[e] * rowBytes;
            d0 = s0.mul(a0).mul(r).add(d0);
            s0 = x.fma(load(sources, i + 0 * VB), s0);
            a0 = x.fma(load(loads, i + 0 * VB), a0);
            d1 = s1.mul(a1).mul(r).add(d1);
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
}
