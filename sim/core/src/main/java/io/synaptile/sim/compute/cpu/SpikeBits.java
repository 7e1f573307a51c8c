/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Shape;
import java.util.Arrays;

/** Which neurons fire, a bit for each, in maps of one shape. */
final class SpikeBits {
    private final Shape shape;
    private final int wordsPerMap;
    /** Bit {@code p * channels + c} of a map is in word {@code map * wordsPerMap + bit / 64}. */
    private final long[] words;

    private final int[] counts;

    SpikeBits(Shape shape, int maps) {
        this.shape = shape;
        this.wordsPerMap = (shape.size() + Long.SIZE - 1) / Long.SIZE;
        this.words = new long[Math.multiplyExact(maps, wordsPerMap)];
        this.counts = new int[maps];
    }

    /** Spikes of a map. */
    int count(int map) {
        return counts[map];
    }

    /** Keeps which entries a map of events has. */
    void pack(int map, EventMap events) {
        int from = map * wordsPerMap;
        Arrays.fill(words, from, from + wordsPerMap, 0L);
        int line = shape.width() * shape.channels();
        for (int y = 0; y < shape.height(); y++) {
            int last = events.start[(y + 1) * shape.width()];
            for (int e = events.start[y * shape.width()]; e < last; e++) {
                int bit = y * line + events.index[e];
                words[from + bit / Long.SIZE] |= 1L << bit;
            }
        }
        counts[map] = events.count();
    }

    /** Lists the spikes of a map. */
    void unpack(int map, EventMap events) {
        events.clear(true, true);
        events.reserve(counts[map]);
        int line = shape.width() * shape.channels();
        int n = 0;
        int position = 0;
        int lineStart = 0;
        events.start[0] = 0;
        for (int w = 0; w < wordsPerMap; w++) {
            for (long left = words[map * wordsPerMap + w]; left != 0; left &= left - 1) {
                int bit = w * Long.SIZE + Long.numberOfTrailingZeros(left);
                while (bit >= (position + 1) * shape.channels()) {
                    events.start[++position] = n;
                }
                while (bit >= lineStart + line) {
                    lineStart += line;
                }
                events.index[n++] = bit - lineStart;
            }
        }
        while (position < shape.positions()) {
            events.start[++position] = n;
        }
    }
}
