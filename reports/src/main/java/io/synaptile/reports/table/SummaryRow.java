/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

import io.synaptile.reports.statistics.Statistics;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One design point over all its chip instances.
 *
 * @param accuracySdPercent sample standard deviation, NaN for one instance
 * @param accuracyCi95Percent half width of the 95 % confidence interval of the mean, NaN for one instance
 * @param storageBits bits that the memory of one chip holds
 * @param timeStepsUsedMean steps that a sample ran until it stopped
 * @param yieldAtPercent accuracy that a chip needs, NaN if none is asked for
 * @param yieldPercent share of the chips with that accuracy or more, NaN if none is asked for
 * @param leakage for the time of one inference
 * @param conditions of the chips
 */
public record SummaryRow(
        @Cell(name = "point", label = "Point") int point,
        @Cell(name = "instances", label = "Instances") int instances,

        @Cell(name = "accuracy_mean_percent", label = "Accuracy, mean", unit = "%")
        double accuracyMeanPercent,

        @Cell(name = "accuracy_sd_percent", label = "Accuracy, sd", unit = "%")
        double accuracySdPercent,

        @Cell(name = "accuracy_min_percent", label = "Accuracy, min", unit = "%")
        double accuracyMinPercent,

        @Cell(name = "accuracy_ci95_percent", label = "Accuracy, 95 % interval \u00b1", unit = "%")
        double accuracyCi95Percent,

        @Cell(name = "energy_mean_pJ", label = "Energy, mean", unit = "pJ")
        double energyMeanPicojoules,

        @Cell(name = "spikes_mean", label = "Spikes, mean") double spikesMean,

        @Cell(name = "storage_bits", label = "Storage", unit = "bits")
        double storageBits,

        @Cell(name = "time_steps_used_mean", label = "Time steps used, mean")
        double timeStepsUsedMean,

        @Cell(name = "yield_at_percent", label = "Accuracy needed", unit = "%")
        double yieldAtPercent,

        @Cell(name = "yield_percent", label = "Yield", unit = "%")
        double yieldPercent,

        Leakage leakage,
        ChipConditions conditions) {

    /**
     * Summarises the instances of one point.
     *
     * @param storageBits bits that the memory of one chip holds
     * @param yieldAtPercent accuracy that a chip needs, NaN if none is asked for
     * @param leakage mean over the instances
     * @param conditions of all instances
     * @throws IllegalArgumentException if there are none or they belong to different points
     */
    public static SummaryRow of(
            List<ResultRow> instances,
            double storageBits,
            double yieldAtPercent,
            Leakage leakage,
            ChipConditions conditions) {
        Statistics accuracy = statistics(instances, ResultRow::accuracyPercent);
        int point = instances.getFirst().point();
        for (ResultRow row : instances) {
            if (row.point() != point) {
                throw new IllegalArgumentException(
                        "a summary of point " + point + " got a row of point " + row.point());
            }
        }
        return new SummaryRow(
                point,
                instances.size(),
                accuracy.mean(),
                accuracy.sd(),
                accuracy.min(),
                accuracy.ci95HalfWidth(),
                statistics(instances, ResultRow::energyPicojoules).mean(),
                statistics(instances, ResultRow::spikesPerInference).mean(),
                storageBits,
                statistics(instances, ResultRow::timeStepsUsed).mean(),
                yieldAtPercent,
                yieldPercent(instances, yieldAtPercent),
                leakage,
                conditions);
    }

    private static double yieldPercent(List<ResultRow> instances, double needed) {
        if (Double.isNaN(needed)) {
            return Double.NaN;
        }
        long good = instances.stream()
                .filter(chip -> chip.accuracyPercent() >= needed)
                .count();
        return 100.0 * good / instances.size();
    }

    private static Statistics statistics(List<ResultRow> rows, ToDoubleFunction<ResultRow> value) {
        return Statistics.of(rows.stream().mapToDouble(value).toArray());
    }
}
