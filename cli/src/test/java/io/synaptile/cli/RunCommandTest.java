/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static io.synaptile.testing.Tolerance.againstIdentityPercent;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.experiment.folder.RunManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole path on a tiny network and a few real images. */
class RunCommandTest {
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
            "points.csv",
            "latency.csv",
            "training.csv",
            "training_layers.csv");

    @TempDir
    private static Path shared;

    private static Path file;
    private static Path reference;
    private static CommandOutcome outcome;

    @BeforeAll
    static void runOnce() throws Exception {
        file = Files.writeString(shared.resolve("tiny.yaml"), """
                name: tiny
                seed: 3
                data:
                  set: digits
                  dir: %s
                  train_samples: 400
                  test_samples: 60
                  batch: 40
                network: {arch: mlp, hidden: [16], time_steps: 3}
                train: {epochs: 2, quantise: {bits: 4}, variation: {device: rram}}
                hardware:
                  tile: {rows: 32, columns: 32}
                  cell: {kind: rram, bits: 4, read_noise: {kind: proportional, sigma: 0.01}}
                simulate: {instances: 3, samples: 50}
                """.formatted(
                        Path.of("..", "examples", "data").toAbsolutePath().normalize()));
        reference = shared.resolve("reference");
        outcome = run(reference);
    }

    private static CommandOutcome run(Path out, String... settings) {
        return CommandOutcome.ofRun(file, out, settings);
    }

    @Test
    void theRunFolderIsCompleteAndNothingElseIsLeft() throws Exception {
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isEqualTo(ExitCode.OK);
        assertThat(outcome.out()).contains("software_accuracy_percent", "tiny: mlp at T = 3 on digits");
        List<String> expected = new ArrayList<>(TABLES);
        expected.addAll(List.of("manifest.json", "model.safetensors", "latent.safetensors", "report.html"));
        assertThat(names(reference)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(names(shared)).noneMatch(name -> name.startsWith(".reference"));
    }

    @Test
    void anAutomaticChoiceOfTheBackendIsSaidAndRecorded(@TempDir Path folder) {
        CommandOutcome chosen =
                run(folder.resolve("run"), "run.backend=auto", "simulate.instances=1", "train.epochs=1");

        assertThat(chosen.code()).as(chosen.err()).isEqualTo(ExitCode.OK);
        assertThat(chosen.err())
                .startsWith("synaptile: run.backend auto chooses cpu (")
                .hasLineCount(1);
        assertThat(RunManifest.read(folder.resolve("run")).values().get("backend"))
                .asString()
                .contains("id=cpu", "chosen_because=");
    }

    @Test
    void theTablesHaveThePromisedColumnsAndRows() throws Exception {
        assertThat(Files.readAllLines(reference.resolve("results.csv")))
                .hasSize(1 + 3)
                .first()
                .asString()
                .startsWith("point,instance,seed,time_steps,accuracy_percent,software_accuracy_percent,"
                        + "spikes_per_inference,synaptic_ops_per_inference,energy_pJ,chip_latency_ns,tiles,"
                        + "tile_utilisation_percent");
        assertThat(Files.readAllLines(reference.resolve("summary.csv")))
                .hasSize(1 + 1)
                .first()
                .asString()
                .startsWith("point,instances,accuracy_mean_percent,accuracy_sd_percent,accuracy_min_percent,"
                        + "accuracy_ci95_percent,energy_mean_pJ,spikes_mean");
        assertThat(Files.readAllLines(reference.resolve("layers.csv"))).hasSize(1 + 2);
        assertThat(Files.readAllLines(reference.resolve("points.csv"))).containsExactly("point", "0");
        // 64 rows make two row tiles; 16 outputs of two columns fill 32 columns.
        assertThat(Files.readAllLines(reference.resolve("tiles.csv"))).hasSize(1 + 3);
    }

    @Test
    void theEnergyOfTheLayersIsThatOfTheChips() throws Exception {
        assertThat(sum("energy.csv", 3)).isCloseTo(sum("results.csv", 8) / 3, againstIdentityPercent(1e-9));
        assertThat(sum("energy_events.csv", 6)).isCloseTo(sum("energy.csv", 3), againstIdentityPercent(1e-9));
        assertThat(sum("layers.csv", 8)).isCloseTo(sum("energy.csv", 3), againstIdentityPercent(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.threads=1", "run.threads=2", "run.recompute=true"})
    void theSameSeedGivesTheSameBytesHoweverItIsComputed(String how, @TempDir Path folder) throws Exception {
        Path again = folder.resolve("again");
        assertThat(run(again, how).code()).isEqualTo(ExitCode.OK);

        for (String table : TABLES) {
            if (!table.equals("latency.csv")) {
                assertThat(again.resolve(table)).hasSameBinaryContentAs(reference.resolve(table));
            }
        }
        assertThat(again.resolve("model.safetensors")).hasSameBinaryContentAs(reference.resolve("model.safetensors"));
    }

    @Test
    void aChoiceThatIsNoneIsRefused(@TempDir Path folder) {
        CommandOutcome refused = run(folder.resolve("out"), "train.tensorboard=maybe");
        assertThat(refused.err())
                .isEqualTo("synaptile: command line: train.tensorboard must be true or false, got 'maybe'\n");
        assertThat(refused.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void withASharedNormChipsRunForMoreStepsThanWereTrained(@TempDir Path folder) throws Exception {
        Path longer = folder.resolve("longer");
        CommandOutcome run = run(longer, "network.norm=shared", "simulate.time_steps=5");
        assertThat(run.err()).isEmpty();
        assertThat(Files.readAllLines(longer.resolve("results.csv")))
                .hasSize(1 + 3)
                .element(1)
                .asString()
                .startsWith("0,0,3,5,");
    }

    @Test
    void theStagesOneByOneGiveTheSameTables(@TempDir Path folder) throws Exception {
        Path staged = folder.resolve("staged");
        assertThat(CommandOutcome.of("train", file.toString(), "--out", staged.toString(), "--quiet")
                        .code())
                .isZero();
        assertThat(names(staged))
                .containsExactlyInAnyOrder(
                        "manifest.json",
                        "model.safetensors",
                        "latent.safetensors",
                        "training.csv",
                        "training_layers.csv");
        assertThat(CommandOutcome.of("report", staged.toString()).err())
                .startsWith("synaptile: ")
                .contains("has not been simulated as it is configured now");
        assertThat(CommandOutcome.of("map", staged.toString(), "--quiet").out()).contains("tiles  ");
        assertThat(staged.resolve("tiles.csv")).hasSameBinaryContentAs(reference.resolve("tiles.csv"));
        assertThat(CommandOutcome.of("simulate", staged.toString(), "--quiet").err())
                .isEmpty();

        assertThat(staged.resolve("results.csv")).hasSameBinaryContentAs(reference.resolve("results.csv"));
        assertThat(CommandOutcome.of("report", staged.toString(), "--json").out())
                .contains("\"software_accuracy_percent\"", "\"summary\"");
    }

    @Test
    void aRunFolderWithEarlierNamesOfKeysIsReadAsBefore(@TempDir Path folder) throws Exception {
        Path earlier = folder.resolve("earlier");
        Files.createDirectory(earlier);
        for (String name : names(reference)) {
            Files.copy(reference.resolve(name), earlier.resolve(name));
        }
        String manifest = Files.readString(reference.resolve("manifest.json"));
        assertThat(manifest).contains("\"as_published\" : false");
        // Without the checksum of today's text, as the first versions wrote manifests.
        Files.writeString(
                earlier.resolve("manifest.json"),
                manifest.replace("\"as_published\"", "\"exact_seed\"")
                        .replaceAll("(?m)^  \"(content_sha256|format)\" : .*\\R", ""));

        CommandOutcome reported = CommandOutcome.of("report", earlier.toString(), "--quiet");
        assertThat(reported.code()).as(reported.err()).isZero();
        assertThat(reported.err()).doesNotContain("exact_seed");
        CommandOutcome simulated = CommandOutcome.of("simulate", earlier.toString(), "--quiet");
        assertThat(simulated.code()).as(simulated.err()).isZero();
        assertThat(earlier.resolve("results.csv")).hasSameBinaryContentAs(reference.resolve("results.csv"));
        assertThat(Files.readString(earlier.resolve("manifest.json")))
                .contains("\"as_published\"")
                .doesNotContain("exact_seed");
    }

    @Test
    void aLaterStageCannotChangeWhatTheModelWasTrainedWith() {
        assertThat(CommandOutcome.of("simulate", reference.toString(), "train.epochs=7"))
                .isEqualTo(new CommandOutcome(
                        ExitCode.USER_ERROR,
                        "",
                        "synaptile: command line: train cannot be changed after training; train again with 'synaptile"
                                + " train'\n"));
    }

    @Test
    void theManifestSaysWhatItTakesToRunAgain() {
        RunManifest manifest = RunManifest.read(reference);

        assertThat(manifest.values())
                .containsKeys("configuration", "configuration_sha256", "seed", "data", "weights_sha256", "backend")
                .containsKeys("product", "host", "training", "simulation");
        assertThat(manifest.configuration()).contains("proportional", "isaac32");
        assertThat(manifest.values().get("backend")).asString().contains("id=cpu");
        assertThat(manifest.values().get("weights_prepared_on")).isEqualTo("host");
        assertThat(manifest.values().get("simulation")).asString().contains("backend={", "id=cpu");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hardware.tile.rows=0|command line: hardware.tile.rows must be at least 1 and at most 65536, got 0",
                "hardware.tile.columns=1|command line: layer fc1: one output takes 2 physical columns",
                "hardware.cell.programming.sigma=-1|command line: hardware.cell.programming.sigma must be at least 0",
                "hardware.cell.kind=flash|command line: hardware.cell.kind: ",
                "hardware.layers=conv|command line: hardware.layers leaves no layer on tiles",
                "hardware.codec=shifted-sram|command line: hardware.readout.kind must be ideal for hardware.codec",
                "network.time_steps=-1|command line: network.time_steps must be at least 0",
                "simulate.time_steps=4|command line: simulate.time_steps must be at most 3",
                "simulate.samples=61|command line: simulate.samples must be at most 60",
                "data.train_samples=99999|command line: data.train_samples must be at most 3823",
                "data.set=imagenet|command line: data.set must be one of cifar10, cifar100, csv, digits,",
                "data.dir=/nowhere|/nowhere: data set digits needs",
                "data.test=[labels.csv]|",
                "data.test=[short.csv.gz]|",
                "run.backend=cpu:0|command line: run.backend: backend 'cpu' has no devices to choose from, got 'cpu:0'",
                "run.backend=abacus:0|command line: run.backend: backend 'abacus' is not installed",
                "run.backend=abacus|command line: run.backend: backend 'abacus' is not installed",
                "train.quantise.bits=5|command line: train.quantise.bits 5 has no known sigma for train.variation.model",
                "data.batch=1|command line: data.batch: batch 1 cuts 320 training images into batches of 1"
            })
    void badInputIsOneLineAndCode2AndNothingIsWritten(String setting, String message, @TempDir Path folder)
            throws Exception {
        String asked = setting;
        if (setting.contains("labels.csv")) {
            Path labels = Files.writeString(folder.resolve("labels.csv"), "0,".repeat(64) + "11\n");
            asked = "data.test=[" + labels + "]";
        } else if (setting.contains("short.csv.gz")) {
            byte[] whole = Files.readAllBytes(Path.of("..", "examples", "data", "digits.csv.gz"));
            Path cut = Files.write(folder.resolve("short.csv.gz"), Arrays.copyOf(whole, whole.length / 2));
            asked = "data.test=[" + cut + "]";
        }
        Path out = folder.resolve("out/run");
        CommandOutcome refused = run(out, asked);

        assertThat(refused.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(refused.err())
                .startsWith("synaptile: " + (message == null ? folder.toString() : message))
                .hasLineCount(1);
        assertThat(refused.out()).isEmpty();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private static double sum(String table, int column) throws Exception {
        return Files.readAllLines(reference.resolve(table)).stream()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.split(",")[column]))
                .sum();
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
