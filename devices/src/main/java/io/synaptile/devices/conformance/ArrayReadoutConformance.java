/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.conformance;

import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.readout.ArrayCells;
import io.synaptile.devices.readout.ArrayReadout;
import io.synaptile.devices.readout.ArrayReadoutProvider;
import io.synaptile.devices.readout.ReadableArray;
import io.synaptile.devices.readout.RowReads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Holds a read-out of arrays, and the provider that made it, against their contracts. */
public final class ArrayReadoutConformance {
    private static final int READS = 24;
    private static final int[][] SIZES = {{1, 1}, {1, 5}, {7, 1}, {9, 4}, {16, 16}};
    private static final int READS_OF_A_STEP = 4;
    private static final ConductanceRange RANGE = new ConductanceRange(1f, 40f);
    private static final float SIGMA_MICROSIEMENS = 0.5f;
    private static final double DRIVEN = 0.4;
    private static final long SEED = 20_250_103;

    private final ArrayReadout readout;

    private ArrayReadoutConformance(ArrayReadout readout) {
        this.readout = readout;
    }

    /** Every check of a provider; of a read-out too, made from these options. */
    public static List<Finding> check(ArrayReadoutProvider provider, Map<String, Object> options) {
        return ProviderChecks.of("a read-out", provider, options, List.of(), ArrayReadoutConformance::check);
    }

    /** Every check of a read-out. */
    public static List<Finding> check(ArrayReadout readout) {
        ArrayReadoutConformance suite = new ArrayReadoutConformance(readout);
        return List.of(
                Finding.ofId(readout::id),
                Finding.of("arrays of 1 x 1 to 16 x 16 cells give a finite current in every column", suite::currents),
                Finding.of("cells and reads are left as they are", suite::arguments),
                Finding.of("reads repeat with the same keys", suite::repeats),
                Finding.of("a read does not depend on those beside it", suite::alone),
                Finding.of("many threads may read one array", suite::threads));
    }

    private static ArrayCells cells(int rows, int columns) {
        CountedWords random = new CountedWords(SEED);
        float[] cells = new float[rows * columns];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = RANGE.minMicrosiemens() + RANGE.span() * random.nextFloat();
        }
        float[] sigma = new float[cells.length];
        Arrays.fill(sigma, SIGMA_MICROSIEMENS);
        return new ArrayCells(rows, columns, cells, sigma, RANGE, SEED);
    }

    /** Reads that drive a part of the rows, the first of them at least. */
    private static RowReads reads(int rows) {
        CountedWords random = new CountedWords(SEED + 1);
        List<Integer> row = new ArrayList<>();
        int[] start = new int[READS + 1];
        long[] key = new long[READS];
        int[] step = new int[READS];
        for (int i = 0; i < READS; i++) {
            key[i] = SEED + i;
            step[i] = i / READS_OF_A_STEP;
            row.add(0);
            for (int r = 1; r < rows; r++) {
                if (random.nextDouble() < DRIVEN) {
                    row.add(r);
                }
            }
            start[i + 1] = row.size();
        }
        float[] drive = new float[row.size()];
        Arrays.fill(drive, 1f);
        return new RowReads(
                SEED, step, key, start, row.stream().mapToInt(r -> r).toArray(), drive);
    }

    /** One of several reads by itself. */
    private static RowReads only(RowReads all, int i) {
        int from = all.start()[i];
        int to = all.start()[i + 1];
        return new RowReads(
                all.image(),
                new int[] {all.step()[i]},
                new long[] {all.key()[i]},
                new int[] {0, to - from},
                Arrays.copyOfRange(all.row(), from, to),
                Arrays.copyOfRange(all.drive(), from, to));
    }

    private static float[] read(ReadableArray array, RowReads reads, int columns) {
        float[] currents = new float[reads.count() * columns];
        Arrays.fill(currents, Float.NaN);
        array.read(reads, currents);
        return currents;
    }

    private float[] read(int rows, int columns) {
        return read(readout.open(cells(rows, columns)), reads(rows), columns);
    }

    private String currents() {
        for (int[] size : SIZES) {
            for (float current : read(size[0], size[1])) {
                if (!Float.isFinite(current)) {
                    return "an array of " + size[0] + " x " + size[1] + " gave " + current + " uS";
                }
            }
        }
        return "";
    }

    private String arguments() {
        ArrayCells cells = cells(16, 16);
        RowReads reads = reads(16);
        read(readout.open(cells), reads, 16);
        ArrayCells asCells = cells(16, 16);
        RowReads asReads = reads(16);
        boolean same = Arrays.equals(cells.microsiemens(), asCells.microsiemens())
                && Arrays.equals(cells.sigmaMicrosiemens(), asCells.sigmaMicrosiemens())
                && Arrays.equals(reads.step(), asReads.step())
                && Arrays.equals(reads.key(), asReads.key())
                && Arrays.equals(reads.start(), asReads.start())
                && Arrays.equals(reads.row(), asReads.row())
                && Arrays.equals(reads.drive(), asReads.drive());
        return same ? "" : "open or read changed its arguments";
    }

    private String repeats() {
        return Arrays.equals(read(9, 4), read(9, 4)) ? "" : "two runs differ";
    }

    private String alone() {
        ReadableArray array = readout.open(cells(9, 4));
        RowReads all = reads(9);
        float[] together = read(array, all, 4);
        for (int i = 0; i < READS; i++) {
            if (!Arrays.equals(read(array, only(all, i), 4), Arrays.copyOfRange(together, 4 * i, 4 * i + 4))) {
                return "read " + i + " by itself gave other currents";
            }
        }
        return "";
    }

    private String threads() throws Exception {
        ReadableArray array = readout.open(cells(16, 16));
        RowReads all = reads(16);
        return ManyThreads.check(number -> read(array, only(all, number % READS), 16), Arrays::equals);
    }
}
