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
import io.synaptile.reports.table.TileRow;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything a report shows.
 *
 * @param name of the experiment
 * @param description one line: network, data set, device
 * @param sweptKeys keys that distinguish the design points, empty for a single design
 * @param points one per design point, may be empty for a single design
 * @param results at least one
 * @param chip chip tiles in use
 * @param tileRows rows of a physical tile
 * @param tileColumns columns of a physical tile
 * @param sources of the energy constants
 * @param manifest what would be needed to run it again
 * @param remarks what a reader of the figures must know, one line each
 */
public record RunReport(
        String name,
        String description,
        List<String> sweptKeys,
        List<PointRow> points,
        List<ResultRow> results,
        List<SummaryRow> summary,
        List<StepRow> steps,
        List<LayerRow> layers,
        List<EnergyRow> energy,
        List<CostRow> costs,
        List<AreaRow> areas,
        List<TileRow> tiles,
        List<ChipTileRow> chip,
        List<LatencyRow> latency,
        int tileRows,
        int tileColumns,
        List<EnergySource> sources,
        List<ManifestEntry> manifest,
        List<String> remarks) {
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
        results = List.copyOf(results);
        summary = List.copyOf(summary);
        steps = List.copyOf(steps);
        layers = List.copyOf(layers);
        energy = List.copyOf(energy);
        costs = List.copyOf(costs);
        areas = List.copyOf(areas);
        tiles = List.copyOf(tiles);
        chip = List.copyOf(chip);
        latency = List.copyOf(latency);
        sources = List.copyOf(sources);
        manifest = List.copyOf(manifest);
        remarks = List.copyOf(remarks);
        if (results.isEmpty() || summary.isEmpty()) {
            throw new IllegalArgumentException("a report needs at least one result and one summary row");
        }
        Set<Integer> resulting = results.stream().map(ResultRow::point).collect(Collectors.toSet());
        for (SummaryRow row : summary) {
            if (!resulting.contains(row.point())) {
                throw new IllegalArgumentException("point " + row.point() + " has a summary but no results");
            }
        }
        if (tileRows < 1 || tileColumns < 1) {
            throw new IllegalArgumentException(
                    "tiles need at least 1 row and 1 column, got " + tileRows + " x " + tileColumns);
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

    /** Instances of one design point. */
    public List<ResultRow> resultsOf(int point) {
        return results.stream().filter(row -> row.point() == point).toList();
    }

    /** One figure of cost of a design point, NaN where it is not known. */
    public double cost(int point, String group, String quantity) {
        return costs.stream()
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
