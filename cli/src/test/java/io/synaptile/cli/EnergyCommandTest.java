/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.cost.EnergyTable;
import io.synaptile.experiment.file.EffectiveConfig;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.HardwareBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Energy tables on the command line, and prices over them in an experiment. */
class EnergyCommandTest {
    private static final String EXPERIMENT =
            "{name: x, data: {set: digits}, network: {arch: mlp}, hardware: {energy: %s}}";

    @TempDir
    private Path folder;

    private static CommandOutcome succeeded(String... line) {
        CommandOutcome outcome = CommandOutcome.of(line);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        return outcome;
    }

    @ParameterizedTest
    @MethodSource("io.synaptile.devices.cost.EnergyTable#profiles")
    void aWrittenTableIsReadAgainToTheDigit(String name) {
        Path file = folder.resolve("mine.csv");
        succeeded("energy", "write", name, file.toString());
        EnergyTable read = EnergyTable.read(file, notice -> assertThat(notice).isEmpty());
        assertThat(read.entries()).isEqualTo(EnergyTable.profile(name).entries());
    }

    @Test
    void whatIsThereIsNotOverwritten() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.csv"), "mine");
        CommandOutcome refused = CommandOutcome.of("energy", "write", "isaac32", file.toString());
        assertThat(refused.err())
                .isEqualTo("synaptile: " + file + " exists and is not overwritten; name another file\n");
        assertThat(refused.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(file).hasContent("mine");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "write isaac mine.csv|there is no energy table 'isaac'; known: isaac32, spikesim65",
                "write isaac32 mine.txt|the name must end with .csv",
                "show isaac|there is no energy table 'isaac'; known: isaac32",
                "show no/such.csv|no/such.csv: no such file"
            })
    void wrongLinesAreRefusedInOneLine(String line, String message) {
        CommandOutcome refused = CommandOutcome.of(("energy " + line).split(" "));
        assertThat(refused.err()).startsWith("synaptile: ").contains(message).hasLineCount(1);
        assertThat(refused.code()).isEqualTo(ExitCode.USER_ERROR);
    }

    @Test
    void tablesAreListedAndShown() {
        assertThat(succeeded("energy", "list").out().lines())
                .hasSize(EnergyTable.profiles().size())
                .anyMatch(line -> line.matches("isaac32 +34 prices +nodes \\[32, 65] +ISAAC-like chip at 32 nm.*"));
        JsonNode shown = JsonMapper.shared()
                .readTree(succeeded("energy", "show", "neurosim22", "--json").out());
        assertThat(shown.get("prices"))
                .hasSize(EnergyTable.profile("neurosim22").entries().size());
        assertThat(shown.get("not_priced").toString()).contains("spike_hop");
        Path file = folder.resolve("mine.csv");
        succeeded("energy", "write", "isaac32", file.toString());
        assertThat(succeeded("energy", "show", file.toString()).out()).contains("column_mux", "those of isaac32");
    }

    private static HardwareBlock.Energy energy(String written, String... settings) {
        return experiment(written, settings).experiment().hardware().energy();
    }

    private static ExperimentFile experiment(String written, String... settings) {
        return ExperimentFile.parse(Path.of("x.yaml"), EXPERIMENT.formatted(written), List.of(settings));
    }

    @Test
    void aTableWrittenAloneAndABlockThatNamesItAreTheSame() {
        ExperimentFile alone = experiment("spikesim65");
        ExperimentFile block = experiment("{table: spikesim65}");
        assertThat(block.experiment()).isEqualTo(alone.experiment());
        assertThat(EffectiveConfig.of(block.experiment()).toString()).contains("energy=spikesim65");
    }

    @Test
    void pricesOfEventsGoOverTheTableFromFileAndCommandLine() {
        assertThat(energy("{table: spikesim65, adc_conversion_pJ: 0.5}"))
                .isEqualTo(new HardwareBlock.Energy("spikesim65", Map.of("adc_conversion_pJ", 0.5)));
        assertThat(energy("spikesim65", "hardware.energy.adc_conversion_pJ=0.5"))
                .isEqualTo(new HardwareBlock.Energy("spikesim65", Map.of("adc_conversion_pJ", 0.5)));
        assertThat(energy("{table: spikesim65, adc_conversion_pJ: 0.5}", "hardware.energy.table=isaac32")
                        .picojoules())
                .containsExactly(Map.entry("adc_conversion", 0.5));
        assertThat(energy("{table: spikesim65, adc_conversion_pJ: 0.5}", "hardware.energy=isaac32"))
                .isEqualTo(new HardwareBlock.Energy("isaac32", Map.of()));
        assertThat(energy(
                        "{table: spikesim65, adc_conversion_pJ: 0.5}",
                        "hardware.energy=isaac32",
                        "hardware.energy.spike_hop_pJ=1"))
                .isEqualTo(new HardwareBlock.Energy("isaac32", Map.of("spike_hop_pJ", 1L)));
    }

    @Test
    void tablesAndPricesAreSwept() {
        List<ExperimentFile> points = ExperimentFile.parse(
                        Path.of("x.yaml"),
                        EXPERIMENT.formatted("{table: isaac32, spike_hop_pJ: 1}"),
                        List.of(
                                "sweep={hardware.energy.table: [isaac32, neurosim22], hardware.energy.adc_conversion_pJ: [1, 2]}"))
                .points();
        assertThat(points)
                .extracting(point -> point.experiment().hardware().energy())
                .containsExactly(
                        new HardwareBlock.Energy("isaac32", Map.of("adc_conversion_pJ", 1L, "spike_hop_pJ", 1L)),
                        new HardwareBlock.Energy("isaac32", Map.of("adc_conversion_pJ", 2L, "spike_hop_pJ", 1L)),
                        new HardwareBlock.Energy("neurosim22", Map.of("adc_conversion_pJ", 1L, "spike_hop_pJ", 1L)),
                        new HardwareBlock.Energy("neurosim22", Map.of("adc_conversion_pJ", 2L, "spike_hop_pJ", 1L)));
    }

    @Test
    void aSweptTableWrittenAloneLeavesThePricesOut() {
        List<ExperimentFile> points = ExperimentFile.parse(
                        Path.of("x.yaml"),
                        EXPERIMENT.formatted("{table: isaac32, spike_hop_pJ: 1}"),
                        List.of("sweep={hardware.energy: [isaac32, neurosim22]}"))
                .points();
        assertThat(points)
                .extracting(point -> point.experiment().hardware().energy())
                .containsExactly(
                        new HardwareBlock.Energy("isaac32", Map.of()),
                        new HardwareBlock.Energy("neurosim22", Map.of()));
        assertThatThrownBy(() -> experiment(
                        "isaac32", "sweep={hardware.energy: [isaac32], hardware.energy.adc_conversion_pJ: [1, 2]}"))
                .hasMessageContaining(
                        "sweep.hardware.energy and sweep.hardware.energy.adc_conversion_pJ are about the same"
                                + " block; hardware.energy cannot be 'isaac32' and have keys");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hardware.energy.adc_conversions_pJ=1|unknown key hardware.energy.adc_conversions_pJ; did you mean"
                        + " hardware.energy.adc_conversion_pJ?",
                "hardware.energy.adc_conversion=1|did you mean hardware.energy.adc_conversion_pJ?",
                "hardware.energy.adc_conversion_pJ=-1|hardware.energy.adc_conversion_pJ must be a number of at least 0",
                "hardware.energy.adc_conversion_pJ=cheap|must be a number of at least 0 and at most 1.0E15, got cheap",
                "hardware.energy.table=isaac|hardware.energy must be one of isaac32, spikesim65",
                "hardware.energy=isaac|hardware.energy must be one of isaac32, spikesim65"
            })
    void pricesThatCannotBeAreRefused(String setting, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("x.yaml"), EXPERIMENT.formatted("isaac32"));
        CommandOutcome refused = CommandOutcome.of("run", file.toString(), setting);
        assertThat(refused.err()).startsWith("synaptile: ").contains(message).hasLineCount(1);
        assertThat(refused.code()).isEqualTo(ExitCode.USER_ERROR);
    }
}
