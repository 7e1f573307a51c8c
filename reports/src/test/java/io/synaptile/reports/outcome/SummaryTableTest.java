/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.reports.table.Tables;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SummaryTableTest {
    @Test
    void columnsLineUp() {
        List<String> lines = SummaryTable.text(SampleRun.of(3, 5)).lines().toList();

        assertThat(lines).hasSize(5);
        assertThat(lines.getFirst()).startsWith("digits-rram: vgg5 at T = 8");
        assertThat(lines.subList(1, 5))
                .extracting(String::length)
                .containsOnly(lines.get(1).length());
        assertThat(lines.get(3)).startsWith("bits=5, scale=0.5  5");
    }

    @Test
    void oneInstanceHasNoSpread() {
        RunReport run = SampleRun.of(1, 1);
        assertThat(SummaryTable.text(run).lines().toList().getLast())
                .startsWith("point 0")
                .contains(" - ")
                .contains("63542.1          1234.0    127084.3")
                .endsWith("1.25");
        JsonNode row = JsonMapper.shared()
                .readTree(SummaryTable.json(run))
                .get("summary")
                .get(0);
        assertThat(row.get("accuracy_sd_percent").isNull()).isTrue();
        assertThat(row.get("energy_mean_pJ").doubleValue()).isEqualTo(63542.125);
    }

    @Test
    void resultsWithoutSummaryAreRefused() {
        RunReport run = SampleRun.of(2, 2);
        assertThatThrownBy(() -> new RunReport(
                        run.subject(),
                        run.sweptKeys(),
                        run.points(),
                        run.tables().with(Tables.SUMMARY, run.summary().subList(0, 1)),
                        run.tile(),
                        run.sources(),
                        run.manifest(),
                        run.remarks()))
                .hasMessage("point 1 has results but no summary");
    }
}
