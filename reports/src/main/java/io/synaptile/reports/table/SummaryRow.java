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
 */
public record SummaryRow(
        int point,
        int instances,
        double accuracyMeanPercent,
        double accuracySdPercent,
        double accuracyMinPercent,
        double accuracyCi95Percent,
        double energyMeanPicojoules,
        double spikesMean,
        double storageBits) {

    /**
     * Summarises the instances of one point.
     *
     * @param storageBits bits that the memory of one chip holds
     * @throws IllegalArgumentException if there are none or they belong to different points
     */
    public static SummaryRow of(List<ResultRow> instances, double storageBits) {
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
                storageBits);
    }

    private static Statistics statistics(List<ResultRow> rows, ToDoubleFunction<ResultRow> value) {
        return Statistics.of(rows.stream().mapToDouble(value).toArray());
    }
}
