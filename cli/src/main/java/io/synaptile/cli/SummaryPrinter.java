/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.cli.experiment.RunSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Prints what a command found, as a table for people or as JSON for programs. */
final class SummaryPrinter {
    private SummaryPrinter() {}

    static void print(RunSummary summary, Path runFolder, boolean json, PrintWriter out) {
        Map<String, Object> values = new LinkedHashMap<>(summary.values());
        values.put("run_folder", runFolder.toString());
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(values));
            return;
        }
        int width = values.keySet().stream().mapToInt(String::length).max().orElse(0);
        values.forEach((name, value) -> out.printf("%-" + width + "s  %s%n", name, text(value)));
    }

    private static String text(Object value) {
        return value instanceof Double number ? compact(number) : String.valueOf(value);
    }

    /** Four significant digits or two decimals, whichever shows more. */
    private static String compact(double value) {
        double magnitude = Math.abs(value);
        return magnitude != 0 && magnitude < 0.1
                ? String.format(Locale.ROOT, "%.4g", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
