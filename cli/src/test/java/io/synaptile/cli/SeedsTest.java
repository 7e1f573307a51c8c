/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.io.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several trainings of one experiment that differ by their seed. */
class SeedsTest {
    @TempDir
    private static Path shared;

    private static Path file;
    private static Path three;
    private static CommandOutcome outcome;

    @TempDir
    private Path folder;

    @BeforeAll
    static void runThreeSeeds() throws Exception {
        file = Files.writeString(shared.resolve("tiny.yaml"), """
                name: tiny
                seed: 3
                data: {set: digits, dir: %s, train_samples: 300, test_samples: 60, batch: 40}
                network: {arch: mlp, hidden: [16], time_steps: 3}
                train: {epochs: 1, seeds: 3, quantise: {bits: 4}, variation: {device: rram}}
                simulate: {instances: 2}
                """.formatted(
                        Path.of("..", "examples", "data").toAbsolutePath().normalize()));
        three = shared.resolve("three");
        outcome = CommandOutcome.ofRun(file, three);
        assertThat(outcome.err()).isEmpty();
    }

    private static List<String[]> rows(Path run, String table) throws IOException {
        return Files.readAllLines(run.resolve(table)).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }

    @Test
    void theFirstTrainingIsTheRun() throws IOException {
        Path one = folder.resolve("one");
        assertThat(CommandOutcome.ofRun(file, one, "train.seeds=1").code()).isZero();
        for (String table : List.of("results.csv", "layers.csv", "energy.csv", "steps.csv")) {
            assertThat(three.resolve(table)).hasSameBinaryContentAs(one.resolve(table));
        }
        assertThat(one.resolve("seeds.csv")).doesNotExist();
        assertThat(one.resolve("seeds")).doesNotExist();
    }

    @Test
    void furtherTrainingsAreThoseOfTheNextSeeds() {
        Path fifth = folder.resolve("fifth");
        assertThat(CommandOutcome.ofRun(file, fifth, "train.seeds=1", "seed=5").code())
                .isZero();
        assertThat(ModelFile.read(three.resolve("seeds/seed-5/model.safetensors"))
                        .sha256())
                .isEqualTo(ModelFile.read(fifth.resolve("model.safetensors")).sha256());
    }

    @Test
    void everyTrainingIsWrittenToChipsAndTheSpreadIsTold() throws IOException {
        List<String[]> seeds = rows(three, "seeds.csv");
        assertThat(seeds.stream().map(row -> row[1])).containsExactly("3", "4", "5");
        assertThat(seeds).allSatisfy(row -> assertThat(row[5]).isEqualTo("2"));
        double first = rows(three, "results.csv").stream()
                .mapToDouble(row -> Double.parseDouble(row[4]))
                .average()
                .orElseThrow();
        assertThat(Double.parseDouble(seeds.getFirst()[6])).isCloseTo(first, againstReference(1e-9));
        double mean = seeds.stream()
                .mapToDouble(row -> Double.parseDouble(row[4]))
                .average()
                .orElseThrow();
        double squares = seeds.stream()
                .mapToDouble(row -> Math.pow(Double.parseDouble(row[4]) - mean, 2))
                .sum();
        String told = String.format(Locale.ROOT, "%.2f \u00b1 %.2f %%", mean, Math.sqrt(squares / 2));
        assertThat(Files.readString(three.resolve("report.html")))
                .contains("3 trainings that differ by their seed: software accuracy on all test images " + told);
        assertThat(outcome.out()).contains("seeds_test_accuracy_mean_percent", "seeds_accuracy_sd_percent");
        assertThat(rows(three, "training.csv").stream().map(row -> row[1])).containsExactly("3", "4", "5");
        assertThat(CommandOutcome.of("verify", three.toString()).code()).isZero();
    }

    @Test
    void aPointOfASweepTakesAllTrainingsOver() throws IOException {
        Path sweep = folder.resolve("sweep");
        CommandOutcome swept = CommandOutcome.of(
                "sweep",
                file.toString(),
                "sweep.hardware.readout.bits=[5, 6]",
                "train.seeds=2",
                "--quiet",
                "--out",
                sweep.toString());
        assertThat(swept.err()).isEmpty();
        assertThat(rows(sweep, "seeds.csv").stream().map(row -> row[0] + " " + row[1]))
                .containsExactly("0 3", "0 4", "1 3", "1 4");
    }

    @Test
    void aDamagedModelOfAFurtherTrainingIsRefused() throws IOException {
        Path run = folder.resolve("run");
        assertThat(CommandOutcome.ofRun(file, run, "train.seeds=2").code()).isZero();
        Path model = run.resolve("seeds/seed-4/model.safetensors");
        Files.copy(run.resolve("model.safetensors"), model, StandardCopyOption.REPLACE_EXISTING);
        assertThat(CommandOutcome.of("simulate", run.toString(), "--quiet").err())
                .contains("seeds/seed-4/model.safetensors is not the file that this run wrote")
                .hasLineCount(1);
    }

    @Test
    void noTrainingAtAllIsRefused() {
        CommandOutcome refused = CommandOutcome.ofRun(file, folder.resolve("out"), "train.seeds=0");
        assertThat(refused.err())
                .isEqualTo("synaptile: command line: train.seeds must be at least 1 and at most 100, got 0\n");
        assertThat(refused.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(folder).isEmptyDirectory();
    }
}
