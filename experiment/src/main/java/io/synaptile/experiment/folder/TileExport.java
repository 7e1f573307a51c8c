/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import io.synaptile.devices.Age;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.ChipInstance;
import io.synaptile.mapping.chip.TileConductances;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.mapping.tile.TileAssignment;
import io.synaptile.reports.table.CellRow;
import io.synaptile.reports.table.CsvReport;
import io.synaptile.reports.table.Table;
import io.synaptile.reports.table.Tables;
import io.synaptile.sim.compute.ArrayAddress;
import io.synaptile.sim.io.AtomicFile;
import io.synaptile.sim.io.npz.NpyArray;
import io.synaptile.sim.io.npz.Npz;
import io.synaptile.text.message.Quoted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Conductances and stuck cells of one tile of one chip, written to a file of its own.
 *
 * @param layer name of the layer
 * @param tile number of the tile within the layer, those of further copies counted on
 * @param instance number of the chip
 * @param file ends in {@code .npz} or {@code .csv}
 */
public record TileExport(String layer, int tile, int instance, Path file) {
    private static final Pattern NAME = Pattern.compile("(.+):(\\d{1,9})");

    /**
     * What a command line asks for.
     *
     * @param tile {@code LAYER:NUMBER}
     * @throws IllegalArgumentException if it is not of that form, or the file has another ending
     */
    public static TileExport of(String tile, int instance, Path file) {
        Matcher name = NAME.matcher(tile);
        if (!name.matches()) {
            throw new IllegalArgumentException(
                    "--export-tile must be LAYER:NUMBER, for example conv2:3, got " + Quoted.of(tile));
        }
        if (instance < 0) {
            throw new IllegalArgumentException("--chip must be at least 0, got " + instance);
        }
        String ending = file.getFileName().toString();
        if (!ending.endsWith(".npz") && !ending.endsWith(".csv")) {
            throw new IllegalArgumentException("--out must end in .npz or .csv, got " + file);
        }
        return new TileExport(name.group(1), Integer.parseInt(name.group(2)), instance, file);
    }

    /**
     * Address of the tile.
     *
     * @throws IllegalArgumentException if it is not on tiles or has fewer
     */
    public ArrayAddress address(ChipDesign design) {
        LayerTiles tiles = design.tiles().layers().stream()
                .filter(own -> own.name().equals(layer))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--export-tile: no layer '" + layer
                        + "' is on tiles; these are: "
                        + design.tiles().layers().stream().map(LayerTiles::name).collect(Collectors.joining(", "))));
        int last = tiles.copies() * tiles.tiles() - 1;
        if (tile > last) {
            throw new IllegalArgumentException(
                    "--export-tile: layer " + layer + " has tiles 0 to " + last + ", got " + tile);
        }
        return tiles.address(tile);
    }

    /** Writes the file. */
    public void write(ChipDesign design, ChipInstance programmed, ChipInstance aged, Age age) {
        TileConductances cells = TileConductances.of(design, address(design), programmed, aged);
        if (file.getFileName().toString().endsWith(".csv")) {
            writeCsv(cells);
            return;
        }
        Map<String, NpyArray> arrays = new TreeMap<>();
        arrays.put("target_uS", NpyArray.of(cells.target(), cells.rows(), cells.columns()));
        arrays.put("programmed_uS", NpyArray.of(cells.programmed(), cells.rows(), cells.columns()));
        arrays.put("aged_uS", NpyArray.of(cells.aged(), cells.rows(), cells.columns()));
        arrays.put("fault", NpyArray.of(cells.faults(), cells.rows(), cells.columns()));
        arrays.put("layer", NpyArray.of(new String[] {layer}));
        arrays.put("tile", NpyArray.of(new long[] {tile}));
        arrays.put("first_row", NpyArray.of(new long[] {cells.part().firstRow()}));
        arrays.put("first_output", NpyArray.of(new long[] {cells.part().firstOutput()}));
        LayerTiles tiles = design.tiles().layer(address(design).layer()).orElseThrow();
        if (tiles.pattern().isPresent()) {
            long[] rows = rows(tiles, cells.part());
            long[] outputs = outputs(tiles, cells.part());
            arrays.put("rows", NpyArray.of(rows, rows.length));
            arrays.put("outputs", NpyArray.of(outputs, outputs.length));
        }
        arrays.put("instance", NpyArray.of(new long[] {programmed.instance()}));
        arrays.put("seed", NpyArray.of(new long[] {programmed.seed()}));
        arrays.put("age_s", NpyArray.of(new double[] {age.seconds()}));
        arrays.put("temperature_K", NpyArray.of(new double[] {age.kelvin()}));
        Npz.of(arrays).write(file);
    }

    /** Rows of the layer's matrix on the tile. */
    private static long[] rows(LayerTiles tiles, TileAssignment part) {
        return IntStream.range(part.firstRow(), part.firstRow() + part.rows())
                .mapToLong(tiles::source)
                .toArray();
    }

    private static long[] outputs(LayerTiles tiles, TileAssignment part) {
        return Arrays.stream(
                        tiles.outputsOn(part.array().rowTile(), part.array().columnTile()))
                .asLongStream()
                .toArray();
    }

    private void writeCsv(TileConductances cells) {
        List<CellRow> rows = new ArrayList<>();
        for (int i = 0; i < cells.target().length; i++) {
            rows.add(new CellRow(
                    i / cells.columns(),
                    i % cells.columns(),
                    cells.target()[i],
                    cells.programmed()[i],
                    cells.aged()[i],
                    cells.faults()[i]));
        }
        Table<CellRow> table = new Table<>(file.getFileName().toString(), Tables.CELLS.rows(), Tables.CELLS.columns());
        AtomicFile.write(file, CsvReport.text(table, rows));
    }
}
