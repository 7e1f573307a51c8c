/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.ArrayReads;
import java.util.Arrays;

/** Reads of one row tile under collection: output positions, and under each the driven rows. Reused between maps. */
final class TileReads {
    private int[] position = new int[16];
    private int[] start = new int[17];
    private int[] row = new int[64];
    private float[] input = new float[64];
    private int count;

    void clear() {
        count = 0;
        start[0] = 0;
    }

    int count() {
        return count;
    }

    int position(int read) {
        return position[read];
    }

    int first(int read) {
        return start[read];
    }

    int end(int read) {
        return start[read + 1];
    }

    /** Summed inputs of a read. */
    float inputs(int read) {
        float sum = 0f;
        for (int entry = start[read]; entry < start[read + 1]; entry++) {
            sum += input[entry];
        }
        return sum;
    }

    /** Adds a driven row to the read at an output position; all rows of a position come one after the other. */
    void add(int at, int drivenRow, float magnitude) {
        if (count == 0 || position[count - 1] != at) {
            if (count == position.length) {
                position = Arrays.copyOf(position, 2 * count);
                start = Arrays.copyOf(start, 2 * count + 1);
            }
            start[count + 1] = start[count];
            position[count++] = at;
        }
        int entry = start[count]++;
        if (entry == row.length) {
            row = Arrays.copyOf(row, 2 * entry);
            input = Arrays.copyOf(input, 2 * entry);
        }
        row[entry] = drivenRow;
        input[entry] = magnitude;
    }

    /** The reads as they are asked for. */
    ArrayReads request(long sample, int step, int phase) {
        int[] steps = new int[count];
        Arrays.fill(steps, step);
        int entries = start[count];
        return new ArrayReads(
                sample,
                phase,
                steps,
                Arrays.copyOf(position, count),
                Arrays.copyOf(start, count + 1),
                Arrays.copyOf(row, entries),
                Arrays.copyOf(input, entries));
    }

    /** The driven rows of all reads as events whose entries are the rows. */
    EventMap events() {
        EventMap events = new EventMap(0);
        events.binary = false;
        events.unit = false;
        events.index = row;
        events.value = input;
        return events;
    }
}
