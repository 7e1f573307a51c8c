/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.reports.statistics.Statistics;
import io.synaptile.reports.table.ConversionRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.TreeMap;

/** What a conversion kept of the artificial network's accuracy, without hardware. */
final class ConversionFigures {
    private ConversionFigures() {}

    /**
     * By name with unit; empty where nothing was converted. Of several saved models the last, of several trainings the first, with
     * mean and deviation of the artificial network over them.
     */
    static SequencedMap<String, Object> entries(List<ConversionRow> rows) {
        SequencedMap<String, Object> entries = new LinkedHashMap<>();
        if (rows.isEmpty()) {
            return entries;
        }
        long first = rows.getFirst().seed();
        List<ConversionRow> own =
                rows.stream().filter(row -> row.seed() == first).toList();
        String model = own.getLast().model();
        List<ConversionRow> shown =
                own.stream().filter(row -> row.model().equals(model)).toList();
        ConversionRow last = shown.getLast();
        entries.put("artificial_accuracy_percent", last.artificialAccuracyPercent());
        OptionalInt step = ConversionRow.reachedAt(shown);
        entries.put(
                "steps_to_99_percent_of_artificial",
                step.isPresent() ? (Object) step.getAsInt() : "not reached in " + last.timeStep());
        TreeMap<Long, Double> bySeed = new TreeMap<>();
        rows.forEach(row -> bySeed.put(row.seed(), row.artificialAccuracyPercent()));
        if (bySeed.size() > 1) {
            Statistics spread = Statistics.of(
                    bySeed.values().stream().mapToDouble(Double::doubleValue).toArray());
            entries.put("seeds_artificial_accuracy_mean_percent", spread.mean());
            entries.put("seeds_artificial_accuracy_sd_percent", spread.sd());
        }
        return entries;
    }
}
