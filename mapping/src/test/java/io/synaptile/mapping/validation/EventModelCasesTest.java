/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.validation;

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
import org.junit.jupiter.params.provider.MethodSource;

/** Validation of the whole path against the reference cases; the recipe is in the README beside the file. */
class EventModelCasesTest {
    @ParameterizedTest
    @MethodSource("cases")
    void everyCountIsExactAndEveryEnergyAgrees(ReferenceCase row) {
        assertThat(EventModelCases.check(row)).hasSize(23).allMatch(Checked::passes);
    }

    @Test
    void anotherPairOfStreamsGivesOtherCounts() {
        ReferenceCase row = cases().getFirst();
        assertThat(EventModelCases.check(with(row, "seed", "202")))
                .filteredOn(checked -> !checked.passes())
                .extracting(Checked::column)
                .contains("spikes", "eff_acs", "row_activations", "cell_pJ", "total_pJ");
    }

    @Test
    void onlyTheDifferentialPairIsRecomputed() {
        ReferenceCase row = cases().getFirst();
        assertThatThrownBy(() -> EventModelCases.check(with(row, "planes", "1")))
                .hasMessage("case ev1: planes must be 2, a differential pair, got 1");
    }

    private static ReferenceCase with(ReferenceCase row, String column, String text) {
        Map<String, String> columns = new HashMap<>(row.columns());
        columns.put(column, text);
        return new ReferenceCase(columns);
    }

    static List<ReferenceCase> cases() {
        return ReferenceTable.included("validation_event_model.csv");
    }
}
