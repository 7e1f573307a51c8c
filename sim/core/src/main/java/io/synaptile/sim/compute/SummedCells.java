/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import java.util.Arrays;

/**
 * Reads arrays whose columns are the sums of their driven cells, row after row in single precision.
 *
 * @param outputs of the layer
 */
record SummedCells(CellPlanes cells, int outputs) implements ArrayReader {
    @Override
    public void read(int tile, ArrayReads reads, float[] sums) {
        Arrays.fill(sums, 0f);
        int planes = cells.count();
        for (int read = 0; read < reads.count(); read++) {
            for (int plane = 0; plane < planes; plane++) {
                int at = (read * planes + plane) * outputs;
                for (int entry = reads.start()[read]; entry < reads.start()[read + 1]; entry++) {
                    add(reads.input()[entry], cells.values()[plane], reads.row()[entry] * outputs, sums, at);
                }
            }
        }
    }

    private void add(float input, float[] values, int row, float[] sums, int at) {
        for (int output = 0; output < outputs; output++) {
            sums[at + output] += input * values[row + output];
        }
    }
}
