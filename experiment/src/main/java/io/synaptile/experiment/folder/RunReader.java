/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import io.synaptile.reports.table.AreaRow;
import io.synaptile.reports.table.ChipConditions;
import io.synaptile.reports.table.ChipTileRow;
import io.synaptile.reports.table.CostRow;
import io.synaptile.reports.table.EnergyRow;
import io.synaptile.reports.table.LatencyRow;
import io.synaptile.reports.table.LayerRow;
import io.synaptile.reports.table.Leakage;
import io.synaptile.reports.table.ResultRow;
import io.synaptile.reports.table.StepRow;
import io.synaptile.reports.table.SummaryRow;
import io.synaptile.reports.table.Table;
import io.synaptile.reports.table.Tables;
import io.synaptile.reports.table.TileRow;
import io.synaptile.sim.io.Sha256;
import io.synaptile.sim.io.TextFile;
import io.synaptile.text.message.Quoted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads the tables of a run folder back into the rows they were written from.
 *
 * @param manifest has the checksums of the tables
 */
public record RunReader(Path folder, RunManifest manifest) {
    private static final int LARGEST_BYTES = 64 << 20;
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    /** @throws IllegalArgumentException if the folder is not a run folder or its manifest is damaged */
    public static RunReader of(Path runFolder) {
        return new RunReader(runFolder, RunManifest.read(runFolder));
    }

    public List<ResultRow> results() {
        return rows(
                Tables.RESULTS,
                row -> new ResultRow(
                        whole(row, "point"),
                        whole(row, "instance"),
                        Long.parseLong(row.get("seed")),
                        whole(row, "time_steps"),
                        decimal(row, "accuracy_percent"),
                        decimal(row, "software_accuracy_percent"),
                        decimal(row, "spikes_per_inference"),
                        decimal(row, "synaptic_ops_per_inference"),
                        decimal(row, "energy_pJ"),
                        decimal(row, "chip_latency_ns"),
                        whole(row, "tiles"),
                        decimal(row, "tile_utilisation_percent"),
                        decimal(row, "time_steps_used"),
                        whole(row, "images")));
    }

    public List<SummaryRow> summary() {
        return rows(
                Tables.SUMMARY,
                row -> new SummaryRow(
                        whole(row, "point"),
                        whole(row, "instances"),
                        decimal(row, "accuracy_mean_percent"),
                        decimal(row, "accuracy_sd_percent"),
                        decimal(row, "accuracy_min_percent"),
                        decimal(row, "accuracy_ci95_percent"),
                        decimal(row, "energy_mean_pJ"),
                        decimal(row, "spikes_mean"),
                        decimal(row, "storage_bits"),
                        decimal(row, "time_steps_used_mean"),
                        decimal(row, "yield_at_percent"),
                        decimal(row, "yield_percent"),
                        new Leakage(decimal(row, "leakage_mean_pJ"), Leakage.Counted.of(row.get("leakage_counted"))),
                        new ChipConditions(decimal(row, "age_s"), decimal(row, "temperature_K"))));
    }

    public List<StepRow> steps() {
        return rows(
                Tables.STEPS,
                row -> new StepRow(
                        whole(row, "point"),
                        whole(row, "time_step"),
                        decimal(row, "accuracy_mean_percent"),
                        decimal(row, "energy_mean_pJ")));
    }

    public List<LayerRow> layers() {
        return rows(
                Tables.LAYERS,
                row -> new LayerRow(
                        whole(row, "point"),
                        row.get("layer"),
                        row.get("kind"),
                        decimal(row, "spikes_per_inference"),
                        decimal(row, "spike_rate"),
                        decimal(row, "synaptic_ops_per_inference"),
                        whole(row, "tiles"),
                        decimal(row, "utilisation_percent"),
                        decimal(row, "energy_pJ"),
                        decimal(row, "storage_bits"),
                        decimal(row, "sram_storage_bits"),
                        decimal(row, "sram_element_sparsity_percent"),
                        decimal(row, "sram_group_sparsity_percent"),
                        decimal(row, "hops_per_event"),
                        whole(row, "silent_instances"),
                        whole(row, "saturated_instances")));
    }

    public List<EnergyRow> energy() {
        return rows(
                Tables.ENERGY,
                row -> new EnergyRow(
                        whole(row, "point"),
                        row.get("layer"),
                        row.get("component"),
                        decimal(row, "energy_pJ"),
                        row.get("node_nm"),
                        row.get("scaled")));
    }

    public List<CostRow> costs() {
        return rows(
                Tables.COST,
                row -> new CostRow(
                        whole(row, "point"),
                        row.get("group"),
                        row.get("quantity"),
                        row.get("unit"),
                        decimal(row, "value")));
    }

    public List<AreaRow> areas() {
        return rows(
                Tables.AREA,
                row -> new AreaRow(
                        whole(row, "point"),
                        row.get("layer"),
                        row.get("component"),
                        decimal(row, "count"),
                        decimal(row, "area_um2"),
                        row.get("node_nm"),
                        row.get("scaled"),
                        row.get("source")));
    }

    public List<TileRow> tiles() {
        return rows(
                Tables.TILES,
                row -> new TileRow(
                        whole(row, "point"),
                        row.get("layer"),
                        whole(row, "tile"),
                        whole(row, "row_tile"),
                        whole(row, "column_tile"),
                        whole(row, "rows"),
                        whole(row, "columns"),
                        Long.parseLong(row.get("cells_used")),
                        row.get("memory"),
                        whole(row, "copy"),
                        whole(row, "pe"),
                        whole(row, "chip_tile"),
                        whole(row, "mesh_x"),
                        whole(row, "mesh_y"),
                        decimal(row, "utilisation_percent")));
    }

    public List<ChipTileRow> chip() {
        return rows(
                Tables.CHIP,
                row -> new ChipTileRow(
                        whole(row, "point"),
                        whole(row, "chip_tile"),
                        whole(row, "mesh_x"),
                        whole(row, "mesh_y"),
                        whole(row, "mesh_columns"),
                        whole(row, "mesh_rows"),
                        row.get("layers"),
                        whole(row, "arrays"),
                        Long.parseLong(row.get("arrays_there")),
                        Long.parseLong(row.get("cells_used")),
                        decimal(row, "utilisation_percent")));
    }

    public List<LatencyRow> latency() {
        return rows(
                Tables.LATENCY,
                row -> new LatencyRow(
                        whole(row, "point"), row.get("kind"), row.get("statistic"), decimal(row, "value")));
    }

    private <R> List<R> rows(Table<R> table, Function<CSVRecord, R> read) {
        Path file = folder.resolve(table.fileName());
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    folder + " has no " + table.fileName() + "; run 'synaptile simulate " + folder + "' first");
        }
        String text = TextFile.read(file, LARGEST_BYTES, "a table of results");
        requireHeader(file, text.lines().findFirst().orElse(""), table.names());
        List<R> rows = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
            if (!text.endsWith("\n")) {
                throw new IllegalArgumentException(file + " ends inside a row; simulate again");
            }
            for (CSVRecord record : parser) {
                rows.add(row(file, record, read));
            }
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException(file + " is not a table: " + e.getMessage(), e);
        }
        if (rows.isEmpty() && table != Tables.ENERGY && table != Tables.AREA) {
            throw new IllegalArgumentException(file + " has no rows; simulate again");
        }
        // Last, for what was read says better what is wrong.
        manifest.requireIntact(folder, table.fileName(), Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
        return rows;
    }

    private static void requireHeader(Path file, String line, List<String> expected) {
        List<String> found = List.of(line.split(",", -1));
        for (int i = 0; i < Math.max(found.size(), expected.size()); i++) {
            String there = i < found.size() ? Quoted.of(found.get(i)) : "missing";
            String here = i < expected.size() ? expected.get(i) : "no column";
            if (i >= found.size() || i >= expected.size() || !found.get(i).equals(here)) {
                throw new IllegalArgumentException(file + ": the header must be " + String.join(",", expected)
                        + "; column " + (i + 1) + " of line 1 is " + there + ", not " + here + "; simulate again");
            }
        }
    }

    private static <R> R row(Path file, CSVRecord record, Function<CSVRecord, R> read) {
        try {
            return read.apply(record);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    file + ", row " + record.getRecordNumber() + ": not a row of this table ("
                            + Quoted.bare(e.getMessage()) + ")",
                    e);
        }
    }

    private static int whole(CSVRecord row, String column) {
        return Integer.parseInt(row.get(column));
    }

    /** An empty field is a quantity that does not exist there. */
    private static double decimal(CSVRecord row, String column) {
        String text = row.get(column);
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }
}
