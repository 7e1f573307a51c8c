/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.reports.statistics.Statistics;
import io.synaptile.reports.table.SeedRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

/** Mean and standard deviation over trainings that differ by their seed. */
final class SeedSpread {
    private SeedSpread() {}

    /** By name with unit; empty where there is one training. */
    static SequencedMap<String, Object> entries(List<SeedRow> seeds) {
        SequencedMap<String, Object> entries = new LinkedHashMap<>();
        if (seeds.size() > 1) {
            entries.put("seeds", seeds.size());
            put(entries, "seeds_test_accuracy", seeds, SeedRow::testAccuracyPercent);
            if (seeds.stream().allMatch(row -> row.chips() > 0)) {
                put(entries, "seeds_accuracy", seeds, SeedRow::accuracyMeanPercent);
            }
        }
        return entries;
    }

    private static void put(
            SequencedMap<String, Object> entries, String name, List<SeedRow> seeds, ToDoubleFunction<SeedRow> figure) {
        Statistics.ofKnown(seeds.stream().mapToDouble(figure).toArray()).ifPresent(spread -> {
            entries.put(name + "_mean_percent", spread.mean());
            entries.put(name + "_sd_percent", spread.sd());
        });
    }
}
