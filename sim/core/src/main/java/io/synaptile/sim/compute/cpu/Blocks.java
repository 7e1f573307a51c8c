/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * How a weight matrix lies in memory: output channels are padded to whole vectors and cut into blocks of four, two or one
 * vector; a block holds its part of every row, row after row. A block of a few rows then stays in the nearest cache while
 * many maps pass over it.
 */
final class Blocks {
    /** Widest block, in vectors. */
    static final int WIDEST = 4;

    final int lanes;
    final int rows;
    final int outputs;
    /** Output channels rounded up to whole vectors. */
    final int padded;
    /** First channel of each block. */
    final int[] channel;
    /** Width of each block in vectors: 4, 2 or 1. */
    final int[] vectors;

    Blocks(int lanes, int rows, int outputs) {
        this.lanes = lanes;
        this.rows = rows;
        this.outputs = outputs;
        this.padded = padded(outputs, lanes);
        int left = padded / lanes;
        int count = left / WIDEST + Integer.bitCount(left % WIDEST);
        channel = new int[count];
        vectors = new int[count];
        int first = 0;
        for (int b = 0; b < count; b++) {
            int width = left >= WIDEST ? WIDEST : Integer.highestOneBit(left);
            channel[b] = first;
            vectors[b] = width;
            first += width * lanes;
            left -= width;
        }
    }

    /** {@code channels} rounded up to a multiple of {@code lanes}. */
    static int padded(int channels, int lanes) {
        return (channels + lanes - 1) / lanes * lanes;
    }

    int count() {
        return channel.length;
    }

    /** Floats of the whole matrix. */
    long size() {
        return (long) rows * padded;
    }

    /** Byte offset of a block. */
    long offset(int block) {
        return (long) channel[block] * rows * Float.BYTES;
    }

    /** Bytes of one row of a block. */
    int rowBytes(int block) {
        return vectors[block] * lanes * Float.BYTES;
    }

    /** Allocates a zeroed matrix. */
    MemorySegment allocate(Arena arena) {
        return Aligned.floats(arena, size());
    }

    /** Index, in floats, of a weight. */
    long index(int row, int output) {
        int b = block(output);
        int width = vectors[b] * lanes;
        return (long) channel[b] * rows + (long) row * width + output - channel[b];
    }

    private int block(int output) {
        int wide = WIDEST * lanes;
        int b = Math.min(output / wide, channel.length - 1);
        while (output >= channel[b] + vectors[b] * lanes) {
            b++;
        }
        return b;
    }

    /** Copies canonical weights {@code [out, in, kh, kw]} into a matrix of this layout. */
    void pack(Geometry g, float[] canonical, MemorySegment matrix) {
        walk(g, (index, at) -> matrix.setAtIndex(ValueLayout.JAVA_FLOAT, at, canonical[index]));
    }

    /** Copies a matrix of this layout into canonical weights. */
    void unpack(Geometry g, MemorySegment matrix, float[] canonical) {
        walk(g, (index, at) -> canonical[index] = matrix.getAtIndex(ValueLayout.JAVA_FLOAT, at));
    }

    /** Receives a weight's canonical index and its index in the matrix. */
    private interface Visitor {
        void visit(int canonical, long index);
    }

    private void walk(Geometry g, Visitor visitor) {
        int taps = g.kernelHeight() * g.kernelWidth();
        for (int b = 0; b < count(); b++) {
            int width = vectors[b] * lanes;
            int end = Math.min(outputs, channel[b] + width);
            for (int o = channel[b]; o < end; o++) {
                long at = (long) channel[b] * rows + o - channel[b];
                for (int tap = 0; tap < taps; tap++) {
                    int index = o * g.in() * taps + tap;
                    for (int c = 0; c < g.in(); c++) {
                        visitor.visit(index, at);
                        index += taps;
                        at += width;
                    }
                }
            }
        }
    }
}
