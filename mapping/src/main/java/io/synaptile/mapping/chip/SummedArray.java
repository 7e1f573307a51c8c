/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.devices.readout.ArrayCells;
import io.synaptile.devices.readout.ReadableArray;
import io.synaptile.devices.readout.RowReads;
import java.util.Arrays;

/** An array whose columns are the sums of their cells, beside one that is real. */
record SummedArray(ArrayCells cells) implements ReadableArray {
    @Override
    public void read(RowReads reads, float[] microsiemens) {
        int columns = cells.columns();
        Arrays.fill(microsiemens, 0f);
        for (int i = 0; i < reads.count(); i++) {
            for (int e = reads.start()[i]; e < reads.start()[i + 1]; e++) {
                int from = reads.row()[e] * columns;
                for (int c = 0; c < columns; c++) {
                    microsiemens[i * columns + c] += reads.drive()[e] * cells.microsiemens()[from + c];
                }
            }
        }
    }
}
