/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.network.Shape;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Arrays of one program. Those that are given back serve again: the tasks of a graph run one after the other, so an array is
 * free once the task that reads it last has been added.
 */
final class Memory {
    private final int samples;
    private final int steps;
    private final boolean half;
    private final List<FloatArray> freeFloats = new ArrayList<>();
    private final List<ShortArray> freeHalves = new ArrayList<>();
    private long bytes;

    /**
     * @param samples most samples of a pass
     * @param steps most time steps
     * @param half whether signals are kept in half precision
     */
    Memory(int samples, int steps, boolean half) {
        this.samples = samples;
        this.steps = steps;
        this.half = half;
    }

    /** 1 if signals are halves, as kernels want it. */
    int sixteen() {
        return half ? 1 : 0;
    }

    /** Most maps of a signal. */
    int maps(boolean constant) {
        return constant ? samples : Math.multiplyExact(samples, steps);
    }

    /**
     * A signal for a layer's output. The array of the other precision is the signal's own too: TornadoVM takes a task that is
     * given one array twice for one that waits for itself.
     */
    Signal signal(Shape shape, boolean constant, boolean events) {
        int size = Math.multiplyExact(maps(constant), shape.size());
        return half
                ? new Signal(shape, floats(1), takeHalves(size), constant, events)
                : new Signal(shape, takeFloats(size), new ShortArray(1), constant, events);
    }

    /** A signal without memory, for a kernel's output that is not wanted. */
    Signal nothing(Shape shape) {
        return new Signal(shape, floats(1), new ShortArray(1), false, false);
    }

    /** Takes back the memory of a signal that no later task reads. */
    void release(Signal signal) {
        if (half) {
            freeHalves.add(signal.halves());
        } else {
            freeFloats.add(signal.single());
        }
    }

    /** Takes back an array of {@link #takeFloats}. */
    void release(FloatArray array) {
        freeFloats.add(array);
    }

    /** An array of at least that size, one that was given back if it fits. */
    FloatArray takeFloats(int size) {
        FloatArray best = null;
        for (FloatArray free : freeFloats) {
            if (free.getSize() >= size && (best == null || free.getSize() < best.getSize())) {
                best = free;
            }
        }
        if (best == null) {
            bytes += (long) size * Float.BYTES;
            return floats(size);
        }
        freeFloats.remove(best);
        return best;
    }

    private ShortArray takeHalves(int size) {
        ShortArray best = null;
        for (ShortArray free : freeHalves) {
            if (free.getSize() >= size && (best == null || free.getSize() < best.getSize())) {
                best = free;
            }
        }
        if (best == null) {
            bytes += (long) size * Short.BYTES;
            return new ShortArray(size);
        }
        freeHalves.remove(best);
        return best;
    }

    /** An array of its own. */
    static FloatArray floats(int size) {
        FloatArray array = new FloatArray(Math.max(1, size));
        array.init(0f);
        return array;
    }

    /** Bytes of signals taken so far. */
    long bytes() {
        return bytes;
    }
}
