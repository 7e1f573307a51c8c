/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.html;

import io.synaptile.reports.outcome.ActivityRemarks;
import io.synaptile.reports.outcome.RunReport;
import io.synaptile.reports.table.ChipTileRow;
import io.synaptile.reports.table.CostRow;
import io.synaptile.reports.table.EnergyRow;
import io.synaptile.reports.table.LatencyRow;
import io.synaptile.reports.table.LayerRow;
import io.synaptile.reports.table.Leakage;
import io.synaptile.reports.table.Numbers;
import io.synaptile.reports.table.ResultRow;
import io.synaptile.reports.table.StepRow;
import io.synaptile.reports.table.SummaryRow;
import io.synaptile.reports.table.Tables;
import io.synaptile.reports.table.TileRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything the page shows of one design point. Empty strings and lists leave their part of the page out. */
record PointSection(
        String label,
        List<Card> cards,
        List<String> remarks,
        String accuracyChart,
        String stepChart,
        boolean stopsEarly,
        HtmlTable steps,
        String rateChart,
        HtmlTable layers,
        String energyChart,
        List<LegendEntry> energyLegend,
        HtmlTable energy,
        CostSection cost,
        TrainingSection training,
        ConversionSection conversion,
        String chipMap,
        HtmlTable chip,
        String tileMap,
        HtmlTable latency,
        boolean hasLatency,
        HtmlTable results) {
    /** A headline number. */
    record Card(String label, String value, String unit, String note) {}

    record LegendEntry(int series, String name) {}

    private static final int SERIES = 10;
    private static final double PICOJOULES_PER_NANOJOULE = 1e3;
    private static final double PICOJOULES_PER_MICROJOULE = 1e6;

    static PointSection of(RunReport run, SummaryRow summary) {
        int point = summary.point();
        List<ResultRow> results = run.resultsOf(point);
        List<StepRow> steps =
                run.steps().stream().filter(row -> row.point() == point).toList();
        List<LayerRow> layers =
                run.layers().stream().filter(row -> row.point() == point).toList();
        List<TileRow> tiles =
                run.tiles().stream().filter(row -> row.point() == point).toList();
        List<ChipTileRow> chip =
                run.chip().stream().filter(row -> row.point() == point).toList();
        List<LatencyRow> latency =
                run.latency().stream().filter(row -> row.point() == point).toList();
        List<EnergyRow> energy =
                run.energy().stream().filter(row -> row.point() == point).toList();
        List<String> components = componentsByEnergy(energy);
        return new PointSection(
                run.labelOf(point),
                cards(run, summary, results),
                ActivityRemarks.of(run, point),
                DotPlot.draw(summary, results),
                steps.isEmpty() ? "" : StepChart.draw(steps, summary),
                stopsEarly(summary, results),
                HtmlTable.of(Tables.STEPS, steps, false),
                rateChart(layers),
                HtmlTable.of(Tables.LAYERS, layers, false),
                energyChart(energy, components),
                legend(components),
                energyTable(energy, components),
                CostSection.of(run, point),
                TrainingSection.of(run, point),
                ConversionSection.of(run, point),
                chip.isEmpty() ? "" : ChipMap.draw(chip, layers),
                HtmlTable.of(Tables.CHIP, chip, false),
                tiles.isEmpty()
                        ? ""
                        : TileMap.draw(tiles, run.tile().rows(), run.tile().columns()),
                latencyTable(latency),
                !latency.isEmpty(),
                HtmlTable.of(Tables.RESULTS, results, false));
    }

    private static List<Card> cards(RunReport run, SummaryRow summary, List<ResultRow> results) {
        ResultRow first = results.getFirst();
        double difference = summary.accuracyMeanPercent() - first.softwareAccuracyPercent();
        String spread = summary.instances() == 1
                ? "one instance"
                : "\u00b1 " + Numbers.fixed(summary.accuracyCi95Percent(), 2) + " (95 %), sd "
                        + Numbers.fixed(summary.accuracySdPercent(), 2) + ", min "
                        + Numbers.fixed(summary.accuracyMinPercent(), 2);
        String yield = Double.isNaN(summary.yieldPercent())
                ? ""
                : "; " + Numbers.fixed(summary.yieldPercent(), 1) + " % of the chips reach "
                        + Numbers.readable(summary.yieldAtPercent()) + " %";
        double energy = summary.energyMeanPicojoules();
        double operations = results.stream()
                .mapToDouble(ResultRow::synapticOpsPerInference)
                .average()
                .orElse(Double.NaN);
        double latency = results.stream()
                .mapToDouble(ResultRow::chipLatencyNanoseconds)
                .average()
                .orElse(Double.NaN);
        return List.of(
                new Card("Deployed accuracy", Numbers.fixed(summary.accuracyMeanPercent(), 2), "%", spread + yield),
                new Card(
                        "Software accuracy",
                        Numbers.fixed(first.softwareAccuracyPercent(), 2),
                        "%",
                        first.images() + " images; deployed is " + (difference < 0 ? "\u2212" : "+")
                                + Numbers.fixed(Math.abs(difference), 2) + " points"),
                new Card(
                        "Energy per inference",
                        Numbers.readable(energy),
                        "pJ",
                        "= " + inWords(energy) + leakage(summary.leakage()) + artificial(run, summary.point())),
                new Card("Chip latency", Numbers.readable(latency), "ns", timeSteps(summary, results)),
                new Card(
                        "Spikes per inference",
                        Numbers.readable(summary.spikesMean()),
                        "",
                        Numbers.readable(operations) + " synaptic operations"),
                new Card(
                        "Tiles",
                        Integer.toString(first.tiles()),
                        "",
                        Numbers.fixed(first.tileUtilisationPercent(), 1) + " % of the cells used"));
    }

    private static String inWords(double picojoules) {
        return picojoules >= PICOJOULES_PER_MICROJOULE
                ? Numbers.readable(picojoules / PICOJOULES_PER_MICROJOULE) + " \u00b5J"
                : Numbers.readable(picojoules / PICOJOULES_PER_NANOJOULE) + " nJ";
    }

    /** What a powered chip loses in the time of an inference, in words. */
    private static String leakage(Leakage leakage) {
        return switch (leakage.counted()) {
            case BESIDE -> " of events; leakage beside it " + inWords(leakage.meanPicojoules());
            case WITHIN -> ", leakage of " + inWords(leakage.meanPicojoules()) + " within";
            case NO_SOURCE -> " of events; leakage: no source";
        };
    }

    private static String artificial(RunReport run, int point) {
        double picojoules = run.cost(point, CostRow.ENERGY, "quantised_ann");
        return Double.isNaN(picojoules) ? "" : "; quantised artificial network " + inWords(picojoules);
    }

    private static boolean stopsEarly(SummaryRow summary, List<ResultRow> results) {
        return summary.timeStepsUsedMean() < results.getFirst().timeSteps();
    }

    private static String timeSteps(SummaryRow summary, List<ResultRow> results) {
        String all = results.getFirst().timeSteps() + " time steps";
        return stopsEarly(summary, results)
                ? Numbers.fixed(summary.timeStepsUsedMean(), 2) + " of " + all + " used on average"
                : all;
    }

    private static String rateChart(List<LayerRow> layers) {
        List<BarChart.Bar> bars = new ArrayList<>();
        for (LayerRow row : layers) {
            if (!Double.isNaN(row.spikeRate())) {
                String tooltip = row.layer() + ": " + Numbers.readable(row.spikesPerInference())
                        + " spikes per inference, rate " + Numbers.readable(row.spikeRate());
                bars.add(new BarChart.Bar(row.layer(), List.of(new BarChart.Segment(2, row.spikeRate(), tooltip))));
            }
        }
        return bars.isEmpty() ? "" : BarChart.draw("Spike rate by layer", "spikes per neuron and time step", bars);
    }

    /** Largest first, so that colours mean the same in every run of one energy model as long as the order holds. */
    private static List<String> componentsByEnergy(List<EnergyRow> energy) {
        Map<String, Double> totals = new LinkedHashMap<>();
        energy.forEach(row -> totals.merge(row.component(), row.energyPicojoules(), Double::sum));
        return totals.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Set<String> layersOf(List<EnergyRow> energy) {
        Set<String> layers = new LinkedHashSet<>();
        energy.forEach(row -> layers.add(row.layer()));
        return layers;
    }

    private static double energyOf(List<EnergyRow> energy, String layer, String component) {
        return energy.stream()
                .filter(row -> row.layer().equals(layer) && row.component().equals(component))
                .mapToDouble(EnergyRow::energyPicojoules)
                .sum();
    }

    private static String energyChart(List<EnergyRow> energy, List<String> components) {
        List<BarChart.Bar> bars = new ArrayList<>();
        for (String layer : layersOf(energy)) {
            List<BarChart.Segment> segments = new ArrayList<>();
            for (int c = 0; c < components.size(); c++) {
                double value = energyOf(energy, layer, components.get(c));
                segments.add(new BarChart.Segment(
                        c % SERIES, value, layer + ", " + components.get(c) + ": " + Numbers.readable(value) + " pJ"));
            }
            bars.add(new BarChart.Bar(layer, segments));
        }
        return bars.isEmpty() ? "" : BarChart.draw("Energy by layer and component", "energy per inference, pJ", bars);
    }

    private static List<LegendEntry> legend(List<String> components) {
        List<LegendEntry> entries = new ArrayList<>();
        for (int c = 0; c < components.size(); c++) {
            entries.add(new LegendEntry(c % SERIES, components.get(c)));
        }
        return entries;
    }

    private static HtmlTable energyTable(List<EnergyRow> energy, List<String> components) {
        List<HtmlTable.Cell> headers = new ArrayList<>();
        headers.add(HtmlTable.text("Layer"));
        components.forEach(component -> headers.add(HtmlTable.numberHeader(component, "pJ")));
        headers.add(HtmlTable.numberHeader("Sum", "pJ"));
        List<HtmlTable.Row> rows = new ArrayList<>();
        double[] sums = new double[components.size() + 1];
        for (String layer : layersOf(energy)) {
            double[] values = new double[sums.length];
            for (int c = 0; c < components.size(); c++) {
                values[c] = energyOf(energy, layer, components.get(c));
                values[components.size()] += values[c];
            }
            for (int c = 0; c < sums.length; c++) {
                sums[c] += values[c];
            }
            rows.add(energyLine(layer, values));
        }
        rows.add(energyLine("all layers", sums));
        return new HtmlTable(headers, rows);
    }

    private static HtmlTable.Row energyLine(String label, double[] values) {
        List<HtmlTable.Cell> cells = new ArrayList<>();
        cells.add(HtmlTable.text(label));
        for (double value : values) {
            cells.add(HtmlTable.number(value));
        }
        return new HtmlTable.Row(cells);
    }

    /** One line per kind, one column per statistic. */
    private static HtmlTable latencyTable(List<LatencyRow> latency) {
        Set<String> statistics = new LinkedHashSet<>();
        Map<String, Map<String, Double>> kinds = new LinkedHashMap<>();
        for (LatencyRow row : latency) {
            statistics.add(row.statistic());
            kinds.computeIfAbsent(row.kind(), kind -> new LinkedHashMap<>()).put(row.statistic(), row.value());
        }
        List<HtmlTable.Cell> headers = new ArrayList<>();
        headers.add(HtmlTable.text("Kind"));
        statistics.forEach(statistic -> headers.add(HtmlTable.numberHeader(statistic, "")));
        List<HtmlTable.Row> rows = new ArrayList<>();
        kinds.forEach((kind, values) -> {
            List<HtmlTable.Cell> cells = new ArrayList<>();
            cells.add(HtmlTable.text(kind));
            statistics.forEach(statistic -> cells.add(HtmlTable.number(values.getOrDefault(statistic, Double.NaN))));
            rows.add(new HtmlTable.Row(cells));
        });
        return new HtmlTable(headers, rows);
    }
}
