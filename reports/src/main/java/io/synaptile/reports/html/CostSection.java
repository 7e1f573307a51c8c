/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.html;

import io.synaptile.reports.outcome.RunReport;
import io.synaptile.reports.table.AreaRow;
import io.synaptile.reports.table.CostRow;
import io.synaptile.reports.table.EnergyRow;
import io.synaptile.reports.table.Numbers;
import io.synaptile.reports.table.Tables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What the page shows of the cost of one design point. Empty strings leave their part of the page out. */
record CostSection(
        String shareChart,
        String networkChart,
        String breakEven,
        String latencyChart,
        String areaChart,
        HtmlTable areas,
        HtmlTable figures,
        boolean hasFigures) {
    private static final int COLOUR = 2;
    private static final double PERCENT = 100;

    static CostSection of(RunReport run, int point) {
        List<EnergyRow> energy =
                run.energy().stream().filter(row -> row.point() == point).toList();
        List<CostRow> costs =
                run.costs().stream().filter(row -> row.point() == point).toList();
        List<AreaRow> areas =
                run.areas().stream().filter(row -> row.point() == point).toList();
        return new CostSection(
                shares(energy),
                bars(
                        "Spiking and artificial network on the same hardware",
                        "energy per inference, pJ",
                        rows(costs, CostRow.ENERGY, "snn", "snn_reading_all_tiles", "quantised_ann")),
                breakEven(costs),
                bars(
                        "Chip latency by mode",
                        "ns per inference",
                        rows(
                                costs,
                                CostRow.LATENCY,
                                "sequential",
                                "position_pipeline",
                                "layer_pipeline",
                                "image_interval")),
                bars(
                        "Area by component",
                        "\u00b5m\u00b2",
                        largestFirst(areas, AreaRow::component, AreaRow::areaSquareMicrometres)),
                HtmlTable.of(Tables.AREA, areas, false),
                HtmlTable.of(Tables.COST, costs, false),
                !costs.isEmpty());
    }

    private static String shares(List<EnergyRow> energy) {
        Map<String, Double> components = largestFirst(energy, EnergyRow::component, EnergyRow::energyPicojoules);
        double total =
                components.values().stream().mapToDouble(Double::doubleValue).sum();
        Map<String, Double> shares = new LinkedHashMap<>();
        components.forEach((component, value) -> shares.put(component, PERCENT * value / total));
        return total > 0 ? bars("Share of each component", "% of the energy", shares) : "";
    }

    private static String breakEven(List<CostRow> costs) {
        OptionalDouble rate = value(costs, CostRow.ENERGY, "break_even_spike_rate");
        if (rate.isEmpty()) {
            return "";
        }
        String measured = value(costs, CostRow.ENERGY, "spike_rate").stream()
                .mapToObj(own -> " This run: " + Numbers.readable(own) + ".")
                .findFirst()
                .orElse("");
        if (rate.getAsDouble() <= 0) {
            return "The artificial network costs less at every spike rate." + measured;
        }
        return (rate.getAsDouble() >= 1
                        ? "The spiking network costs less at every spike rate."
                        : "Both cost the same at " + Numbers.readable(rate.getAsDouble())
                                + " spikes per neuron and step.")
                + measured;
    }

    private static OptionalDouble value(List<CostRow> costs, String group, String quantity) {
        return costs.stream()
                .filter(row -> row.group().equals(group) && row.quantity().equals(quantity))
                .mapToDouble(CostRow::value)
                .filter(value -> !Double.isNaN(value))
                .findFirst();
    }

    /** Figures of one group in the order asked for, those that are known. */
    private static Map<String, Double> rows(List<CostRow> costs, String group, String... quantities) {
        Map<String, Double> rows = new LinkedHashMap<>();
        for (String quantity : quantities) {
            value(costs, group, quantity).ifPresent(value -> rows.put(quantity, value));
        }
        return rows;
    }

    private static <R> Map<String, Double> largestFirst(
            List<R> rows, Function<R, String> component, ToDoubleFunction<R> amount) {
        Map<String, Double> sums = new LinkedHashMap<>();
        rows.forEach(row -> sums.merge(component.apply(row), amount.applyAsDouble(row), Double::sum));
        Map<String, Double> ordered = new LinkedHashMap<>();
        sums.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
        return ordered;
    }

    private static String bars(String title, String axis, Map<String, Double> values) {
        List<BarChart.Bar> bars = new ArrayList<>();
        values.forEach((name, value) -> bars.add(new BarChart.Bar(
                name, List.of(new BarChart.Segment(COLOUR, value, name + ": " + Numbers.readable(value))))));
        return bars.isEmpty() ? "" : BarChart.draw(title, axis, bars);
    }
}
