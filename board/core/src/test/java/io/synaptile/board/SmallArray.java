/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModels;
import io.synaptile.devices.readout.RowReads;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.port.ColumnErrors;
import io.synaptile.mapping.port.ColumnReadings;
import io.synaptile.mapping.port.PortLimits;
import io.synaptile.mapping.port.ProgramOrder;
import io.synaptile.mapping.port.SimulatedArray;
import io.synaptile.mapping.port.SimulatedPort;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An array of a few noisy cells, and calls to it. */
final class SmallArray {
    static final int ROWS = 4;
    static final int COLUMNS = 3;

    private static final CellModel CELL = CellModels.load()
            .create(
                    "rram",
                    Map.of(
                            "bits",
                            4L,
                            "range_uS",
                            List.of(2.0, 40.0),
                            "read_noise.kind",
                            "proportional",
                            "read_noise.sigma",
                            0.05));

    private SmallArray() {}

    static ArrayPort port(String name) {
        return new SimulatedPort(new SimulatedArray(
                "bench",
                "S-1",
                name,
                0,
                ROWS,
                COLUMNS,
                CELL,
                Optional.empty(),
                new ColumnErrors(0.05, 1, 0.1),
                new PortLimits(0.2, 0, 12, 100, 50),
                7));
    }

    static ProgramOrder order() {
        float[] target = new float[ROWS * COLUMNS];
        for (int i = 0; i < target.length; i++) {
            target[i] = 2f + 3f * i;
        }
        return ProgramOrder.of(ROWS, COLUMNS, target, new ProgramOrder.Draws(1, 2, 3));
    }

    /** Two images, of one and two reads. */
    static List<RowReads> reads() {
        return List.of(
                new RowReads(
                        5, new int[] {0}, new long[] {11}, new int[] {0, 2}, new int[] {0, 3}, new float[] {1f, 1f}),
                new RowReads(
                        6,
                        new int[] {0, 1},
                        new long[] {-12, Long.MAX_VALUE},
                        new int[] {0, 1, 4},
                        new int[] {2, 0, 1, 3},
                        new float[] {0.5f, 1f, 0.25f, 1f}));
    }

    /** An array whose columns are no numbers, or are missing. */
    static final class Lying extends OtherPort {
        Lying(ArrayPort array) {
            super(array);
        }

        @Override
        public ColumnReadings multiply(int columns, List<RowReads> reads) {
            float[] currents =
                    new float[columns == 1 ? 0 : array.multiply(columns, reads).microsiemens().length];
            Arrays.fill(currents, Float.NaN);
            return new ColumnReadings(currents, new BitSet());
        }
    }
}
