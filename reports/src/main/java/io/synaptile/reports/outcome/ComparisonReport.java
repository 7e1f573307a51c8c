/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.outcome;

import io.synaptile.reports.table.ComparisonHostRow;
import io.synaptile.reports.table.ComparisonRow;
import io.synaptile.reports.table.Numbers;
import io.synaptile.reports.table.TableSet;
import io.synaptile.reports.table.Tables;
import java.util.ArrayList;
import java.util.List;

/**
 * Candidates of a comparison on the same chips.
 *
 * @param name of the experiment
 * @param description one line: data set and device
 * @param rows candidate by candidate, each with all amounts of variation
 * @param host one row per candidate
 */
public record ComparisonReport(
        String name, String description, List<ComparisonRow> rows, List<ComparisonHostRow> host) {
    private static final int DECIMALS = 2;

    public ComparisonReport {
        rows = List.copyOf(rows);
        host = List.copyOf(host);
    }

    /** Names of the candidates. */
    public List<String> methods() {
        return rows.stream().map(ComparisonRow::method).distinct().toList();
    }

    /** Rows of one candidate. */
    public List<ComparisonRow> of(String method) {
        return rows.stream().filter(row -> row.method().equals(method)).toList();
    }

    /** Both tables. */
    public TableSet tables() {
        return new TableSet.Builder()
                .put(Tables.COMPARISON, rows)
                .put(Tables.COMPARISON_HOST, host)
                .build();
    }

    /** Both tables as one JSON object on one line. */
    public String json() {
        return RowJson.all(this);
    }

    /** Aligned text for a terminal, lines ending in a line feed. */
    public String text() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of(
                "method",
                "variation",
                "T",
                "n",
                "software %",
                "deployed %",
                "sd",
                "repaired %",
                "sd",
                "spikes/inf",
                "synops/inf",
                "energy pJ/inf",
                "latency ns",
                "tiles",
                "sparsity %"));
        for (ComparisonRow row : rows) {
            lines.add(List.of(
                    row.method(),
                    Numbers.readable(row.scale()),
                    Integer.toString(row.timeSteps()),
                    Integer.toString(row.chips()),
                    Numbers.fixed(row.softwareAccuracyPercent(), DECIMALS),
                    Numbers.fixed(row.accuracyMeanPercent(), DECIMALS),
                    Numbers.fixed(row.accuracySdPercent(), DECIMALS),
                    Numbers.fixed(row.repairedAccuracyMeanPercent(), DECIMALS),
                    Numbers.fixed(row.repairedAccuracySdPercent(), DECIMALS),
                    Numbers.fixed(row.spikesMean(), 1),
                    Numbers.fixed(row.synapticOperationsMean(), 0),
                    Numbers.fixed(row.energyMeanPicojoules(), 1),
                    Numbers.fixed(row.latencyNanoseconds(), 1),
                    Integer.toString(row.tiles()),
                    Numbers.fixed(row.weightSparsityPercent(), 1)));
        }
        return name + ": " + description + '\n' + AlignedText.of(lines);
    }
}
