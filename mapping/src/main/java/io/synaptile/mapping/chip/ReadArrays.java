/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.SplitMix64Stream;
import io.synaptile.devices.readout.ArrayCells;
import io.synaptile.devices.readout.ArrayReadout;
import io.synaptile.devices.readout.ReadableArray;
import io.synaptile.devices.readout.RowReads;
import io.synaptile.mapping.codec.WeightCodec;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.compute.ArrayAddress;
import io.synaptile.sim.compute.ArrayReader;
import io.synaptile.sim.compute.ArrayReads;
import io.synaptile.sim.random.Purpose;
import java.util.Arrays;
import java.util.List;

/**
 * The arrays of one copy of a layer on one chip behind a read-out of arrays: cuts reads of a row tile into those of its arrays
 * and turns currents into units of the weight. Planes that are not in cells, such as SRAM words, are summed here.
 *
 * <p>The key of a read is made of the first word of {@code NoiseStream.of(seed, ARRAY_READOUT, layer, array, instance)}, the
 * arrays of all copies counted on, and the read's address.
 */
final class ReadArrays implements ArrayReader {
    private final LayerTiles tiles;
    private final WeightCodec codec;
    private final ProgrammedLayer cells;
    private final int positions;
    private final int[] cuts;
    /** Planes that are not in cells, {@code [planes][rows * outputs]}. */
    private final List<float[]> exact;
    /** By row tile and column tile. */
    private final ArrayColumns[][] columns;
    /** By row tile and column tile. */
    private final ReadableArray[][] arrays;

    private final long[][] keys;

    /**
     * @param copy of the layer that this is
     * @param reads what the cells show
     * @param exact planes that are not in cells
     */
    ReadArrays(
            ArrayReadout readout,
            ChipDesign design,
            ChipInstance chip,
            LayerTiles tiles,
            int copy,
            ColumnReads reads,
            List<float[]> exact) {
        ConductanceRange range = design.cells(tiles.layer()).cell().range();
        this.tiles = tiles;
        this.codec = design.codecs().get(tiles.layer());
        this.cells = chip.cells(tiles.layer(), copy);
        this.positions = design.network().node(tiles.layer()).out().positions();
        this.cuts = tiles.rowCuts();
        this.exact = List.copyOf(exact);
        this.columns = new ArrayColumns[cuts.length][];
        this.arrays = new ReadableArray[cuts.length][];
        this.keys = new long[cuts.length][];
        for (int r = 0; r < cuts.length; r++) {
            int rows = endRow(r) - cuts[r];
            int rowTile = r;
            columns[r] = new ArrayColumns[tiles.columnTiles(r)];
            Arrays.setAll(columns[r], columnTile -> ArrayColumns.of(tiles, rowTile, columnTile));
            arrays[r] = new ReadableArray[columns[r].length];
            keys[r] = new long[columns[r].length];
            for (int c = 0; c < columns[r].length; c++) {
                ArrayAddress array = new ArrayAddress(tiles.layer(), copy, r, c);
                keys[r][c] = chip.stream(Purpose.ARRAY_READOUT, tiles, array).nextLong();
                arrays[r][c] = readout.open(new ArrayCells(
                        rows,
                        columns[r][c].count(),
                        columns[r][c].cells(reads.mean(), tiles.outputs(), cuts[r], rows),
                        columns[r][c].cells(reads.sigma(), tiles.outputs(), cuts[r], rows),
                        range,
                        keys[r][c]));
            }
        }
    }

    private int endRow(int rowTile) {
        return rowTile + 1 < cuts.length ? cuts[rowTile + 1] : tiles.rows();
    }

    @Override
    public void read(int tile, ArrayReads reads, float[] sums) {
        int planes = codec.planes() + exact.size();
        int[] row = new int[reads.row().length];
        for (int e = 0; e < row.length; e++) {
            row[e] = reads.row()[e] - cuts[tile];
        }
        float[] drives = drives(reads);
        for (int c = 0; c < columns[tile].length; c++) {
            ArrayColumns own = columns[tile][c];
            float[] currents = new float[reads.count() * own.count()];
            long image = SplitMix64Stream.finalised(keys[tile][c] + reads.sample());
            arrays[tile][c].read(
                    new RowReads(image, reads.step(), keys(image, reads), reads.start(), row, reads.input()), currents);
            for (int i = 0; i < reads.count(); i++) {
                float ofNoCurrent = codec.cellValue(0f) * drives[i];
                for (int k = 0; k < own.count(); k++) {
                    ArrayColumns.Column column = own.columns().get(k);
                    float value = codec.valuePerMicrosiemens() * currents[i * own.count() + k];
                    for (int o : own.served(column)) {
                        sums[(i * planes + column.plane()) * tiles.outputs() + o] =
                                cells.gain(column.plane(), o) * value + ofNoCurrent;
                    }
                }
            }
        }
        for (int p = 0; p < exact.size(); p++) {
            for (int i = 0; i < reads.count(); i++) {
                add(exact.get(p), reads, i, sums, (i * planes + codec.planes() + p) * tiles.outputs());
            }
        }
    }

    /** Sum of the inputs of every read. */
    private static float[] drives(ArrayReads reads) {
        float[] drives = new float[reads.count()];
        for (int i = 0; i < drives.length; i++) {
            for (int e = reads.start()[i]; e < reads.start()[i + 1]; e++) {
                drives[i] += reads.input()[e];
            }
        }
        return drives;
    }

    private long[] keys(long image, ArrayReads reads) {
        long[] own = new long[reads.count()];
        for (int i = 0; i < own.length; i++) {
            long place = (reads.step()[i] * 2L + reads.phase()) * positions + reads.position()[i];
            own[i] = SplitMix64Stream.finalised(image + place);
        }
        return own;
    }

    private void add(float[] plane, ArrayReads reads, int read, float[] sums, int at) {
        for (int e = reads.start()[read]; e < reads.start()[read + 1]; e++) {
            int from = reads.row()[e] * tiles.outputs();
            for (int o = 0; o < tiles.outputs(); o++) {
                sums[at + o] += reads.input()[e] * plane[from + o];
            }
        }
    }
}
