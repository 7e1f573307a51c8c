/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.validation.Checked;
import io.synaptile.devices.validation.ReferenceCase;
import io.synaptile.devices.validation.ReferenceTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IrDropCasesTest {
    private static final List<ReferenceCase> ROWS = ReferenceTable.included("validation_irdrop.csv");

    private static ReferenceCase with(ReferenceCase row, String column, String text) {
        Map<String, String> columns = new HashMap<>(row.columns());
        columns.put(column, text);
        return new ReferenceCase(columns);
    }

    @Test
    void everyReferenceCurrentIsReproduced() {
        assertThat(ROWS).hasSize(204).extracting(row -> row.text("topology")).contains("A", "B", "Z");
        assertThat(new IrDropCases().exact(ROWS)).hasSize(408).allMatch(Checked::passes);
    }

    @Test
    void onePassIsGoodToTheSquareOfTheDrop() {
        assertThat(new IrDropCases().onePass(ROWS))
                .hasSize(5)
                .allMatch(Checked::passes)
                .allSatisfy(mean -> assertThat(mean.relativeError()).isPositive());
    }

    @Test
    void aWrongCurrentFails() {
        assertThat(new IrDropCases().exact(List.of(with(ROWS.getFirst(), "i_solved_A", "1.5371703889645443e-05"))))
                .filteredOn(one -> !one.passes())
                .extracting(Checked::column)
                .containsExactly("i_solved_A");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "topology|Q|case A8x4: topology must be A, Z or B, which have one cell, got Q",
                "r_on_ohm|0|case A8x4: r_on_ohm must be above 0, got 0",
                "v_read|NaN|case A8x4: v_read must be a finite number, got 'NaN'",
                "levels|many|case A8x4: levels must be a number, got 'many'",
                "levels|1|case A8x4: levels must be a whole number from 2 to 1073741824, got 1",
                "column|4|case A8x4: column must be a whole number from 0 to 3, got 4"
            })
    void malformedRowsAreNamed(String column, String text, String message) {
        assertThatThrownBy(() -> new IrDropCases().exact(List.of(with(ROWS.getFirst(), column, text))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
