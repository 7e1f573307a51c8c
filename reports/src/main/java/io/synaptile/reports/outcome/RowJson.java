/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.outcome;

import io.synaptile.reports.table.Column;
import io.synaptile.reports.table.Table;
import io.synaptile.reports.table.TableSet;
import io.synaptile.reports.table.Tables;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A run as JSON: one array per table, one object per row, keys as in the CSV header, null where nothing is available. */
public final class RowJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RowJson() {}

    /** Everything in the report. */
    public static String all(RunReport run) {
        ObjectNode root = head(run);
        run.tables().forEach(new TableSet.Taker() {
            @Override
            public <R> void take(Table<R> table, List<R> rows) {
                if (table != Tables.SUMMARY) {
                    put(root, table, rows);
                }
            }
        });
        ArrayNode manifest = root.putArray("manifest");
        for (RunReport.ManifestEntry entry : run.manifest()) {
            manifest.addObject()
                    .put("section", entry.section())
                    .put("key", entry.key())
                    .put("value", entry.value());
        }
        return JSON.writeValueAsString(root);
    }

    /** Name, design points and their summary. */
    static String summary(RunReport run) {
        return JSON.writeValueAsString(head(run));
    }

    /** Both tables of a comparison. */
    static String all(ComparisonReport report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("name", report.name());
        root.put("description", report.description());
        put(root, Tables.COMPARISON, report.rows());
        put(root, Tables.COMPARISON_HOST, report.host());
        return JSON.writeValueAsString(root);
    }

    private static ObjectNode head(RunReport run) {
        ObjectNode root = JSON.createObjectNode();
        root.put("name", run.name());
        root.put("description", run.description());
        put(root, Tables.points(run.sweptKeys()), run.points());
        put(root, Tables.SUMMARY, run.summary());
        ArrayNode software = root.putArray("software_accuracy_percent");
        run.summary()
                .forEach(row ->
                        software.add(run.resultsOf(row.point()).getFirst().softwareAccuracyPercent()));
        ArrayNode remarks = root.putArray("remarks");
        run.summary()
                .forEach(row -> ActivityRemarks.of(run, row.point())
                        .forEach(remark ->
                                remarks.addObject().put("point", row.point()).put("remark", remark)));
        return root;
    }

    private static <R> void put(ObjectNode root, Table<R> table, List<R> rows) {
        ArrayNode array = root.putArray(table.fileName().replace(".csv", ""));
        for (R row : rows) {
            ObjectNode object = array.addObject();
            for (Column<R> column : table.columns()) {
                put(object, column.metric().name(), column.value().apply(row));
            }
        }
    }

    private static void put(ObjectNode object, String name, Object value) {
        if (value instanceof Double decimal) {
            object.put(name, decimal.isNaN() ? null : decimal);
        } else if (value instanceof Integer integer) {
            object.put(name, integer);
        } else if (value instanceof Long integer) {
            object.put(name, integer);
        } else {
            object.put(name, value.toString());
        }
    }
}
