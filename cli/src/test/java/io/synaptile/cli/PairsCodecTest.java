/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.io.npz.Npz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Codec n-pairs in a whole run: accuracy on ideal hardware, cost, kept chips. */
class PairsCodecTest {
    private static final String THREE = "hardware.pairs.factors=[1, 2, 2]";

    @TempDir
    private static Path shared;

    private static Path run;

    @BeforeAll
    static void runOnce() throws IOException {
        Path file = Files.writeString(shared.resolve("pairs.yaml"), """
                name: pairs
                data: {set: digits, dir: %s, train_samples: 200, test_samples: 40, batch: 40}
                network: {arch: mlp, hidden: [8], time_steps: 2}
                train: {epochs: 2, quantise: {bits: 4}}
                hardware: {tile: {rows: 32, columns: 16}, codec: n-pairs, pairs: {factors: [1, 2, 2]}}
                simulate: {instances: 2}
                """.formatted(
                        Path.of("..", "examples", "data").toAbsolutePath().normalize()));
        run = shared.resolve("run");
        assertThat(CommandOutcome.ofRun(file, run).err()).isEmpty();
    }

    private static void good(String... arguments) {
        CommandOutcome done = CommandOutcome.of(arguments);
        assertThat(done.err()).isEmpty();
        assertThat(done.code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void idealHardwareIsTheSoftwareNetwork() throws IOException {
        good(
                "simulate",
                run.toString(),
                "hardware.codec=n-pairs",
                "hardware.cell.programming.kind=none",
                "hardware.readout.kind=ideal",
                "hardware.pairs.factors=[1, 4]",
                "--quiet");
        for (String chip :
                Files.readAllLines(run.resolve("results.csv")).stream().skip(1).toList()) {
            String[] columns = chip.split(",");
            assertThat(columns[4]).isEqualTo(columns[5]);
        }
    }

    /** Three pairs take thrice the columns and conversions of one, and five additions instead of one. */
    @Test
    void columnsConversionsAndAdditionsArePaidFor() throws IOException {
        good("simulate", run.toString(), "hardware.codec=n-pairs", THREE, "--quiet");
        double adc = energy("adc");
        double adds = energy("shift_add");
        good("simulate", run.toString(), "hardware.codec=differential-pair", "--quiet");
        assertThat(adc / energy("adc")).isCloseTo(3, againstClosedForm(1e-9));
        assertThat(adds / energy("shift_add")).isCloseTo(5, againstClosedForm(1e-9));
    }

    private static double energy(String component) throws IOException {
        return Files.readAllLines(run.resolve("energy.csv")).stream()
                .map(line -> line.split(","))
                .filter(columns -> columns[1].equals("fc1") && columns[2].equals(component))
                .mapToDouble(columns -> Double.parseDouble(columns[3]))
                .sum();
    }

    @Test
    void chipsAreKept() throws IOException {
        good("map", run.toString(), "hardware.codec=n-pairs", THREE, "--instances", "1", "--quiet");
        assertThat(Npz.read(run.resolve("chips/chip-0000.npz"))
                        .array("fc1.programmed_uS")
                        .shape())
                .containsExactly(6, 64, 8);
        good("simulate", run.toString(), "--instance", "0", "--age", "1d", "--quiet");
    }
}
