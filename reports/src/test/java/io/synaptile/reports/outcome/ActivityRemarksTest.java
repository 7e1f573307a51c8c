/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.reports.table.ChipConditions;
import io.synaptile.reports.table.LayerRow;
import io.synaptile.reports.table.Leakage;
import io.synaptile.reports.table.ResultRow;
import io.synaptile.reports.table.SummaryRow;
import io.synaptile.reports.table.TableSet;
import io.synaptile.reports.table.Tables;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActivityRemarksTest {
    private static LayerRow layer(String name, double rate, int silent, int saturated) {
        return new LayerRow(
                0,
                name,
                "dense",
                0,
                rate,
                0,
                0,
                Double.NaN,
                0,
                0,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                0,
                silent,
                saturated);
    }

    /** Chips with these spikes per inference. */
    private static RunReport run(List<LayerRow> layers, double... spikes) {
        List<ResultRow> chips = new ArrayList<>();
        for (int chip = 0; chip < spikes.length; chip++) {
            chips.add(new ResultRow(0, chip, 1, 1, 10, 10, spikes[chip], 0, 0, 0, 0, Double.NaN, 1, 60));
        }
        return new RunReport(
                new RunReport.Subject("r", "d", List.of()),
                List.of(),
                List.of(),
                new TableSet.Builder()
                        .put(Tables.RESULTS, chips)
                        .put(
                                Tables.SUMMARY,
                                List.of(SummaryRow.of(
                                        chips, 0, Double.NaN, Leakage.of(Double.NaN, false), ChipConditions.FRESH)))
                        .put(Tables.LAYERS, layers)
                        .build(),
                new RunReport.TileShape(1, 1),
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void aNetworkThatFiresHasNone() {
        RunReport run = run(List.of(layer("fc1", 0.5, 0, 0), layer("fc2", Double.NaN, 0, 0)), 3, 4);
        assertThat(ActivityRemarks.of(run, 0)).isEmpty();
        assertThat(ActivityRemarks.of(SampleRun.of(2, 3), 1)).isEmpty();
    }

    @Test
    void aLayerThatFiresNoSpikeIsNamedOnTheConsoleAndInJson() {
        RunReport run = run(List.of(layer("fc1", 0, 1, 0), layer("fc2", Double.NaN, 0, 0)), 0);
        assertThat(ActivityRemarks.of(run, 0)).containsExactly("layer fc1 fired no spike in 60 images");
        assertThat(SummaryTable.text(run)).endsWith("\nlayer fc1 fired no spike in 60 images\n");
        assertThat(SummaryTable.json(run))
                .contains("\"remarks\":[{\"point\":0,\"remark\":\"layer fc1 fired no spike in 60 images\"}]");
    }

    @Test
    void layersAreTakenTogetherAndChipsCounted() {
        RunReport run = run(
                List.of(
                        layer("conv1", 0.1, 1, 0),
                        layer("fc1", 0.1, 1, 0),
                        layer("fc2", 1, 0, 3),
                        layer("fc3", 0.3, 0, 2)),
                0,
                5,
                6);
        assertThat(ActivityRemarks.of(run, 0))
                .containsExactly(
                        "layers conv1, fc1 fired no spike in 60 images on 1 of 3 chips",
                        "layer fc2 fired all its neurons at every step of 60 images",
                        "layer fc3 fired all its neurons at every step of 60 images on 2 of 3 chips",
                        "chip 0 fired no spike in 60 images");
    }
}
