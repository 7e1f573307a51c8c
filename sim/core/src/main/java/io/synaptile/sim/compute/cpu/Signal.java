/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Activity between two layers for a whole batch: either events or dense maps. Map {@code n * steps + t} belongs to sample n
 * at step t; a constant signal has one map per sample instead, the same at every step.
 */
final class Signal {
    final Shape shape;
    /** Channels of a dense map, rounded up to whole vectors. */
    final int padded;
    /** One map per sample. */
    final boolean constant;
    /** Events by map, or null where the signal is dense. */
    final EventMap[] events;
    /**
     * Dense maps, {@code [maps, positions, padded]}; null where the signal is events, and before the memory is known that it
     * shares with others.
     */
    MemorySegment dense;
    /** The map that {@link #dense} or {@link #events} begins with; above 0 where maps of one sample after the other are put there. */
    int first;

    private Signal(Shape shape, int padded, boolean constant, EventMap[] events, MemorySegment dense) {
        this.shape = shape;
        this.padded = padded;
        this.constant = constant;
        this.events = events;
        this.dense = dense;
    }

    static Signal events(Shape shape, int lanes, int maps) {
        EventMap[] events = new EventMap[maps];
        for (int i = 0; i < maps; i++) {
            events[i] = new EventMap(shape.positions());
        }
        return new Signal(shape, Blocks.padded(shape.channels(), lanes), false, events, null);
    }

    static Signal dense(Arena arena, Shape shape, int lanes, int maps, boolean constant) {
        int padded = Blocks.padded(shape.channels(), lanes);
        return new Signal(
                shape, padded, constant, null, Aligned.floats(arena, (long) maps * shape.positions() * padded));
    }

    /** Dense maps in memory that is given later. */
    static Signal dense(Shape shape, int lanes) {
        return new Signal(shape, Blocks.padded(shape.channels(), lanes), false, null, null);
    }

    /** Memory read as one map per sample. */
    static Signal of(MemorySegment maps, Shape shape, int lanes) {
        return new Signal(shape, Blocks.padded(shape.channels(), lanes), true, null, maps);
    }

    /** The same memory read as one map per sample. */
    Signal asConstant() {
        return new Signal(shape, padded, true, events, dense);
    }

    boolean isEvents() {
        return events != null;
    }

    /** One map of events. */
    EventMap events(int map) {
        return events[map - first];
    }

    /** Number of the map of sample n at step t. */
    int map(int n, int t, int steps) {
        return constant ? n : n * steps + t;
    }

    /** Values of one dense map. */
    int mapSize() {
        return shape.positions() * padded;
    }

    /** Byte offset of a dense map. */
    long offset(int map) {
        return (long) (map - first) * mapSize() * Float.BYTES;
    }

    /** Gives all values of a dense map of this signal's layout the same value, and padding 0. */
    void fill(MemorySegment map, float value) {
        map.fill((byte) 0);
        for (int p = 0; p < shape.positions() && value != 0f; p++) {
            for (int c = 0; c < shape.channels(); c++) {
                map.setAtIndex(ValueLayout.JAVA_FLOAT, (long) p * padded + c, value);
            }
        }
    }

    /** Writes one map of events as a dense map. */
    void scatter(int map, MemorySegment target, long offset) {
        EventMap m = events(map);
        target.asSlice(offset, (long) mapSize() * Float.BYTES).fill((byte) 0);
        for (int p = 0; p < shape.positions(); p++) {
            int shift = p * padded - p % shape.width() * shape.channels();
            for (int e = m.start[p]; e < m.start[p + 1]; e++) {
                target.set(
                        ValueLayout.JAVA_FLOAT,
                        offset + (long) (m.index[e] + shift) * Float.BYTES,
                        m.binary ? 1f : m.value[e]);
            }
        }
    }

    /** Writes a dense map from values in the order c, h, w, of which it is those from {@code from} on. */
    void put(float[] values, int from, int map) {
        int positions = shape.positions();
        for (int p = 0; p < positions; p++) {
            for (int c = 0; c < shape.channels(); c++) {
                dense.set(
                        ValueLayout.JAVA_FLOAT,
                        offset(map) + ((long) p * padded + c) * Float.BYTES,
                        values[from + c * positions + p]);
            }
        }
    }

    /** Lists what is not 0 of values in the order c, h, w from {@code from} on as one map of events. */
    void list(float[] values, int from, int number) {
        int positions = shape.positions();
        EventMap map = events[number];
        map.clear(false, true);
        map.reserve(shape.size());
        int count = 0;
        for (int p = 0; p < positions; p++) {
            map.start[p] = count;
            int entry = p % shape.width() * shape.channels();
            for (int c = 0; c < shape.channels(); c++) {
                float value = values[from + c * positions + p];
                if (value != 0f) {
                    map.unit &= value == 1f || value == -1f;
                    map.index[count] = entry + c;
                    map.value[count++] = value;
                }
            }
        }
        map.start[positions] = count;
    }

    /** Lists the non-zero values of one dense map. */
    void collect(int map, EventMap target) {
        int n = 0;
        boolean unit = true;
        target.clear(false, true);
        for (int p = 0; p < shape.positions(); p++) {
            target.start[p] = n;
            target.reserve(n + shape.channels());
            int entry = p % shape.width() * shape.channels();
            long at = offset(map) + (long) p * padded * Float.BYTES;
            for (int c = 0; c < shape.channels(); c++) {
                float x = dense.get(ValueLayout.JAVA_FLOAT, at + (long) c * Float.BYTES);
                if (x != 0f) {
                    unit &= x == 1f || x == -1f;
                    target.index[n] = entry + c;
                    target.value[n++] = x;
                }
            }
        }
        target.start[shape.positions()] = n;
        target.unit = unit;
    }
}
