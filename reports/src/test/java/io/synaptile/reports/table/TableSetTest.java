/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableSetTest {
    private static final MetricRow METRIC = new MetricRow(0, "footprint", "bytes", 3);

    @Test
    void rowsAreThoseOfTheirTable() {
        TableSet set =
                new TableSet.Builder().put(Tables.METRICS, List.of(METRIC)).build();
        assertThat(set.rows(Tables.METRICS)).containsExactly(METRIC);
        assertThat(set.rows(Tables.RESULTS)).isEmpty();
        assertThat(set.with(Tables.METRICS, List.of()).rows(Tables.METRICS)).isEmpty();
        assertThat(TableSet.joined(List.of(set, set)).rows(Tables.METRICS)).containsExactly(METRIC, METRIC);
        assertThatThrownBy(() ->
                        new TableSet.Builder().put(Tables.METRICS, List.of()).put(Tables.METRICS, List.of()))
                .hasMessage("metrics.csv is there already");
    }

    @Test
    void everyTableOfARunIsReadBackAsItWasWritten() {
        Tables.ofRuns().forEach(TableSetTest::readBack);
    }

    /** Cells as text that differ, so that no column can stand for another. */
    private static <R> void readBack(Table<R> table) {
        Map<String, String> cells = new HashMap<>();
        for (Column<R> column : table.columns()) {
            String number = Integer.toString(cells.size() + 1);
            boolean word = column.metric().type() == Metric.Type.TEXT;
            cells.put(column.metric().name(), word ? "text" + number : number);
        }
        cells.computeIfPresent("leakage_counted", (_, _) -> "within");
        R row = table.reader().orElseThrow().read(cells::get);
        String[] lines = CsvReport.text(table, List.of(row)).split("\n", -1);
        assertThat(lines[0]).isEqualTo(String.join(",", table.names()));
        assertThat(lines[1])
                .isEqualTo(
                        String.join(",", table.names().stream().map(cells::get).toList()));
    }

    @Test
    void aCellOfAnotherTypeIsRefused() {
        Map<String, String> cells = Map.of("point", "one", "metric", "m", "unit", "", "value", "1");
        assertThatThrownBy(() -> Tables.METRICS.reader().orElseThrow().read(cells::get))
                .isInstanceOf(NumberFormatException.class)
                .hasMessageContaining("one");
    }
}
