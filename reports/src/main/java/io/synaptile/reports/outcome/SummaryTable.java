/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.outcome;

import io.synaptile.reports.table.ChipConditions;
import io.synaptile.reports.table.CostRow;
import io.synaptile.reports.table.Leakage;
import io.synaptile.reports.table.Numbers;
import io.synaptile.reports.table.ResultRow;
import io.synaptile.reports.table.SummaryRow;
import java.util.ArrayList;
import java.util.List;

/** The closing summary of a run: one line per design point. */
public final class SummaryTable {
    private static final int DECIMALS = 2;

    private SummaryTable() {}

    /** Aligned text for a terminal, lines ending in a line feed; below it what is remarkable about the activity. */
    public static String text(RunReport run) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of(
                "point",
                "n",
                "software %",
                "deployed %",
                "sd",
                "min",
                "95 % ci",
                "spikes/inf",
                "energy pJ/inf",
                "leakage pJ/inf",
                "ann pJ/inf",
                "latency ns",
                "tiles",
                "used %",
                "area mm2"));
        for (SummaryRow row : run.summary()) {
            ResultRow first = run.resultsOf(row.point()).getFirst();
            lines.add(List.of(
                    run.labelOf(row.point()),
                    Integer.toString(row.instances()),
                    Numbers.fixed(first.softwareAccuracyPercent(), DECIMALS),
                    Numbers.fixed(row.accuracyMeanPercent(), DECIMALS),
                    Numbers.fixed(row.accuracySdPercent(), DECIMALS),
                    Numbers.fixed(row.accuracyMinPercent(), DECIMALS),
                    Numbers.fixed(row.accuracyCi95Percent(), DECIMALS),
                    Numbers.fixed(row.spikesMean(), 1),
                    Numbers.fixed(row.energyMeanPicojoules(), 1),
                    leakage(row.leakage()),
                    Numbers.fixed(run.cost(row.point(), CostRow.ENERGY, "quantised_ann"), 1),
                    Numbers.fixed(meanLatency(run.resultsOf(row.point())), 1),
                    Integer.toString(first.tiles()),
                    Numbers.fixed(first.tileUtilisationPercent(), 1),
                    Numbers.readable(run.cost(row.point(), CostRow.AREA, "chip"))));
        }
        StringBuilder text = new StringBuilder();
        text.append(run.name())
                .append(": ")
                .append(run.description())
                .append('\n')
                .append(AlignedText.of(lines));
        for (SummaryRow row : run.summary()) {
            String point = run.summary().size() == 1 ? "" : run.labelOf(row.point()) + ": ";
            if (!row.conditions().equals(ChipConditions.FRESH)) {
                text.append(point).append(conditions(row.conditions())).append('\n');
            }
            ActivityRemarks.of(run, row.point())
                    .forEach(remark -> text.append(point).append(remark).append('\n'));
        }
        return text.toString();
    }

    /** Said of chips that are not as they were when they had just been programmed, which nobody should overlook. */
    private static String conditions(ChipConditions chips) {
        return "chips at an age of " + Numbers.exact(chips.ageSeconds()) + " s and " + Numbers.exact(chips.kelvin())
                + " K";
    }

    /** The same as one JSON object on one line. */
    public static String json(RunReport run) {
        return RowJson.summary(run);
    }

    /** The energy beside the dynamic one, or what to make of it. */
    private static String leakage(Leakage leakage) {
        return switch (leakage.counted()) {
            case BESIDE -> Numbers.fixed(leakage.meanPicojoules(), 1);
            case WITHIN -> Numbers.fixed(leakage.meanPicojoules(), 1) + " within";
            case NO_SOURCE -> leakage.counted().word();
        };
    }

    private static double meanLatency(List<ResultRow> rows) {
        return rows.stream()
                .mapToDouble(ResultRow::chipLatencyNanoseconds)
                .average()
                .orElse(Double.NaN);
    }
}
