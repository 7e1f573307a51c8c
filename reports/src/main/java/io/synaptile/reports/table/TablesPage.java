/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

import java.util.List;
import java.util.Locale;

/** The page of the documentation that lists every table and column of a run folder. */
public final class TablesPage {
    private TablesPage() {}

    /** Markdown, with a line feed at its end. */
    public static String markdown() {
        StringBuilder page = new StringBuilder("""
                # Tables of a run folder

                Generated from the records of `io.synaptile.reports.table`; do not edit, a test compares. A sweep's folder has the same tables
                for all its points, and `points.csv` with a column per swept key. An empty field is a quantity that does not exist there.
                """);
        Tables.ofRuns().forEach(table -> append(table, page));
        append(Tables.CELLS, page);
        append(Tables.points(List.of()), page);
        append(Tables.COMPARISON, page);
        append(Tables.COMPARISON_HOST, page);
        return page.toString();
    }

    private static void append(Table<?> table, StringBuilder page) {
        page.append("\n## ").append(table.fileName()).append("\n\nOne row per ").append(table.rows());
        page.append(".\n\n| column | what | unit | type |\n|---|---|---|---|\n");
        for (Column<?> column : table.columns()) {
            Metric metric = column.metric();
            page.append("| `")
                    .append(metric.name())
                    .append("` | ")
                    .append(metric.label())
                    .append(" | ")
                    .append(metric.unit())
                    .append(" | ")
                    .append(metric.type().name().toLowerCase(Locale.ROOT))
                    .append(" |\n");
        }
    }
}
