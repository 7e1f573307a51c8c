/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CsvReportTest {
    private static final ResultRow ROW =
            new ResultRow(0, 3, 42L, 8, 95.5, 97, 1234.5, 0.1 + 0.2, 1e7, 1840, 12, 61.25, 7.5, 60);
    private static final Leakage LEAKAGE = Leakage.of(2e6, false);

    /** These are the columns that users' scripts rely on; changing them breaks the scripts. */
    @Test
    void columnsAreThoseOfTheContract() {
        assertThat(String.join(",", Tables.RESULTS.names()))
                .isEqualTo("point,instance,seed,time_steps,accuracy_percent,software_accuracy_percent,"
                        + "spikes_per_inference,synaptic_ops_per_inference,energy_pJ,chip_latency_ns,tiles,"
                        + "tile_utilisation_percent,time_steps_used,images");
        assertThat(String.join(",", Tables.SUMMARY.names()))
                .isEqualTo("point,instances,accuracy_mean_percent,accuracy_sd_percent,accuracy_min_percent,"
                        + "accuracy_ci95_percent,energy_mean_pJ,spikes_mean,storage_bits,time_steps_used_mean,"
                        + "yield_at_percent,yield_percent,leakage_mean_pJ,leakage_counted,age_s,temperature_K");
        assertThat(String.join(",", Tables.STEPS.names()))
                .isEqualTo("point,time_step,accuracy_mean_percent,energy_mean_pJ");
        assertThat(String.join(",", Tables.LAYERS.names()))
                .isEqualTo("point,layer,kind,spikes_per_inference,spike_rate,synaptic_ops_per_inference,tiles,"
                        + "utilisation_percent,energy_pJ,storage_bits,sram_storage_bits,"
                        + "sram_element_sparsity_percent,sram_group_sparsity_percent,hops_per_event,"
                        + "silent_instances,saturated_instances");
        assertThat(String.join(",", Tables.ENERGY.names())).isEqualTo("point,layer,component,energy_pJ,node_nm,scaled");
        assertThat(String.join(",", Tables.ENERGY_EVENTS.names()))
                .isEqualTo(
                        "point,layer,component,event,count,unit_energy_pJ,energy_pJ,node_nm,scaled,derivation,source");
        assertThat(String.join(",", Tables.COST.names())).isEqualTo("point,group,quantity,unit,value");
        assertThat(String.join(",", Tables.AREA.names()))
                .isEqualTo("point,layer,component,count,area_um2,node_nm,scaled,source");
        assertThat(String.join(",", Tables.TILES.names()))
                .isEqualTo(
                        "point,layer,tile,row_tile,column_tile,rows,columns,cells_used,memory,copy,pe,chip_tile,mesh_x,mesh_y,"
                                + "utilisation_percent");
        assertThat(String.join(",", Tables.CHIP.names()))
                .isEqualTo("point,chip_tile,mesh_x,mesh_y,mesh_columns,mesh_rows,layers,arrays,arrays_there,cells_used,"
                        + "utilisation_percent");
        assertThat(String.join(",", Tables.LATENCY.names())).isEqualTo("point,kind,statistic,value");
        assertThat(Tables.points(List.of("hardware.readout.bits")).names())
                .containsExactly("point", "hardware.readout.bits");
    }

    @Test
    void rowsAreWrittenExactlyUnderEveryLocale() {
        Locale before = Locale.getDefault();
        String text;
        try {
            Locale.setDefault(Locale.GERMANY);
            text = CsvReport.text(Tables.RESULTS, List.of(ROW));
        } finally {
            Locale.setDefault(before);
        }
        assertThat(text)
                .isEqualTo(String.join(",", Tables.RESULTS.names())
                        + "\n0,3,42,8,95.5,97,1234.5,0.30000000000000004,10000000,1840,12,61.25,7.5,60\n");
    }

    @Test
    void missingValuesAreEmptyAndTextIsQuoted() {
        String text = CsvReport.text(
                Tables.LAYERS,
                List.of(new LayerRow(
                        0,
                        "fc, \"last\"",
                        "dense",
                        0,
                        Double.NaN,
                        5,
                        1,
                        2.5,
                        3,
                        64,
                        16,
                        12.5,
                        Double.NaN,
                        0.75,
                        1,
                        2)));
        assertThat(text)
                .endsWith("\n0,\"fc, \"\"last\"\"\",dense,0,,5,1,2.5,3,64,16,12.5,,0.75,1,2\n")
                .doesNotContain("\r");
    }

    @Test
    void furtherColumnsComeAfterTheContract() {
        Table<ResultRow> more = Tables.RESULTS.with(List.of(
                new Column<>(new Metric("area_um2", "Area", "\u00b5m\u00b2", Metric.Type.DECIMAL), row -> 1.5)));
        assertThat(more.names()).startsWith("point", "instance").endsWith("area_um2");
        assertThatThrownBy(() -> more.with(List.of(Tables.RESULTS.columns().getFirst())))
                .hasMessage("results.csv: column point occurs twice");
    }

    @Test
    void valuesOfTheWrongTypeAreNamed() {
        Table<ResultRow> wrong = Tables.RESULTS.with(
                List.of(new Column<>(new Metric("x", "X", "", Metric.Type.DECIMAL), row -> Double.POSITIVE_INFINITY)));
        assertThatThrownBy(() -> CsvReport.text(wrong, List.of(ROW)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("results.csv, row 1, column x: Infinity is not a finite DECIMAL");
    }

    @Test
    void leakageWithoutASourceIsNoNumber() {
        SummaryRow row = SummaryRow.of(
                List.of(ROW), 640, Double.NaN, Leakage.of(Double.NaN, true), new ChipConditions(3600, 350));
        assertThat(CsvReport.text(Tables.SUMMARY, List.of(row))).endsWith(",,no source,3600,350\n");
        assertThatThrownBy(() -> new Leakage(0, Leakage.Counted.NO_SOURCE))
                .hasMessage("a leakage of 0.0 pJ is not counted 'no source'");
        assertThatThrownBy(() -> Word.of(Leakage.Counted.class, "leakage_counted", "none"))
                .hasMessage("leakage_counted must be one of beside, within, no source, got 'none'");
    }

    @Test
    void summaryRowsAreTakenOverTheInstances() {
        ResultRow other = new ResultRow(0, 4, 43L, 8, 96.5, 97, 1000, 2, 2e7, 1840, 12, 61.25, 4.5, 60);
        SummaryRow row = SummaryRow.of(List.of(ROW, other), 640, Double.NaN, LEAKAGE, ChipConditions.FRESH);

        assertThat(row.instances()).isEqualTo(2);
        assertThat(row.accuracyMeanPercent()).isEqualTo(96);
        assertThat(row.accuracyMinPercent()).isEqualTo(95.5);
        assertThat(row.energyMeanPicojoules()).isEqualTo(1.5e7);
        assertThat(row.spikesMean()).isEqualTo(1117.25);
        assertThat(row.timeStepsUsedMean()).isEqualTo(6);
        assertThat(row.yieldPercent()).isNaN();
        assertThat(SummaryRow.of(List.of(ROW, other), 640, 96, LEAKAGE, ChipConditions.FRESH)
                        .yieldPercent())
                .isEqualTo(50);
        assertThat(SummaryRow.of(List.of(ROW, other), 640, 95.5, LEAKAGE, ChipConditions.FRESH)
                        .yieldPercent())
                .isEqualTo(100);
        assertThatThrownBy(() -> SummaryRow.of(
                        List.of(ROW, new ResultRow(1, 0, 1, 8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 60)),
                        0,
                        Double.NaN,
                        LEAKAGE,
                        ChipConditions.FRESH))
                .hasMessage("a summary of point 0 got a row of point 1");
    }
}
