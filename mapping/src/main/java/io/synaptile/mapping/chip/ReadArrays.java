/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.SplitMix64Stream;
import io.synaptile.devices.readout.ArrayCells;
import io.synaptile.devices.readout.ArrayReadout;
import io.synaptile.devices.readout.ReadableArray;
import io.synaptile.devices.readout.RowReads;
import io.synaptile.mapping.codec.WeightCodec;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.compute.ArrayAddress;
import io.synaptile.sim.compute.ArrayReader;
import io.synaptile.sim.compute.ArrayReads;
import io.synaptile.sim.random.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The arrays of one copy of a layer on one chip behind a read-out of arrays, or on a board: cuts reads of a row tile into those
 * of its arrays and turns currents into units of the weight. Planes that are not in cells, such as SRAM words, are summed here.
 * A board is asked for the reads of many images at once.
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

    /** By row tile and column tile; null where an array is simulated. */
    private final ArrayPort[][] ports;

    private final boolean hasPorts;
    private final long[][] keys;

    /**
     * @param readout what reads arrays that are simulated; empty where columns are the sums of their cells
     * @param copy of the layer that this is
     * @param reads what the cells show
     * @param exact planes that are not in cells
     */
    ReadArrays(
            Optional<ArrayReadout> readout,
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
        this.ports = new ArrayPort[cuts.length][];
        this.hasPorts = chip.hasPorts(tiles.layer());
        this.keys = new long[cuts.length][];
        for (int r = 0; r < cuts.length; r++) {
            int rows = endRow(r) - cuts[r];
            int rowTile = r;
            columns[r] = new ArrayColumns[tiles.columnTiles(r)];
            Arrays.setAll(columns[r], columnTile -> ArrayColumns.of(tiles, rowTile, columnTile));
            arrays[r] = new ReadableArray[columns[r].length];
            ports[r] = new ArrayPort[columns[r].length];
            keys[r] = new long[columns[r].length];
            for (int c = 0; c < columns[r].length; c++) {
                ArrayAddress array = new ArrayAddress(tiles.layer(), copy, r, c);
                keys[r][c] = chip.stream(Purpose.ARRAY_READOUT, tiles, array).nextLong();
                ports[r][c] = chip.ports().get(array);
                ArrayCells held = new ArrayCells(
                        rows,
                        columns[r][c].count(),
                        columns[r][c].cells(reads.mean(), tiles.outputs(), cuts[r], rows),
                        columns[r][c].cells(reads.sigma(), tiles.outputs(), cuts[r], rows),
                        range,
                        keys[r][c]);
                arrays[r][c] = readout.map(own -> own.open(held)).orElseGet(() -> new SummedArray(held));
            }
        }
    }

    private int endRow(int rowTile) {
        return rowTile + 1 < cuts.length ? cuts[rowTile + 1] : tiles.rows();
    }

    @Override
    public boolean batched() {
        return hasPorts;
    }

    @Override
    public void read(int tile, ArrayReads reads, float[] sums) {
        read(tile, List.of(reads), List.of(sums));
    }

    @Override
    public void read(int tile, List<ArrayReads> reads, List<float[]> sums) {
        for (int c = 0; c < columns[tile].length; c++) {
            ArrayColumns own = columns[tile][c];
            List<RowReads> asked = new ArrayList<>();
            for (ArrayReads image : reads) {
                asked.add(asked(tile, c, image));
            }
            float[] currents = ports[tile][c] == null
                    ? simulated(arrays[tile][c], own.count(), asked)
                    : PortReads.multiply(ports[tile][c], own.count(), asked);
            int at = 0;
            for (int i = 0; i < asked.size(); i++) {
                convert(own, reads.get(i), currents, at, sums.get(i));
                at += reads.get(i).count() * own.count();
            }
        }
        int planes = codec.planes() + exact.size();
        for (int image = 0; image < reads.size(); image++) {
            for (int p = 0; p < exact.size(); p++) {
                for (int i = 0; i < reads.get(image).count(); i++) {
                    int at = (i * planes + codec.planes() + p) * tiles.outputs();
                    add(exact.get(p), reads.get(image), i, sums.get(image), at);
                }
            }
        }
    }

    /** Reads of an image as one array takes them, whose rows are counted from its own first. */
    private RowReads asked(int tile, int columnTile, ArrayReads reads) {
        int[] row = new int[reads.row().length];
        for (int e = 0; e < row.length; e++) {
            row[e] = reads.row()[e] - cuts[tile];
        }
        long image = SplitMix64Stream.finalised(keys[tile][columnTile] + reads.sample());
        return new RowReads(image, reads.step(), keys(image, reads), reads.start(), row, reads.input());
    }

    private static float[] simulated(ReadableArray array, int columns, List<RowReads> reads) {
        if (reads.size() == 1) {
            float[] currents = new float[reads.getFirst().count() * columns];
            array.read(reads.getFirst(), currents);
            return currents;
        }
        float[] all = new float[reads.stream().mapToInt(RowReads::count).sum() * columns];
        int at = 0;
        for (RowReads own : reads) {
            float[] currents = simulated(array, columns, List.of(own));
            System.arraycopy(currents, 0, all, at, currents.length);
            at += currents.length;
        }
        return all;
    }

    /** Turns the currents of the reads of an image, from an entry on, into what the columns are worth. */
    private void convert(ArrayColumns own, ArrayReads reads, float[] currents, int from, float[] sums) {
        int planes = codec.planes() + exact.size();
        float[] drives = drives(reads);
        for (int i = 0; i < reads.count(); i++) {
            float ofNoCurrent = codec.cellValue(0f) * drives[i];
            for (int k = 0; k < own.count(); k++) {
                ArrayColumns.Column column = own.columns().get(k);
                float value = codec.valuePerMicrosiemens() * currents[from + i * own.count() + k];
                for (int o : own.served(column)) {
                    sums[(i * planes + column.plane()) * tiles.outputs() + o] =
                            cells.gain(column.plane(), o) * value + ofNoCurrent;
                }
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
