/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static io.synaptile.testing.Tolerance.againstIdentity;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tables say of inferences that end early. */
class EarlyExitTest {
    private static final int STEPS = 4;
    private static final List<String> TABLES = List.of(
            "results.csv",
            "summary.csv",
            "steps.csv",
            "layers.csv",
            "energy.csv",
            "energy_events.csv",
            "cost.csv",
            "area.csv",
            "metrics.csv",
            "tiles.csv",
            "chip.csv",
            "points.csv");
    private static final String MARGIN = "simulate.stop=margin";

    @TempDir
    private static Path shared;

    private static Path file;
    private static Path whole;
    private static Path early;

    @TempDir
    private Path folder;

    @BeforeAll
    static void runOnce() throws Exception {
        file = Files.writeString(
                shared.resolve("tiny.yaml"),
                String.format(
                        Locale.ROOT,
                        """
                name: tiny
                seed: 3
                data: {set: digits, dir: %s, train_samples: 400, test_samples: 60, batch: 40}
                network: {arch: mlp, hidden: [16], time_steps: %d}
                train: {epochs: 4, quantise: {bits: 4}, variation: {device: rram}}
                hardware:
                  tile: {rows: 32, columns: 32}
                  cell: {kind: rram, bits: 4}
                  skip_empty: false
                simulate: {instances: 3, samples: 50}
                """,
                        Path.of("..", "examples", "data").toAbsolutePath().normalize(),
                        STEPS));
        whole = run(shared.resolve("whole"));
        early = run(shared.resolve("early"), MARGIN, "simulate.stop_threshold=0.3");
    }

    private static Path run(Path out, String... settings) {
        CommandOutcome done = command(out, settings);
        assertThat(done.err()).isEmpty();
        assertThat(done.code()).isEqualTo(ExitCode.OK);
        return out;
    }

    private static CommandOutcome command(Path out, String... settings) {
        return CommandOutcome.ofRun(file, out, settings);
    }

    @Test
    void theLastStepIsTheWholeRun() throws Exception {
        assertThat(column(whole, "steps.csv", "time_step")).containsExactly("1", "2", "3", "4");
        assertThat(column(whole, "steps.csv", "energy_mean_pJ").getLast())
                .isEqualTo(column(whole, "summary.csv", "energy_mean_pJ").getFirst());
        assertThat(column(whole, "steps.csv", "accuracy_mean_percent").getLast())
                .isEqualTo(column(whole, "summary.csv", "accuracy_mean_percent").getFirst());
        assertThat(numbers(whole, "steps.csv", "energy_mean_pJ"))
                .isSorted()
                .doesNotHaveDuplicates()
                .allMatch(energy -> energy > 0);
        assertThat(column(whole, "results.csv", "time_steps_used")).containsExactly("4", "4", "4");
        assertThat(column(whole, "summary.csv", "time_steps_used_mean")).containsExactly("4");
    }

    @ParameterizedTest
    @CsvSource({"margin, 0.999999999999", "gamma-mean, 1e-9"})
    void aRuleThatNeverAppliesChangesNoByte(String stop, String threshold) {
        Path same = run(folder.resolve("same"), "simulate.stop=" + stop, "simulate.stop_threshold=" + threshold);
        for (String table : TABLES) {
            assertThat(same.resolve(table)).hasSameBinaryContentAs(whole.resolve(table));
        }
    }

    /**
     * Every scale is below 1000, so all samples stop after the first step, and the tables are those of a run of one step.
     * Exact read-out, because the range of a converter is calibrated over all steps of a run.
     */
    @Test
    void afterTheFirstStepNothingCounts() throws Exception {
        String exact = "hardware.readout.kind=ideal";
        Path first = run(folder.resolve("first"), exact, "simulate.stop=gamma-mean", "simulate.stop_threshold=1000");
        Path single = run(folder.resolve("single"), exact, "simulate.time_steps=1");

        assertThat(column(first, "steps.csv", "time_step")).hasSize(STEPS);
        assertThat(column(first, "results.csv", "time_steps_used")).containsExactly("1", "1", "1");
        for (String table : List.of("layers.csv", "energy.csv", "tiles.csv", "points.csv")) {
            assertThat(first.resolve(table)).hasSameBinaryContentAs(single.resolve(table));
        }
        for (String counted : List.of(
                "accuracy_percent",
                "spikes_per_inference",
                "synaptic_ops_per_inference",
                "energy_pJ",
                "chip_latency_ns")) {
            assertThat(column(first, "results.csv", counted))
                    .as(counted)
                    .isEqualTo(column(single, "results.csv", counted));
        }
        assertThat(column(first, "summary.csv", "energy_mean_pJ").getFirst())
                .isEqualTo(column(first, "steps.csv", "energy_mean_pJ").getFirst());
        assertThat(column(first, "metrics.csv", "value").subList(1, 6))
                .as("all but the footprint, which holds the norms of every step")
                .isEqualTo(column(single, "metrics.csv", "value").subList(1, 6));
    }

    @Test
    void samplesThatStopOneByOneSaveStepsAndEnergy() throws Exception {
        assertThat(early.resolve("steps.csv")).hasSameBinaryContentAs(whole.resolve("steps.csv"));
        assertThat(numbers(early, "summary.csv", "time_steps_used_mean").getFirst())
                .isGreaterThan(1)
                .isLessThan(STEPS);
        List<Double> byStep = numbers(whole, "steps.csv", "energy_mean_pJ");
        assertThat(numbers(early, "summary.csv", "energy_mean_pJ").getFirst())
                .isGreaterThan(byStep.getFirst())
                .isLessThan(byStep.getLast());
        for (String same : List.of("software_accuracy_percent", "time_steps", "tiles")) {
            assertThat(column(early, "results.csv", same)).isEqualTo(column(whole, "results.csv", same));
        }
        // Without skipping, a chip takes the same time for every step of every sample.
        List<Double> used = numbers(early, "results.csv", "time_steps_used");
        List<Double> latency = numbers(early, "results.csv", "chip_latency_ns");
        double perStep = numbers(whole, "results.csv", "chip_latency_ns").getFirst() / STEPS;
        for (int chip = 0; chip < 3; chip++) {
            assertThat(latency.get(chip) / perStep).isCloseTo(used.get(chip), againstIdentity(1e-9));
        }
        assertThat(Files.readString(early.resolve("report.html")))
                .contains("this run: ", " of 4 time steps used on average");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.threads=1", "run.threads=2", "simulate.batch=7"})
    void theStepsDependOnNoThreadAndNoBatch(String how) {
        Path again = run(folder.resolve("again"), MARGIN, "simulate.stop_threshold=0.3", how);
        for (String table : TABLES) {
            assertThat(again.resolve(table)).hasSameBinaryContentAs(early.resolve(table));
        }
    }

    @Test
    void theThresholdThatIsNotGivenIsThatOfTheRule() throws Exception {
        Path usual = run(folder.resolve("usual"), MARGIN);
        Path given = run(folder.resolve("given"), MARGIN, "simulate.stop_threshold=0.9");
        assertThat(usual.resolve("results.csv")).hasSameBinaryContentAs(given.resolve("results.csv"));
        assertThat(numbers(usual, "summary.csv", "time_steps_used_mean").getFirst())
                .isGreaterThan(
                        numbers(early, "summary.csv", "time_steps_used_mean").getFirst());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "network.norm=shared|simulate.stop=gamma-mean|simulate.stop gamma-mean needs a hidden layer with network.norm"
                        + " bntt, whose scales differ from step to step",
                "network.norm=none|simulate.stop=gamma-mean|simulate.stop gamma-mean needs a hidden layer",
                "network.hidden=[]|simulate.stop=gamma-mean|simulate.stop gamma-mean needs a hidden layer",
                "simulate.stop_threshold=1|simulate.stop=margin|simulate.stop_threshold must be at least 0 and below 1, got 1"
            })
    void rulesThatDoNotFitAreRefused(String one, String other, String message) {
        CommandOutcome refused = command(folder.resolve("out"), one, other);
        assertThat(refused.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(refused.err())
                .startsWith("synaptile: command line: " + message)
                .hasLineCount(1);
        assertThat(folder).isEmptyDirectory();
    }

    private static List<String> column(Path run, String table, String name) throws Exception {
        List<String> lines = Files.readAllLines(run.resolve(table));
        int column = List.of(lines.getFirst().split(",")).indexOf(name);
        return lines.stream().skip(1).map(line -> line.split(",", -1)[column]).toList();
    }

    private static List<Double> numbers(Path run, String table, String name) throws Exception {
        return column(run, table, name).stream().map(Double::valueOf).toList();
    }
}
