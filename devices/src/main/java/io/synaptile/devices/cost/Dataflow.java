/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which layers wait for which within a time step: a layer begins when all that it reads are done, so that branches of a network
 * that do not read each other work side by side.
 */
public final class Dataflow {
    private final int[][] before;

    private Dataflow(int[][] before) {
        this.before = before;
    }

    /** Layers that wait for one another in their order. */
    public static Dataflow chain(int layers) {
        List<int[]> before = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            before.add(layer == 0 ? new int[0] : new int[] {layer - 1});
        }
        return of(before);
    }

    /**
     * Layers in an order in which none waits for a later one.
     *
     * @param before of every layer the layers that it waits for, each before it in the order
     */
    public static Dataflow of(List<int[]> before) {
        for (int layer = 0; layer < before.size(); layer++) {
            for (int other : before.get(layer)) {
                if (other < 0 || other >= layer) {
                    throw new IllegalArgumentException("layer " + layer + " cannot wait for layer " + other);
                }
            }
        }
        return new Dataflow(before.stream().map(int[]::clone).toArray(int[][]::new));
    }

    /**
     * When the last layer of a step is done.
     *
     * @param from time at which the step begins
     * @param nanoseconds of every layer
     * @param part of a layer that must be done before those that wait for it begin, 0 to 1
     */
    double end(double from, double[] nanoseconds, double part) {
        if (nanoseconds.length != before.length) {
            throw new IllegalArgumentException(
                    "times of " + nanoseconds.length + " layers, where " + before.length + " are known");
        }
        double[] open = new double[before.length];
        double end = from;
        for (int layer = 0; layer < before.length; layer++) {
            double start = from;
            for (int other : before[layer]) {
                start = Math.max(start, open[other]);
            }
            open[layer] = start + part * nanoseconds[layer];
            end = Math.max(end, start + nanoseconds[layer]);
        }
        return end;
    }

    @Override
    public String toString() {
        return Arrays.deepToString(before);
    }
}
