/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.ArrayGrid;
import io.synaptile.sim.compute.ArrayPattern;

/** What the inputs of a layer drive at the output positions that one copy of it reads. */
final class DrivenLoad {
    private final Geometry g;
    /** Output positions reached from each input position. */
    private final int[] reach;
    /** Conductance driven by each input, summed over the output positions it reaches, uS. */
    private final double[] load;
    /** Rows that are always driven, and their conductance, over all output positions of the copy. */
    private final double alwaysDriven;

    private final double alwaysLoad;

    /** Null where arrays leave out nothing. */
    private final Parts parts;

    /**
     * What an input drives at all output positions that it reaches, where arrays leave out rows and columns; the last entry is what is
     * always driven.
     *
     * @param rows rows of the arrays
     * @param arrayRows rows, each as often as its row tile has arrays
     * @param outputRows rows, each as often as its row tile has outputs
     */
    private record Parts(double[] rows, double[] arrayRows, double[] outputRows) {
        Parts(int inputs) {
            this(new double[inputs + 1], new double[inputs + 1], new double[inputs + 1]);
        }

        void add(int input, int positions, int arrays, int outputs) {
            rows[input] += positions;
            arrayRows[input] += (double) positions * arrays;
            outputRows[input] += (double) positions * outputs;
        }

        void count(int input, double magnitude, TiledMatrix.Counts counts) {
            counts.rowDrives += magnitude * rows[input];
            counts.pattern.arrayRows[0] += magnitude * arrayRows[input];
            counts.pattern.outputRows[0] += magnitude * outputRows[input];
        }
    }

    /**
     * @param rowLoad conductance of every row of the arrays, uS
     * @param first output position of the copy
     * @param end first position after those of the copy
     */
    DrivenLoad(Geometry g, double[] rowLoad, ArrayGrid grid, int first, int end) {
        this.g = g;
        ArrayPattern pattern = grid.pattern().orElse(null);
        int[] places = pattern == null ? null : pattern.places();
        int[] tileOfRow = grid.tileOfRow();
        int always = grid.always();
        double sum = 0;
        for (int row = rowLoad.length - always; row < rowLoad.length; row++) {
            sum += rowLoad[row];
        }
        alwaysDriven = (double) always * (end - first);
        alwaysLoad = sum * (end - first);
        reach = new int[g.positions()];
        load = new double[g.inputs()];
        parts = pattern == null ? null : new Parts(g.inputs());
        for (int row = rowLoad.length - always; pattern != null && row < rowLoad.length; row++) {
            parts.add(g.inputs(), end - first, pattern.arrays(tileOfRow[row]), pattern.outputsOf(tileOfRow[row]));
        }
        for (int p = 0; p < g.positions(); p++) {
            for (int tap = 0; tap < g.kernelHeight() * g.kernelWidth(); tap++) {
                int output = g.output(p, tap / g.kernelWidth(), tap % g.kernelWidth());
                if (output >= first && output < end) {
                    reach[p]++;
                    for (int c = 0; c < g.in(); c++) {
                        int row = tap * g.in() + c;
                        int place = places == null ? row : places[row];
                        if (place < 0) {
                            continue;
                        }
                        load[p * g.in() + c] += rowLoad[place];
                        if (pattern != null) {
                            int tile = tileOfRow[place];
                            parts.add(p * g.in() + c, 1, pattern.arrays(tile), pattern.outputsOf(tile));
                        }
                    }
                }
            }
        }
    }

    /** Adds what the events of a map drive, and what is always driven. */
    void count(EventMap events, TiledMatrix.Counts counts) {
        if (parts == null) {
            counts.rowDrives += alwaysDriven;
        } else {
            parts.count(g.inputs(), 1, counts);
        }
        counts.load += alwaysLoad;
        for (int p = 0; p < g.positions(); p++) {
            int shift = p % g.width() * g.in();
            for (int e = events.start[p]; e < events.start[p + 1]; e++) {
                float x = events.binary ? 1f : Math.abs(events.value[e]);
                int input = p * g.in() + events.index[e] - shift;
                if (parts == null) {
                    counts.rowDrives += x * reach[p];
                } else {
                    parts.count(input, x, counts);
                }
                counts.load += x * load[input];
            }
        }
    }
}
