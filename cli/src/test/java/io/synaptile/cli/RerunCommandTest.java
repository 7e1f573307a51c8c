/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs that are done again. */
class RerunCommandTest {
    private static final Path DATA =
            Path.of("..", "examples", "data").toAbsolutePath().normalize();
    private static final String TINY = """
            name: tiny
            seed: 5
            data: {set: digits, dir: %s, train_samples: 120, test_samples: 20, batch: 40}
            network: {arch: mlp, hidden: [8], time_steps: 2, coding: direct}
            train: {epochs: 1, quantise: {bits: 4}, variation: {device: rram, model: cell}}
            simulate: {instances: 2}
            """;

    @TempDir
    private static Path shared;

    private static Path experiment;
    private static Path run;

    @TempDir
    private Path folder;

    @BeforeAll
    static void compute() throws IOException {
        experiment = Files.writeString(shared.resolve("tiny.yaml"), TINY.formatted(DATA));
        run = shared.resolve("run");
        assertThat(CommandOutcome.ofRun(experiment, run).code()).isZero();
    }

    private CommandOutcome rerun(Path named, String... options) {
        return CommandOutcome.of(Stream.concat(
                        Stream.of(
                                "rerun",
                                named.toString(),
                                "--quiet",
                                "--out",
                                folder.resolve("again").toString()),
                        Stream.of(options))
                .toArray(String[]::new));
    }

    /** A run of its own, which a test may change. */
    private Path ownRun(String... settings) {
        Path own = folder.resolve("own");
        assertThat(CommandOutcome.ofRun(experiment, own, settings).code()).isZero();
        return own;
    }

    private void refused(CommandOutcome outcome, String why) {
        assertThat(outcome.code()).as(outcome.out()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(outcome.err()).hasLineCount(1).contains(why);
        assertThat(folder.resolve("again")).doesNotExist();
    }

    @Test
    void aRunIsRepeatedToTheByte() throws IOException {
        CommandOutcome outcome =
                CommandOutcome.of("rerun", run.toString(), "--quiet", "--json", "--out", folder + "/again");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).as(outcome.out()).isZero();
        JsonNode said = JsonMapper.shared().readTree(outcome.out());
        assertThat(said.get("same").booleanValue()).isTrue();
        assertThat(said.get("circumstances").isEmpty()).isTrue();
        for (JsonNode file : said.get("files")) {
            String name = file.get("file").stringValue();
            boolean timed = List.of("latency.csv", "report.html").contains(name);
            assertThat(file.get("outcome").stringValue()).as(name).isEqualTo(timed ? "not_compared" : "same");
            if (!timed) {
                assertThat(folder.resolve("again").resolve(name)).hasSameBinaryContentAs(run.resolve(name));
            }
        }
        assertThat(said.get("files").findValuesAsString("file"))
                .contains("results.csv", "model.safetensors", "latent.safetensors", "latency.csv", "energy_events.csv");
    }

    @Test
    void theNewFolderIsBesideTheRun() {
        Path own = ownRun();
        for (String name : List.of("own-rerun", "own-rerun-2")) {
            CommandOutcome outcome = CommandOutcome.of("rerun", own.toString(), "--quiet");
            assertThat(outcome.code()).as(outcome.err() + outcome.out()).isZero();
            assertThat(outcome.out())
                    .containsPattern("results.csv +same bytes")
                    .containsPattern("model.safetensors +same bytes")
                    .containsPattern("latency.csv +not compared: has times of the host")
                    .containsPattern(name + ": all \\d+ files are the same");
            assertThat(folder.resolve(name).resolve("manifest.json")).exists();
        }
    }

    @Test
    void aManifestAloneIsEnough() throws IOException {
        Path manifest = Files.copy(run.resolve("manifest.json"), folder.resolve("tiny.json"));
        assertThat(rerun(manifest).out()).contains("files are the same");
    }

    @Test
    void progressIsAsThatOfARun() {
        CommandOutcome outcome = CommandOutcome.of("rerun", run.toString(), "--out", folder + "/again");
        assertThat(outcome.err()).contains("train", "epoch 1 of 1 is kept");
    }

    @Test
    void aTrainedFolderIsTrainedAgain() {
        Path trained = folder.resolve("trained");
        CommandOutcome.of("train", experiment.toString(), "--quiet", "--out", trained.toString());
        CommandOutcome outcome = rerun(trained);
        assertThat(outcome.code()).as(outcome.err() + outcome.out()).isZero();
        assertThat(outcome.out()).contains("all 4 files are the same");
    }

    @Test
    void aChangedManifestIsRefused() throws IOException {
        Path manifest = folder.resolve("manifest.json");
        Files.writeString(
                manifest, Files.readString(run.resolve("manifest.json")).replace("\"seed\" : 5", "\"seed\" : 6"));
        refused(rerun(manifest), "is damaged or was changed");
    }

    @Test
    void aTableThatWasChangedAfterwardsIsNamed() throws IOException {
        Path table = ownRun().resolve("layers.csv");
        List<String> lines = Files.readAllLines(table);
        lines.set(2, lines.get(2) + "0");
        Files.write(table, lines);
        CommandOutcome outcome = rerun(folder.resolve("own"));
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(outcome.out())
                .containsPattern("layers.csv +was changed after the run: first in line 3")
                .containsPattern("1 of \\d+ files are not the same: layers.csv")
                .containsPattern("results.csv +same bytes");
    }

    @Test
    void dataOfAnotherHashAreNamed() throws IOException {
        Path training = ownData().resolve("optdigits.tra.gz");
        ownRun("data.dir=" + training.getParent());
        List<String> lines;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(training))) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(training))) {
            String text = lines.get(1) + "\n" + String.join("\n", lines.subList(1, lines.size())) + "\n";
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        CommandOutcome outcome = rerun(folder.resolve("own"));
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(outcome.out())
                .containsPattern("model.safetensors +differs")
                .containsPattern(
                        "not the same as in the run:\\R  data.optdigits.tra.gz: [0-9a-f]{64}, now [0-9a-f]{64}");
    }

    @Test
    void dataThatAreGoneAreOneLine() throws IOException {
        Path data = ownData();
        ownRun("data.dir=" + data);
        Files.delete(data.resolve("digits.csv.gz"));
        refused(rerun(folder.resolve("own")), data.toString());
    }

    private Path ownData() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        for (String name : List.of("optdigits.tra.gz", "digits.csv.gz")) {
            Files.copy(DATA.resolve(name), data.resolve(name));
        }
        return data;
    }

    /** The model that a recovery starts from is named from the experiment file, and found from anywhere. */
    @Test
    void aRecoveryIsRepeated() throws IOException {
        Path recovery = Files.writeString(
                shared.resolve("recovery.yaml"),
                TINY.formatted(DATA)
                        .replace("train: {", "train: {from: run, recovery: {init: baseline, baseline: run}, ")
                        .replace("simulate:", "hardware: {codec: rram-plus-shifted-sram}\nsimulate:"));
        Path own = folder.resolve("own");
        CommandOutcome recovered = CommandOutcome.ofRun(recovery, own);
        assertThat(recovered.code()).as(recovered.err()).isZero();
        CommandOutcome outcome = rerun(own);
        assertThat(outcome.code()).as(outcome.err() + outcome.out()).isZero();
        assertThat(outcome.out())
                .containsPattern("results.csv +same bytes")
                .containsPattern("model.safetensors +same weights, another header");
    }

    @Test
    void aPointOfASweepIsRepeatedAndAWholeSweepRefused() {
        Path sweep = folder.resolve("sweep");
        CommandOutcome.of(
                "sweep",
                experiment.toString(),
                "sweep.hardware.readout.bits=[4,5]",
                "--quiet",
                "--out",
                sweep.toString());
        refused(rerun(sweep), "is a sweep; name one of its points");
        CommandOutcome outcome =
                CommandOutcome.of("rerun", sweep.resolve("points/0001").toString(), "--quiet");
        assertThat(outcome.code()).as(outcome.err() + outcome.out()).isZero();
        assertThat(outcome.out())
                .containsPattern("points.csv +same bytes")
                .containsPattern("model.safetensors +same weights, another header");
        assertThat(folder.resolve("sweep-0001-rerun/results.csv")).exists();
    }

    @Test
    void settingsThatAreNoLongerThoseOfTheTrainingAreNamed() {
        ownRun();
        CommandOutcome.of("simulate", folder + "/own", "hardware.cell.programming.scale=5", "--quiet");
        CommandOutcome outcome = rerun(folder.resolve("own"));
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(outcome.out()).contains("  training.configuration_sha256: ");
    }

    @Test
    void whatCannotBeRepeatedIsRefused() {
        refused(rerun(folder), "is not a run folder");
        refused(rerun(folder.resolve("none.json")), "no such file");
        ownRun();
        refused(
                CommandOutcome.of("rerun", folder + "/own", "--out", folder + "/own"),
                "is the run that is to be repeated");
        CommandOutcome.of("map", folder + "/own", "--instances", "1", "--quiet");
        assertThat(CommandOutcome.of("simulate", folder + "/own", "--instance", "0", "--quiet")
                        .code())
                .isZero();
        refused(rerun(folder.resolve("own")), "has the tables of kept chip 0 alone");
    }
}
