/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.outcome;

import io.synaptile.reports.table.AreaRow;
import io.synaptile.reports.table.ChipTileRow;
import io.synaptile.reports.table.CostRow;
import io.synaptile.reports.table.EnergyRow;
import io.synaptile.reports.table.LatencyRow;
import io.synaptile.reports.table.LayerRow;
import io.synaptile.reports.table.PointRow;
import io.synaptile.reports.table.ResultRow;
import io.synaptile.reports.table.StepRow;
import io.synaptile.reports.table.SummaryRow;
import io.synaptile.reports.table.TableSet;
import io.synaptile.reports.table.Tables;
import io.synaptile.reports.table.TileRow;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything a report shows.
 *
 * @param subject what was run
 * @param sweptKeys keys that distinguish the design points, empty for a single design
 * @param points one per design point, may be empty for a single design
 * @param tables of the design points, with at least one result
 * @param tile a physical tile
 * @param sources of the energy constants
 * @param manifest what would be needed to run it again
 * @param remarks what a reader of the figures must know, one line each
 * @param recordings activity of layers, of a single design
 */
public record RunReport(
        Subject subject,
        List<String> sweptKeys,
        List<PointRow> points,
        TableSet tables,
        TileShape tile,
        List<EnergySource> sources,
        List<ManifestEntry> manifest,
        List<String> remarks,
        List<Recording> recordings) {
    /**
     * What was run.
     *
     * @param name of the experiment
     * @param description one line: network, data set, device
     * @param network layers of the network, that of the first point; may be empty
     */
    public record Subject(String name, String description, List<NetworkLayer> network) {
        public Subject {
            network = List.copyOf(network);
        }
    }

    /** Rows and columns of a physical tile, at least 1 each. */
    public record TileShape(int rows, int columns) {
        public TileShape {
            if (rows < 1 || columns < 1) {
                throw new IllegalArgumentException(
                        "tiles need at least 1 row and 1 column, got " + rows + " x " + columns);
            }
        }
    }

    /**
     * One constant of the energy model.
     *
     * @param event what is counted
     * @param energyPicojoules per event
     * @param source publication, table or figure
     * @param node technology node in nm, {@code unstated} where the source states none
     * @param scaled whether the energy was scaled from another node or width
     */
    public record EnergySource(String event, double energyPicojoules, String source, String node, String scaled) {}

    /**
     * One line of the run manifest.
     *
     * @param section heading it stands under, for example {@code Data}
     */
    public record ManifestEntry(String section, String key, String value) {}

    public RunReport {
        sweptKeys = List.copyOf(sweptKeys);
        points = List.copyOf(points);
        sources = List.copyOf(sources);
        manifest = List.copyOf(manifest);
        remarks = List.copyOf(remarks);
        recordings = List.copyOf(recordings);
        List<ResultRow> results = tables.rows(Tables.RESULTS);
        List<SummaryRow> summary = tables.rows(Tables.SUMMARY);
        if (results.isEmpty() || summary.isEmpty()) {
            throw new IllegalArgumentException("a report needs at least one result and one summary row");
        }
        Set<Integer> resulting = results.stream().map(ResultRow::point).collect(Collectors.toSet());
        for (SummaryRow row : summary) {
            if (!resulting.contains(row.point())) {
                throw new IllegalArgumentException("point " + row.point() + " has a summary but no results");
            }
        }
        Set<Integer> summarised = summary.stream().map(SummaryRow::point).collect(Collectors.toSet());
        for (ResultRow row : results) {
            if (!summarised.contains(row.point())) {
                throw new IllegalArgumentException("point " + row.point() + " has results but no summary");
            }
            if (!isPercentage(row.accuracyPercent()) || !isPercentage(row.softwareAccuracyPercent())) {
                throw new IllegalArgumentException("point " + row.point() + ", instance " + row.instance()
                        + ": accuracies must lie in 0-100 %, got " + row.accuracyPercent() + " and "
                        + row.softwareAccuracyPercent());
            }
        }
    }

    /** A report without recorded activity. */
    public RunReport(
            Subject subject,
            List<String> sweptKeys,
            List<PointRow> points,
            TableSet tables,
            TileShape tile,
            List<EnergySource> sources,
            List<ManifestEntry> manifest,
            List<String> remarks) {
        this(subject, sweptKeys, points, tables, tile, sources, manifest, remarks, List.of());
    }

    /** The same with recorded activity. */
    public RunReport with(List<Recording> recorded) {
        return new RunReport(subject, sweptKeys, points, tables, tile, sources, manifest, remarks, recorded);
    }

    /** Name of the experiment. */
    public String name() {
        return subject.name();
    }

    /** One line: network, data set, device. */
    public String description() {
        return subject.description();
    }

    /** One row per design point and chip instance. */
    public List<ResultRow> results() {
        return tables.rows(Tables.RESULTS);
    }

    /** One row per design point. */
    public List<SummaryRow> summary() {
        return tables.rows(Tables.SUMMARY);
    }

    /** One row per design point and time step. */
    public List<StepRow> steps() {
        return tables.rows(Tables.STEPS);
    }

    /** One row per design point and layer. */
    public List<LayerRow> layers() {
        return tables.rows(Tables.LAYERS);
    }

    /** One row per design point, layer and component. */
    public List<EnergyRow> energy() {
        return tables.rows(Tables.ENERGY);
    }

    /** Figures of cost. */
    public List<CostRow> costs() {
        return tables.rows(Tables.COST);
    }

    /** One row per design point, layer and component. */
    public List<AreaRow> areas() {
        return tables.rows(Tables.AREA);
    }

    /** One row per design point and tile. */
    public List<TileRow> tiles() {
        return tables.rows(Tables.TILES);
    }

    /** Chip tiles in use. */
    public List<ChipTileRow> chip() {
        return tables.rows(Tables.CHIP);
    }

    /** Latencies of chip and host. */
    public List<LatencyRow> latency() {
        return tables.rows(Tables.LATENCY);
    }

    /** Instances of one design point. */
    public List<ResultRow> resultsOf(int point) {
        return results().stream().filter(row -> row.point() == point).toList();
    }

    /** One figure of cost of a design point, NaN where it is not known. */
    public double cost(int point, String group, String quantity) {
        return costs().stream()
                .filter(row -> row.point() == point
                        && row.group().equals(group)
                        && row.quantity().equals(quantity))
                .mapToDouble(CostRow::value)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Swept values of one design point as {@code key=value}, or {@code point 0} where nothing is swept. */
    public String labelOf(int point) {
        return points.stream()
                .filter(row -> row.point() == point && !sweptKeys.isEmpty())
                .findFirst()
                .map(this::label)
                .orElse("point " + point);
    }

    private static boolean isPercentage(double value) {
        return value >= 0 && value <= 100;
    }

    private String label(PointRow row) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sweptKeys.size(); i++) {
            String key = sweptKeys.get(i);
            text.append(i == 0 ? "" : ", ")
                    .append(key.substring(key.lastIndexOf('.') + 1))
                    .append('=')
                    .append(row.values().get(i));
        }
        return text.toString();
    }
}
