/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.stage.RunSummary;
import io.synaptile.reports.outcome.RunReport;
import io.synaptile.reports.outcome.SummaryTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Prints what a command found, as a table for people or as JSON for programs. */
final class SummaryPrinter {
    private SummaryPrinter() {}

    static void print(RunSummary summary, Path runFolder, boolean json, PrintWriter out) {
        Optional<RunReport> report = summary.tables();
        if (json) {
            Map<String, Object> values = new LinkedHashMap<>(summary.entries());
            values.put("run_folder", runFolder.toString());
            report.ifPresent(run -> values.put("report", JsonMapper.shared().readTree(SummaryTable.json(run))));
            summary.comparison()
                    .ifPresent(all -> values.put("report", JsonMapper.shared().readTree(all.json())));
            out.println(JsonMapper.shared().writeValueAsString(values));
            return;
        }
        report.ifPresent(run -> {
            out.print(SummaryTable.text(run));
            out.println();
        });
        summary.comparison().ifPresent(all -> {
            out.print(all.text());
            out.println();
        });
        Map<String, Object> values = new LinkedHashMap<>(summary.entries());
        values.put("run_folder", runFolder.toString());
        int width = values.keySet().stream().mapToInt(String::length).max().orElse(0);
        values.forEach((name, value) -> out.printf(Locale.ROOT, "%-" + width + "s  %s%n", name, text(value)));
        out.flush();
    }

    private static String text(Object value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.2f", number) : String.valueOf(value);
    }
}
