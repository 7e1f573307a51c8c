/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.validation;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.cost.compat.SpikeSimEla;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Validation against numbers that the released code of SpikeSim and SATA printed; recipes in the README beside the files. */
class PublishedToolCasesTest {
    @ParameterizedTest
    @MethodSource
    void spikeSimCasesAreReproduced(ReferenceCase row) {
        List<Checked> checked = SpikeSimCases.check(row);
        assertThat(checked).hasSize(9 + row.wholes("in_ch").length).allMatch(Checked::passes);
    }

    static List<ReferenceCase> spikeSimCasesAreReproduced() {
        return read("validation_spikesim_ela.csv", 5);
    }

    @ParameterizedTest
    @MethodSource
    void sataCasesAreReproduced(ReferenceCase row) {
        assertThat(SataCases.check(row)).hasSize(17).allMatch(Checked::passes);
    }

    static List<ReferenceCase> sataCasesAreReproduced() {
        return read("validation_sata.csv", 3);
    }

    /** Shares of a PE cycle with crossbars of 64 columns and kernels of 3 x 3, worked by hand from the constants. */
    @Test
    void cycleOfTheDefaultConfigurationIsSharedAsTheToolShowsIt() {
        SpikeSimEla tool = new SpikeSimEla(SpikeSimEla.Crossbar.RRAM, 64, 3, 8, 5, 250);
        assertThat(tool.pePicojoules()).isEqualTo(32.879, againstClosedForm(5e-4));
        assertThat(tool.cyclePicojoules()).isEqualTo(828.49, againstClosedForm(5e-3));
        assertThat(397 / tool.cyclePicojoules()).isEqualTo(0.479, againstClosedForm(5e-4));
    }

    @Test
    void aWrongNumberFails() {
        ReferenceCase row = sataCasesAreReproduced().getFirst();
        Map<String, String> columns = new HashMap<>(row.columns());
        columns.put("E_lif", "7433.7025");
        assertThat(SataCases.check(new ReferenceCase(columns)))
                .filteredOn(one -> !one.passes())
                .extracting(Checked::column)
                .containsExactly("E_lif");
    }

    @Test
    void aMalformedRowIsRefusedNamingItsColumn() {
        ReferenceCase row = spikeSimCasesAreReproduced().getFirst();
        assertThatThrownBy(() -> SpikeSimCases.check(with(row, "xbar", "wide")))
                .hasMessage("case vgg9_c10_default: xbar must be a number, got 'wide'");
        assertThatThrownBy(() -> SpikeSimCases.check(with(row, "xbar", "64.5")))
                .hasMessage("case vgg9_c10_default: xbar must be a whole number, got '64.5'");
        assertThatThrownBy(() -> SpikeSimCases.check(with(row, "in_dim", "32 32")))
                .hasMessage("case vgg9_c10_default: in_ch, out_ch, in_dim and out_dim differ in length");
        assertThatThrownBy(() -> SpikeSimCases.check(with(row, "energy_per_layer_pJ", "1 2")))
                .hasMessage("case vgg9_c10_default: energy_per_layer_pJ has 2 numbers, expected 7");
        assertThatThrownBy(() -> SpikeSimCases.check(with(row, "device", "flash")))
                .hasMessage("the crossbar must be rram or sram, got 'flash'");
        assertThatThrownBy(() -> SataCases.check(with(sataCasesAreReproduced().getFirst(), "network", "vgg7")))
                .hasMessage("unknown network 'vgg7'; known: vgg5_cifar10, vgg9_cifar10");
        assertThatThrownBy(() -> SataCases.check(new ReferenceCase(Map.of("case", "a"))))
                .hasMessage("there is no column 'T'; there are case");
    }

    @Test
    void aMalformedTableIsRefusedNamingItsLine() {
        assertThatThrownBy(() -> ReferenceTable.parse("t.csv", "case,T\na,1\nb\n"))
                .hasMessage("t.csv, line 3: 1 values under 2 columns");
        assertThatThrownBy(() -> ReferenceTable.parse("t.csv", "case,case\na,1\n"))
                .hasMessage("t.csv, line 1: column 'case' is there twice, as column 1 and 2");
        assertThatThrownBy(() -> ReferenceTable.parse("t.csv", "\n")).hasMessage("t.csv: has no rows");
    }

    private static ReferenceCase with(ReferenceCase row, String column, String text) {
        Map<String, String> columns = new HashMap<>(row.columns());
        columns.put(column, text);
        return new ReferenceCase(columns);
    }

    private static List<ReferenceCase> read(String file, int expected) {
        List<ReferenceCase> cases = ReferenceTable.included(file);
        assertThat(cases).hasSize(expected);
        return cases;
    }
}
