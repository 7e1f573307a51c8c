/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.html;

import io.synaptile.reports.outcome.RunReport;
import io.synaptile.reports.table.ConversionLayerRow;
import io.synaptile.reports.table.ConversionRow;
import io.synaptile.reports.table.Numbers;
import io.synaptile.reports.table.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

/**
 * How the spiking network of a design point follows the artificial one that it was converted from, for the first seed. Empty where
 * it was trained as it is.
 *
 * @param summary accuracies and the step from which nearly all of the artificial network's is reached, for each model
 * @param curves accuracy, of a few models where there are many, rate errors and residual potentials against the time step
 */
record ConversionSection(List<String> summary, String curves) {
    /** Models that are drawn, as more curves cannot be told apart. */
    private static final int DRAWN = 5;

    static ConversionSection of(RunReport run, int point) {
        List<ConversionRow> all = run.tables().rows(Tables.CONVERSION).stream()
                .filter(row -> row.point() == point)
                .toList();
        if (all.isEmpty()) {
            return new ConversionSection(List.of(), "");
        }
        long seed = all.getFirst().seed();
        SequencedMap<String, List<ConversionRow>> models = new LinkedHashMap<>();
        all.stream()
                .filter(row -> row.seed() == seed)
                .forEach(row -> models.computeIfAbsent(row.model(), _ -> new ArrayList<>())
                        .add(row));
        Map<String, List<ConversionLayerRow>> layers = new LinkedHashMap<>();
        run.tables().rows(Tables.CONVERSION_LAYERS).stream()
                .filter(row -> row.point() == point && row.seed() == seed)
                .forEach(row -> layers.computeIfAbsent(row.layer(), _ -> new ArrayList<>())
                        .add(row));
        String deployed = models.lastEntry().getKey();
        List<CurvePage.Panel> panels = new ArrayList<>();
        panels.add(new CurvePage.Panel("Accuracy", "time step", "% of all test images", accuracies(drawn(models))));
        panels.add(new CurvePage.Panel(
                "Squared rate error", "time step", "relative", byLayer(layers, ConversionLayerRow::rateError)));
        panels.add(new CurvePage.Panel(
                "Residual potential",
                "time step",
                "thresholds, mean magnitude",
                byLayer(layers, ConversionLayerRow::residualPotentialMean)));
        return new ConversionSection(
                models.entrySet().stream()
                        .map(model -> summary(
                                model.getKey(), model.getValue(), model.getKey().equals(deployed)))
                        .toList(),
                CurvePage.inPage("From activations to firing rates", panels));
    }

    /** The first model, the last, and some between. */
    private static Map<String, List<ConversionRow>> drawn(Map<String, List<ConversionRow>> models) {
        if (models.size() <= DRAWN) {
            return models;
        }
        List<String> names = List.copyOf(models.keySet());
        Map<String, List<ConversionRow>> drawn = new LinkedHashMap<>();
        for (int i = 0; i < DRAWN; i++) {
            String name = names.get(i * (names.size() - 1) / (DRAWN - 1));
            drawn.put(name, models.get(name));
        }
        return drawn;
    }

    private static List<CurvePage.Curve> accuracies(Map<String, List<ConversionRow>> models) {
        List<CurvePage.Curve> curves = new ArrayList<>();
        models.forEach((model, rows) -> {
            String name = model.isEmpty() ? "" : model + ": ";
            double[] steps = rows.stream().mapToDouble(ConversionRow::timeStep).toArray();
            int colour = curves.size();
            curves.add(CurvePage.Curve.line(
                    name + "spiking",
                    colour,
                    steps,
                    rows.stream().mapToDouble(ConversionRow::accuracyPercent).toArray()));
            curves.add(CurvePage.Curve.line(
                    name + "artificial",
                    colour + 1,
                    steps,
                    rows.stream()
                            .mapToDouble(ConversionRow::artificialAccuracyPercent)
                            .toArray()));
        });
        return curves;
    }

    private static List<CurvePage.Curve> byLayer(
            Map<String, List<ConversionLayerRow>> layers, ToDoubleFunction<ConversionLayerRow> figure) {
        List<CurvePage.Curve> curves = new ArrayList<>();
        layers.forEach((layer, rows) -> curves.add(CurvePage.Curve.line(
                layer,
                curves.size(),
                rows.stream().mapToDouble(ConversionLayerRow::timeStep).toArray(),
                rows.stream().mapToDouble(figure).toArray())));
        return curves;
    }

    private static String summary(String model, List<ConversionRow> rows, boolean deployed) {
        ConversionRow last = rows.getLast();
        OptionalInt step = ConversionRow.reachedAt(rows);
        String reached = "99 % of the artificial network's accuracy is "
                + (step.isPresent() ? "reached at step " + step.getAsInt() : "not reached");
        return (model.isEmpty() ? "" : model + (deployed ? " (deployed): " : ": ")) + "artificial network "
                + Numbers.fixed(last.artificialAccuracyPercent(), 2) + " %, spiking network "
                + Numbers.fixed(last.accuracyPercent(), 2) + " % after " + last.timeStep() + " steps with "
                + Numbers.readable(last.spikesMean()) + " spikes per image; " + reached;
    }
}
