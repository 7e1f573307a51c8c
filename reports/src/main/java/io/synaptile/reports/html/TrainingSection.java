/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.html;

import io.synaptile.reports.outcome.RunReport;
import io.synaptile.reports.statistics.Statistics;
import io.synaptile.reports.table.Numbers;
import io.synaptile.reports.table.SeedRow;
import io.synaptile.reports.table.Tables;
import io.synaptile.reports.table.TrainingLayerRow;
import io.synaptile.reports.table.TrainingRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * How the network of a design point was trained. Empty where the run folder is of a version that did not say.
 *
 * @param curves loss and accuracy of every seed; firing rates, gradients and zeros by layer for the first seed
 */
record TrainingSection(String curves, HtmlTable epochs, String spread, HtmlTable seeds) {
    static TrainingSection of(RunReport run, int point) {
        List<TrainingRow> epochs = run.tables().rows(Tables.TRAINING).stream()
                .filter(row -> row.point() == point)
                .toList();
        long first = epochs.isEmpty() ? 0 : epochs.getFirst().seed();
        List<TrainingLayerRow> layers = run.tables().rows(Tables.TRAINING_LAYERS).stream()
                .filter(row -> row.point() == point && row.seed() == first)
                .toList();
        List<SeedRow> seeds = run.tables().rows(Tables.SEEDS).stream()
                .filter(row -> row.point() == point)
                .toList();
        return new TrainingSection(
                epochs.isEmpty() ? "" : draw(epochs, layers),
                HtmlTable.of(Tables.TRAINING, epochs, false),
                spread(seeds),
                HtmlTable.of(Tables.SEEDS, seeds, false));
    }

    /** Mean and deviation over the trainings, empty where there is one. */
    private static String spread(List<SeedRow> seeds) {
        if (seeds.size() < 2) {
            return "";
        }
        String software = spread(seeds, SeedRow::testAccuracyPercent);
        return seeds.size() + " trainings that differ by their seed: software accuracy on all test images " + software
                + (seeds.stream().allMatch(row -> row.chips() > 0)
                        ? ", deployed accuracy " + spread(seeds, SeedRow::accuracyMeanPercent)
                        : "")
                + " (mean \u00b1 standard deviation). All else on this page is of the first.";
    }

    private static String spread(List<SeedRow> seeds, ToDoubleFunction<SeedRow> figure) {
        return Statistics.ofKnown(seeds.stream().mapToDouble(figure).toArray())
                .map(all -> Numbers.fixed(all.mean(), 2) + " \u00b1 " + Numbers.fixed(all.sd(), 2) + " %")
                .orElse("not known");
    }

    private static String draw(List<TrainingRow> epochs, List<TrainingLayerRow> layers) {
        List<CurvePage.Panel> panels = new ArrayList<>();
        Map<Long, List<TrainingRow>> seeds = groups(epochs, TrainingRow::seed);
        List<CurvePage.Curve> losses = new ArrayList<>();
        List<CurvePage.Curve> accuracies = new ArrayList<>();
        seeds.forEach((seed, own) -> {
            String name = seeds.size() == 1 ? "" : "seed " + seed + ": ";
            int colour = seeds.size() == 1 ? 0 : losses.size();
            losses.add(curve(name + "loss", colour, own, TrainingRow::epoch, TrainingRow::loss));
            if (seeds.size() == 1) {
                accuracies.add(curve("in training", 1, own, TrainingRow::epoch, TrainingRow::trainAccuracyPercent));
            }
            accuracies.add(curve(
                    name + "after the epoch", colour, own, TrainingRow::epoch, TrainingRow::validationAccuracyPercent));
        });
        panels.add(new CurvePage.Panel("Loss", "epoch", "mean of the training images", losses));
        panels.add(new CurvePage.Panel("Accuracy", "epoch", "%", accuracies));
        byLayer(panels, "Firing rate", "spikes per neuron and time step", layers, TrainingLayerRow::firingRate);
        byLayer(
                panels,
                "Gradients of weights",
                "norm, mean of the batches",
                weights(layers),
                TrainingLayerRow::gradientNorm);
        if (layers.stream().anyMatch(row -> isWeight(row) && row.zerosPercent() > 0)) {
            byLayer(panels, "Weights that are 0", "%", weights(layers), TrainingLayerRow::zerosPercent);
        }
        return CurvePage.inPage("Course of the training", panels);
    }

    private static List<TrainingLayerRow> weights(List<TrainingLayerRow> layers) {
        return layers.stream().filter(TrainingSection::isWeight).toList();
    }

    private static boolean isWeight(TrainingLayerRow row) {
        return row.parameter().equals("weight");
    }

    /** A panel with a curve per layer that has the figure. */
    private static void byLayer(
            List<CurvePage.Panel> panels,
            String title,
            String unit,
            List<TrainingLayerRow> rows,
            ToDoubleFunction<TrainingLayerRow> figure) {
        List<CurvePage.Curve> curves = new ArrayList<>();
        groups(
                        rows.stream()
                                .filter(row -> !Double.isNaN(figure.applyAsDouble(row)))
                                .toList(),
                        TrainingLayerRow::layer)
                .forEach((layer, own) -> curves.add(curve(layer, curves.size(), own, TrainingLayerRow::epoch, figure)));
        if (!curves.isEmpty()) {
            panels.add(new CurvePage.Panel(title, "epoch", unit, curves));
        }
    }

    private static <R, K> SequencedMap<K, List<R>> groups(List<R> rows, Function<R, K> key) {
        SequencedMap<K, List<R>> groups = new LinkedHashMap<>();
        rows.forEach(row ->
                groups.computeIfAbsent(key.apply(row), _ -> new ArrayList<>()).add(row));
        return groups;
    }

    /** A line, or a dot where there is one epoch. */
    private static <R> CurvePage.Curve curve(
            String name, int colour, List<R> rows, ToDoubleFunction<R> x, ToDoubleFunction<R> y) {
        double[] at = rows.stream().mapToDouble(x).toArray();
        double[] values = rows.stream().mapToDouble(y).toArray();
        return rows.size() == 1
                ? CurvePage.Curve.dots(name, colour, at, values)
                : CurvePage.Curve.line(name, colour, at, values);
    }
}
