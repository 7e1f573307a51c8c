/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.experiment.folder.RunManifest;
import io.synaptile.sim.io.model.ModelFile;
import io.synaptile.sim.io.model.SramTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SRAM words beside the RRAM of a trained model, from training to tables, on a tiny network. */
class RecoveryTest {
    private static final String TINY =
            """
            name: tiny
            seed: 5
            data: {set: digits, dir: %s, train_samples: 200, test_samples: 40, batch: 40}
            network: {arch: mlp, hidden: [32, 16], time_steps: 2, coding: direct}
            train: {epochs: 1, quantise: {bits: 4}, variation: {device: rram, model: cell}}
            hardware: {tile: {rows: 16, columns: 32}}
            simulate: {instances: 3}
            """.formatted(Path.of("..", "examples", "data").toAbsolutePath().normalize());

    @TempDir
    private static Path shared;

    private static Path experiment;
    private static Path source;

    @TempDir
    private Path folder;

    @BeforeAll
    static void trainTheSource() throws Exception {
        experiment = Files.writeString(shared.resolve("tiny.yaml"), TINY);
        source = shared.resolve("source");
        done("run", experiment.toString(), "--out", source.toString(), "--quiet");
    }

    private static void done(String... arguments) {
        CommandOutcome outcome = CommandOutcome.of(arguments);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
    }

    private Path recovered(String name, Path from, String... settings) {
        Path out = folder.resolve(name);
        List<String> arguments = new ArrayList<>(List.of("run", experiment.toString()));
        arguments.add("hardware.codec=rram-plus-shifted-sram");
        arguments.add("train.from=" + from);
        arguments.addAll(List.of(settings));
        arguments.addAll(List.of("--out", out.toString(), "--quiet"));
        done(arguments.toArray(String[]::new));
        return out;
    }

    private static ModelFile model(Path run) {
        return ModelFile.read(run.resolve("model.safetensors"));
    }

    private static List<String> column(Path run, String table, String name) throws IOException {
        List<String> lines = Files.readAllLines(run.resolve(table));
        int at = List.of(lines.getFirst().split(",")).indexOf(name);
        return lines.stream().skip(1).map(line -> line.split(",", -1)[at]).toList();
    }

    @Test
    void theRramWeightsStayAndTheWordsAreOnTheirLevels() {
        ModelFile before = model(source);
        ModelFile after = model(recovered("run", source, "hardware.recovery.shift=1"));
        assertThat(after.sram()).hasSize(2);
        after.sram().forEach((id, words) -> {
            assertThat(after.weights().get(id)).containsExactly(before.weights().get(id));
            assertThat(words.divisor()).isEqualTo(3f);
            for (float word : words.values()) {
                assertThat(Math.abs(word)).isIn(0.5f, 1f);
            }
        });
        // fc1 reads analogue values and stays digital: it is trained.
        assertThat(after.weights().get(0)).isNotEqualTo(before.weights().get(0));
    }

    @ParameterizedTest
    @CsvSource({"rram, 2", "baseline, 2", "xavier, 2", "zero, 1"})
    void everyStartHasItsDivisor(String init, float divisor) {
        ModelFile model = model(recovered(
                "run",
                source,
                "train.recovery.init=" + init,
                "train.recovery.baseline=" + source + "/model.safetensors"));
        assertThat(model.sram().values()).allSatisfy(words -> {
            assertThat(words.divisor()).isEqualTo(divisor);
            assertThat(words.zeroLevel()).isEqualTo(init.equals("zero"));
        });
    }

    @Test
    void wordsThatStartAtZeroAreZero() {
        ModelFile model = model(recovered("run", source, "train.recovery.init=zero", "train.optimizer.lr=1e-9"));
        assertThat(model.sram().values())
                .allSatisfy(words -> assertThat(words.values()).containsOnly(0f));
        ModelFile published = model(recovered(
                "published",
                source,
                "train.recovery.init=zero",
                "train.recovery.as_published=true",
                "train.optimizer.lr=1e-9"));
        assertThat(published.sram().values()).allSatisfy(words -> {
            // Without a shift the published code gives the words the 4 bits of the RRAM; their smallest level is 1/8.
            assertThat(words.bits()).isEqualTo(4);
            for (float word : words.values()) {
                assertThat(Math.abs(word)).isEqualTo(0.125f);
            }
        });
    }

    @Test
    void aRecoveredModelCanBeSimulatedAgainAndRecoveredAgain() throws IOException {
        Path first = recovered("first", source);
        byte[] results = Files.readAllBytes(first.resolve("results.csv"));
        done("simulate", first.toString(), "--quiet");
        assertThat(first.resolve("results.csv")).hasBinaryContent(results);

        Path second = recovered("second", first, "train.recovery.init=sram", "train.optimizer.lr=1e-9");
        Map<Integer, SramTensor> words = model(first).sram();
        model(second)
                .sram()
                .forEach((id, own) ->
                        assertThat(own.values()).containsExactly(words.get(id).values()));
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        Path first = recovered("first", source, "run.threads=1");
        Path second = recovered("second", source, "run.threads=2");
        assertThat(second.resolve("model.safetensors")).hasSameBinaryContentAs(first.resolve("model.safetensors"));
        assertThat(second.resolve("results.csv")).hasSameBinaryContentAs(first.resolve("results.csv"));
        assertThat(second.resolve("energy.csv")).hasSameBinaryContentAs(first.resolve("energy.csv"));
    }

    @Test
    void theRecoveredChipIsReportedBesideThePopulation() throws IOException {
        Path run = recovered("run", source, "train.recovery.against=instance", "train.recovery.instance=2");
        Object facts = RunManifest.read(run).values().get("simulation");
        String accuracy = column(run, "results.csv", "accuracy_percent").get(2);
        assertThat(((Map<?, ?>) facts).get("recovered_chip_accuracy_percent")).isEqualTo(Double.parseDouble(accuracy));
        done("simulate", run.toString(), "hardware.cell.programming.scale=2", "--quiet");
        facts = RunManifest.read(run).values().get("simulation");
        assertThat(((Map<?, ?>) facts).get("recovered_chip_accuracy_percent"))
                .isEqualTo("chip 2 of this hardware is not the one the SRAM words were trained beside");
    }

    /** Pruning keeps the last epoch of its own accord, and the best where that is asked for. */
    @Test
    void theEpochThatPruningKeepsCanBeChosen() throws IOException {
        String[] pruning = {"train.prune.enabled=true", "train.epochs=2"};
        String usual = String.valueOf(((Map<?, ?>) RunManifest.read(recovered("usual", source, pruning))
                        .values()
                        .get("training"))
                .get("kept_epoch_chosen_by"));
        assertThat(usual).isEqualTo("it is the last, because SRAM words are pruned (train.keep auto)");
        String best = String.valueOf(
                ((Map<?, ?>) RunManifest.read(recovered("best", source, pruning[0], pruning[1], "train.keep=best"))
                                .values()
                                .get("training"))
                        .get("kept_epoch_chosen_by"));
        assertThat(best).startsWith("accuracy on the ").endsWith(" validation images");
    }

    @Test
    void prunedGroupsLeaveTheStorageAndTheEnergy() throws IOException {
        String[] strong = {
            "train.prune.enabled=true", "train.prune.lambda=0.1", "train.prune.threshold=0.9", "train.epochs=2"
        };
        Path whole = recovered("whole", source);
        Path pruned = recovered("pruned", source, strong);
        Object training = RunManifest.read(pruned).values().get("training");
        assertThat(((Map<?, ?>) training).get("kept_epoch")).isEqualTo(2);
        List<String> sparsity = column(pruned, "layers.csv", "sram_group_sparsity_percent");
        assertThat(sparsity.get(0)).isEmpty();
        assertThat(Double.parseDouble(sparsity.get(1))).isPositive();
        double bits = Double.parseDouble(
                column(pruned, "layers.csv", "sram_storage_bits").get(1));
        double all = Double.parseDouble(
                column(whole, "layers.csv", "sram_storage_bits").get(1));
        assertThat(all).isEqualTo(32 * 16 * 2);
        // A kept group has zeros inside, which take a third bit.
        assertThat(bits).isEqualTo(32 * 16 * 3 * (1 - Double.parseDouble(sparsity.get(1)) / 100));
        assertThat(column(whole, "tiles.csv", "memory")).contains("sram", "crossbar");
        assertThat(sramEnergy(pruned)).isLessThan(sramEnergy(whole)).isPositive();
        double before =
                Double.parseDouble(column(source, "summary.csv", "storage_bits").getFirst());
        double after =
                Double.parseDouble(column(whole, "summary.csv", "storage_bits").getFirst());
        assertThat(after - before).isEqualTo(2 * (32 * 16 + 16 * 10));
    }

    @Test
    void prunedGroupsStayPrunedWhileTheOthersSettle() {
        String[] strong = {
            "train.prune.enabled=true",
            "train.prune.lambda=0.1",
            "train.prune.threshold=0.9",
            "train.schedule=constant",
            "train.epochs=2"
        };
        String[] settling = strong.clone();
        settling[4] = "train.epochs=3";
        float[] pruned = words(recovered("pruned", source, strong));
        List<String> longer = new ArrayList<>(List.of(settling));
        longer.add("train.prune.settle_epochs=1");
        float[] settled = words(recovered("settled", source, longer.toArray(String[]::new)));
        assertThat(settled).isNotEqualTo(pruned);
        int empty = 0;
        for (int first = 0; first < pruned.length; first += 16) {
            float[] group = Arrays.copyOfRange(pruned, first, first + 16);
            if (Arrays.equals(group, new float[16])) {
                assertThat(Arrays.copyOfRange(settled, first, first + 16)).containsOnly(0f);
                empty++;
            }
        }
        assertThat(empty).isBetween(1, pruned.length / 16 - 1);
    }

    private static float[] words(Path run) {
        return model(run).sram().values().iterator().next().values();
    }

    private static double sramEnergy(Path run) throws IOException {
        try (Stream<String> lines = Files.lines(run.resolve("energy.csv"))) {
            return lines.filter(line -> line.startsWith("0,fc2,sram_read,"))
                    .mapToDouble(line -> Double.parseDouble(line.split(",")[3]))
                    .sum();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/latent.safetensors", "/model.safetensors"})
    void aPlainTrainingCanStartFromATrainedModel(String file) {
        Path out = folder.resolve("tuned");
        done(
                "train",
                experiment.toString(),
                "train.from=" + source + file,
                "train.optimizer.lr=1e-9",
                "--out",
                out.toString(),
                "--quiet");
        assertThat(model(out).weights().get(0))
                .containsExactly(model(source).weights().get(0));
    }

    @Test
    void recoveryIsNamedOrFollowsFromTheHardware() {
        Path implied = recovered("implied", source);
        Path named = recovered("named", source, "train.method=recovery");
        assertThat(named.resolve("results.csv")).hasSameBinaryContentAs(implied.resolve("results.csv"));
        assertThat(model(named).sha256()).isEqualTo(model(implied).sha256());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hardware.codec=rram-plus-shifted-sram|train.from must name the run folder or model file whose weights are"
                        + " in the RRAM",
                "hardware.codec=rram-plus-shifted-sram train.from=SOURCE train.variation.device=none"
                        + "|train.recovery.against needs train.variation.device rram for population, got none",
                "hardware.codec=rram-plus-shifted-sram train.from=SOURCE hardware.recovery.shift=3"
                        + "|hardware.recovery.shift must be at least -2 and at most 2, or the word of"
                        + " hardware.recovery.sram_bits is shifted away, got 3",
                "hardware.codec=rram-plus-shifted-sram train.from=SOURCE train.prune.enabled=true train.prune.group=5"
                        + "|train.prune.group 5 does not divide the 32 input channels of layer fc2",
                "hardware.codec=rram-plus-shifted-sram train.from=SOURCE network.hidden=[32,8]"
                        + "|is of another architecture: it has layer fc2 with weights [16, 32] where this"
                        + " experiment has layer fc2 with weights [8, 32]",
                "hardware.codec=rram-plus-shifted-sram train.from=SOURCE network.hidden=[32]"
                        + "|it has layer fc2 with weights [16, 32] where this experiment has layer fc2 with weights [10, 32]",
                "train.from=SOURCE network.time_steps=3|it has norm bn_fc1 of 2 x 32 where this experiment has norm bn_fc1 of 3 x 32",
                "hardware.codec=rram-plus-shifted-sram train.from=SOURCE train.quantise.bits=5"
                        + " train.variation.model=weight|train.quantise.bits 5 has no known sigma",
                "hardware.codec=rram-plus-shifted-sram train.from=SOURCE hardware.cell.bits=5"
                        + "|hardware.cell.programming.sigma: the table has no entry for 5 bits",
                "hardware.codec=rram-plus-shifted-sram train.from=SOURCE train.recovery.init=baseline"
                        + "|train.recovery.baseline must name a run folder or model file",
                "hardware.codec=rram-plus-shifted-sram train.from=SOURCE train.recovery.init=sram"
                        + "|train.recovery.init sram needs a recovered model",
                "hardware.codec=rram-plus-shifted-sram train.from=SOURCE train.recovery.against=instance"
                        + " train.recovery.instance=3|train.recovery.instance must be below simulate.instances 3",
                "hardware.codec=rram-plus-shifted-sram train.from=nowhere|train.from: ",
                "train.from=tiny.yaml|train.from: ",
                "simulate.norm_adaptation.batches=2 network.norm=none|simulate.norm_adaptation.batches 2 needs a"
                        + " network.norm",
                "simulate.norm_adaptation.gamma_epochs=2|simulate.norm_adaptation.gamma_epochs 2 needs"
                        + " simulate.norm_adaptation.batches of at least 1",
                "train.prune.settle_epochs=2|must be less than train.epochs 1, got 2",
                "train.method=recovery|train.method recovery needs hardware.codec rram-plus-shifted-sram, whose SRAM words"
                        + " are trained, got differential-pair",
                "train.prune.enabled=true|train.prune.enabled needs hardware.codec rram-plus-shifted-sram",
                "sram=maybe|sram must be true or false, got 'maybe'"
            })
    void whatCannotBeRecoveredIsRefusedInOneLine(String settings, String message) {
        List<String> arguments = new ArrayList<>(List.of("run", experiment.toString()));
        arguments.addAll(List.of(settings.replace("SOURCE", source.toString()).split(" ")));
        Path out = folder.resolve("out");
        arguments.addAll(List.of("--out", out.toString(), "--quiet"));
        CommandOutcome outcome = CommandOutcome.of(arguments.toArray(String[]::new));
        assertThat(outcome.err()).startsWith("synaptile: ").contains(message).hasLineCount(1);
        assertThat(outcome.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void normsAreAdaptedToEveryChipTheSameWayForAnyNumberOfThreads() throws IOException {
        Path run = recovered("run", source);
        byte[] before = Files.readAllBytes(run.resolve("results.csv"));
        String[] adapted = {"simulate", run.toString(), "--quiet", "simulate.norm_adaptation.batches=3", "run.threads=1"
        };
        done(adapted);
        byte[] after = Files.readAllBytes(run.resolve("results.csv"));
        assertThat(after).isNotEqualTo(before);
        adapted[4] = "run.threads=2";
        done(adapted);
        assertThat(run.resolve("results.csv")).hasBinaryContent(after);
    }

    @Test
    void aPlainModelIsNotSimulatedWithWordsNorARecoveredOneWithout() {
        assertThat(CommandOutcome.of("simulate", source.toString(), "hardware.codec=rram-plus-shifted-sram", "--quiet")
                        .err())
                .contains("train.from must name")
                .hasLineCount(1);
        Path run = recovered("run", source);
        assertThat(CommandOutcome.of("simulate", run.toString(), "hardware.codec=differential-pair", "--quiet")
                        .err())
                .contains("hardware.codec: the model has SRAM words for fc2, fc3, the hardware for no layer")
                .hasLineCount(1);
        assertThat(CommandOutcome.of("simulate", run.toString(), "hardware.recovery.sram_bits=4", "--quiet")
                        .err())
                .contains("hardware.recovery: the model was trained with words of 2 bits and shift 0, got 4 and 0")
                .hasLineCount(1);
        assertThat(CommandOutcome.of(
                                "train",
                                experiment.toString(),
                                "train.from=" + run,
                                "--out",
                                folder.resolve("plain").toString(),
                                "--quiet")
                        .err())
                .contains("is a recovered model, which needs hardware.codec rram-plus-shifted-sram")
                .hasLineCount(1);
    }

    @Test
    void namesOfThePublishedCodeAreRead() {
        CommandOutcome outcome = CommandOutcome.of(
                "train",
                experiment.toString(),
                "sram=true",
                "load_rram=" + source,
                "sram_bit=1",
                "shift_bit=-1",
                "load_rram_w=true",
                "sram_init0=false",
                "swp=true",
                "group=8",
                "lamda=0.001",
                "th=0.01",
                "noprune1=true",
                "--out",
                folder.resolve("run").toString(),
                "--quiet");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.err())
                .contains("sram is read as hardware.codec: rram-plus-shifted-sram where it is true")
                .contains("lamda is read as train.prune.lambda");
        assertThat(model(folder.resolve("run")).sram().values())
                .allSatisfy(words -> assertThat(words.bits()).isEqualTo(1))
                .allSatisfy(words -> assertThat(words.shift()).isEqualTo(-1))
                .allSatisfy(words -> assertThat(words.group()).isEqualTo(8));
    }
}
