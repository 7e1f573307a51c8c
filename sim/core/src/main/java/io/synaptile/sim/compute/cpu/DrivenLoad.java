/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

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

    /**
     * @param rowLoad conductance of every row, uS
     * @param always how many rows, the last ones, are always driven
     * @param first output position of the copy
     * @param end first position after those of the copy
     */
    DrivenLoad(Geometry g, double[] rowLoad, int always, int first, int end) {
        this.g = g;
        double sum = 0;
        for (int row = rowLoad.length - always; row < rowLoad.length; row++) {
            sum += rowLoad[row];
        }
        alwaysDriven = (double) always * (end - first);
        alwaysLoad = sum * (end - first);
        reach = new int[g.positions()];
        load = new double[g.inputs()];
        for (int p = 0; p < g.positions(); p++) {
            for (int tap = 0; tap < g.kernelHeight() * g.kernelWidth(); tap++) {
                int output = g.output(p, tap / g.kernelWidth(), tap % g.kernelWidth());
                if (output >= first && output < end) {
                    reach[p]++;
                    for (int c = 0; c < g.in(); c++) {
                        load[p * g.in() + c] += rowLoad[tap * g.in() + c];
                    }
                }
            }
        }
    }

    /** Adds what the events of a map drive, and what is always driven. */
    void count(EventMap events, TiledMatrix.Counts counts) {
        counts.rowDrives += alwaysDriven;
        counts.load += alwaysLoad;
        for (int p = 0; p < g.positions(); p++) {
            int shift = p % g.width() * g.in();
            for (int e = events.start[p]; e < events.start[p + 1]; e++) {
                float x = events.binary ? 1f : Math.abs(events.value[e]);
                counts.rowDrives += x * reach[p];
                counts.load += x * load[p * g.in() + events.index[e] - shift];
            }
        }
    }
}
