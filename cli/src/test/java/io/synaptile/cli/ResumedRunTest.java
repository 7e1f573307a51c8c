/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training in a process of its own that is killed or told to end, and what can be made of its checkpoints. */
class ResumedRunTest {
    private static final int POLLS = 30_000;
    private static final List<String> REPEATABLE = List.of(
            "model.safetensors",
            "results.csv",
            "summary.csv",
            "layers.csv",
            "energy.csv",
            "energy_events.csv",
            "cost.csv",
            "area.csv",
            "metrics.csv",
            "tiles.csv",
            "chip.csv",
            "points.csv",
            "training.csv",
            "training_layers.csv",
            "tensorboard/seed-1/events.out.tfevents.0.synaptile");

    @TempDir
    private static Path shared;

    private static Path experiment;
    private static Path undisturbed;

    /** Parent folder of a run that was killed in its second epoch. */
    private static Path killed;

    private static Process process;

    @TempDir
    private Path folder;

    @BeforeAll
    static void runOnceToTheEndAndOnceNot() throws Exception {
        experiment = Files.writeString(shared.resolve("x.yaml"), """
                name: x
                data: {set: digits, dir: %s, train_samples: 240, test_samples: 40, batch: 8}
                network: {arch: vgg5, width: 0.0625, time_steps: 3, dropout: 0.1}
                train: {epochs: 3, tensorboard: true, quantise: {bits: 4}, variation: {device: rram}}
                simulate: {instances: 2}
                run: {checkpoint_minutes: 0}
                """.formatted(
                        Path.of("..", "examples", "data").toAbsolutePath().normalize()));
        undisturbed = shared.resolve("undisturbed");
        assertThat(run("run", undisturbed).code()).isZero();
        killed = shared.resolve("killed");
        start("run", killed.resolve("x"), 1, 10);
        kill();
    }

    @AfterAll
    static void end() throws Exception {
        process.destroyForcibly().waitFor();
    }

    @ParameterizedTest
    @CsvSource({"run, 0, 2", "train, 1, 10", "run, 2, 10"})
    void aKilledRunIsContinuedToTheSameBytes(String command, int epoch, int batch) throws Exception {
        Path target = folder.resolve("runs/x");
        start(command, target, epoch, batch);
        kill();
        assertThat(names(folder.resolve("runs"))).hasSize(1).first().asString().startsWith(".x.unfinished-");

        assertThat(run(command, target, "--resume"))
                .satisfies(done -> assertThat(done.err())
                        .startsWith("synaptile: continuing after epoch " + epoch + " of 3 and ")
                        .hasLineCount(1))
                .satisfies(done -> assertThat(done.code()).isZero());
        if (command.equals("train")) {
            assertThat(CommandOutcome.of("simulate", target.toString(), "--quiet")
                            .code())
                    .isZero();
        }
        assertSameTables(target);
    }

    private static void assertSameTables(Path target) throws IOException {
        assertThat(names(target.getParent())).containsExactly("x");
        assertThat(names(target)).isEqualTo(names(undisturbed));
        for (String file : REPEATABLE) {
            assertThat(target.resolve(file)).hasSameBinaryContentAs(undisturbed.resolve(file));
        }
    }

    @Test
    void aKilledRecoveryIsContinuedToTheSameBytes() throws Exception {
        String[] settings = {
            "hardware.codec=rram-plus-shifted-sram",
            "train.from=" + undisturbed,
            "train.prune.enabled=true",
            "train.prune.group=4",
            "train.prune.lambda=0.01"
        };
        Path whole = folder.resolve("whole");
        assertThat(run("run", whole, settings).code()).isZero();
        Path target = folder.resolve("runs/x");
        start("run", target, 1, 10, settings);
        kill();
        String[] resumed = Arrays.copyOf(settings, settings.length + 1);
        resumed[settings.length] = "--resume";
        assertThat(run("run", target, resumed).code()).isZero();
        for (String file : List.of(
                "model.safetensors", "latent.safetensors", "results.csv", "layers.csv", "training_layers.csv")) {
            assertThat(target.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
    }

    /** The first training is over and is not repeated; the second goes on. */
    @Test
    void aRunKilledInItsSecondTrainingIsContinuedToTheSameBytes() throws Exception {
        String seeds = "train.seeds=2";
        Path whole = folder.resolve("whole");
        assertThat(run("run", whole, seeds).code()).isZero();
        Path target = folder.resolve("runs/x");
        start("run", target, "training-2-epoch-0001-batch-000010", seeds);
        kill();
        refused(target, "was trained with train.seeds 2, not given");
        assertThat(run("run", target, seeds, "--resume"))
                .satisfies(done -> assertThat(done.err())
                        .startsWith("synaptile: seed 2: continuing after epoch 1 of 3 and ")
                        .hasLineCount(1))
                .satisfies(done -> assertThat(done.code()).isZero());
        List<String> files = new ArrayList<>(REPEATABLE);
        files.addAll(List.of("seeds.csv", "seeds/seed-2/model.safetensors", "seeds/seed-2/latent.safetensors"));
        files.add("tensorboard/seed-2/events.out.tfevents.0.synaptile");
        for (String file : files) {
            assertThat(target.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
        for (String file : REPEATABLE) {
            // The headers of models have the hash of the configuration.
            if (file.endsWith(".csv") && !file.startsWith("training")) {
                assertThat(target.resolve(file)).hasSameBinaryContentAs(undisturbed.resolve(file));
            }
        }
    }

    /** Two slots, a count of steps and a rate by step go on where they stood. */
    @Test
    void aKilledTrainingByAdamIsContinuedToTheSameBytes() throws Exception {
        String[] settings = {
            "train.optimizer={kind: adamw, lr: 0.01}",
            "train.schedule={kind: one-cycle, rise: 0.3}",
            "train.loss.label_smoothing=0.1",
            "train.per_layer={'bn*': {weight_decay: 0}, fc2: {clamp: [-1, 1]}}"
        };
        Path whole = folder.resolve("whole");
        assertThat(run("train", whole, settings).code()).isZero();
        Path target = folder.resolve("runs/x");
        start("train", target, 1, 10, settings);
        kill();
        refused(target, "was trained with train.loss.label_smoothing 0.1, not given");
        String[] resumed = Arrays.copyOf(settings, settings.length + 1);
        resumed[settings.length] = "--resume";
        assertThat(run("train", target, resumed).code()).isZero();
        for (String file : List.of("model.safetensors", "latent.safetensors")) {
            assertThat(target.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
    }

    @Test
    void aRunKilledWhileItSimulatesIsNotTrainedAgain() throws Exception {
        Path target = folder.resolve("runs/x");
        start("run", target, 3, 0, "simulate.instances=20000");
        kill();
        assertThat(run("run", target, "--resume").err()).isEqualTo("synaptile: continuing after epoch 3 of 3\n");
        assertSameTables(target);
    }

    @Test
    void aRunThatIsToldToEndSaysHowToGoOn() throws Exception {
        Path target = folder.resolve("runs/x");
        start("train", target, 0, 2);
        refused(target, "is being written by another process: run, process " + process.pid());
        process.destroy();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();

        assertThat(shared.resolve("log"))
                .hasContent("synaptile: stopped; the same command with --resume continues from the last checkpoint");
        assertThat(run("train", target, "--resume").code()).isZero();
        assertThat(target.resolve("model.safetensors"))
                .hasSameBinaryContentAs(undisturbed.resolve("model.safetensors"));
    }

    @Test
    void aNewRunIntoTheSamePlaceBeginsAnewAndReplacesTheStoppedOne() throws Exception {
        Path target = copyOfTheKilledRun();
        CommandOutcome done = run("train", target, "train.epochs=1");

        assertThat(done.code()).isZero();
        assertThat(done.err())
                .isEqualTo(
                        "synaptile: " + target
                                + " has a stopped run, which --resume would continue; this run starts over and replaces it at its first checkpoint\n");
        assertThat(done.out()).contains("kept_epoch  ");
        assertThat(names(target.getParent())).containsExactly("x");
    }

    @Test
    void trainingThatDivergesHasNothingToResume() throws Exception {
        Path target = folder.resolve("runs/x");
        CommandOutcome done = run("train", target, "train.optimizer.lr=1000", "train.optimizer.weight_decay=1000");

        assertThat(done.err()).contains("training diverged").hasLineCount(1);
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train.epochs=4|was trained with train.epochs 3, not 4; without --resume the run starts over",
                "seed=5|was trained with seed 1, not 5",
                "hardware.layers=all|was trained with hardware.layers auto, not all",
                "data.test_samples=30|was trained with data.test_samples 40, not 30",
                "network.time_steps=4|was trained with network.time_steps 3, not 4",
                "network.width=0.125|is of another architecture: it has layer conv1 with weights [4, 1, 3, 3] where this"
                        + " experiment has layer conv1 with weights [8, 1, 3, 3]; without --resume"
            })
    void aCheckpointOfAnotherExperimentIsRefused(String setting, String message) throws Exception {
        refused(copyOfTheKilledRun(), message, setting);
    }

    @Test
    void aTruncatedCheckpointIsRefusedAndTheOneBeforeItIsTakenOnRequest() throws Exception {
        Path target = copyOfTheKilledRun();
        Path newest = checkpoints(target).getLast();
        byte[] whole = Files.readAllBytes(newest);
        Files.write(newest, Arrays.copyOf(whole, whole.length / 2));

        refused(target, newest + ": tensor ");
        refused(target, "data bytes; remove this file to continue from the checkpoint before it");
        Files.write(newest, new byte[0]);
        refused(target, newest + ": has 0 bytes");

        Files.delete(newest);
        assertThat(run("train", target, "--resume").code()).isZero();
        assertThat(target.resolve("model.safetensors"))
                .hasSameBinaryContentAs(undisturbed.resolve("model.safetensors"));
    }

    @Test
    void withoutACheckpointThereIsNothingToResume() throws Exception {
        refused(folder.resolve("runs/x"), "has no stopped run with a checkpoint; start it without --resume");
        refused(undisturbed, "is a finished run; there is nothing to resume");
    }

    private void refused(Path target, String message, String... settings) throws Exception {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("--resume");
        List<String> before = Files.isDirectory(target.getParent()) ? names(target.getParent()) : List.of();
        CommandOutcome refused = run("train", target, all.toArray(String[]::new));

        assertThat(refused.err()).startsWith("synaptile: ").contains(message).hasLineCount(1);
        assertThat(refused.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(Files.isDirectory(target.getParent()) ? names(target.getParent()) : List.of())
                .isEqualTo(before);
    }

    private Path copyOfTheKilledRun() throws IOException {
        Path target = folder.resolve("runs/x");
        try (Stream<Path> files = Files.walk(killed)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve("runs").resolve(killed.relativize(file)));
            }
        }
        return target;
    }

    private static String[] arguments(String command, Path target, String... settings) {
        Stream<String> fixed = Stream.of(command, experiment.toString(), "--quiet", "--out", target.toString());
        return Stream.concat(fixed, Stream.of(settings)).toArray(String[]::new);
    }

    private static CommandOutcome run(String command, Path target, String... settings) {
        return CommandOutcome.of(arguments(command, target, settings));
    }

    /** Starts a run and waits for a checkpoint that is at least so far. */
    private static void start(String command, Path target, int epoch, int batch, String... settings) throws Exception {
        start(command, target, String.format(Locale.ROOT, "epoch-%04d-batch-%06d", epoch, batch), settings);
    }

    /** Starts a run and waits for a checkpoint of the same training whose name is that or a later one. */
    private static void start(String command, Path target, String reached, String... settings) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> words =
                new ArrayList<>(List.of(java, "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        words.addAll(List.of(arguments(command, target, settings)));
        process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(shared.resolve("log").toFile())
                .start();
        String training = reached.substring(0, reached.indexOf("epoch-"));
        for (int i = 0; i < POLLS; i++) {
            List<Path> found = checkpoints(target, training);
            if (!found.isEmpty() && found.getLast().getFileName().toString().compareTo(reached) >= 0) {
                return;
            }
            assertThat(process.isAlive())
                    .as(() -> "log: " + shared.resolve("log"))
                    .isTrue();
            Thread.sleep(2);
        }
        throw new AssertionError("no checkpoint: " + Files.readString(shared.resolve("log")));
    }

    private static void kill() throws Exception {
        process.destroyForcibly();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    /** Checkpoints of the unfinished folder beside a target, the newest last. */
    private static List<Path> checkpoints(Path target) throws IOException {
        return checkpoints(target, "");
    }

    private static List<Path> checkpoints(Path target, String training) throws IOException {
        if (!Files.isDirectory(target.getParent())) {
            return List.of();
        }
        for (String name : names(target.getParent())) {
            Path folder = target.resolveSibling(name).resolve("checkpoints");
            if (name.startsWith(".") && Files.isDirectory(folder)) {
                return names(folder).stream()
                        .filter(file -> file.startsWith(training + "epoch-"))
                        .map(folder::resolve)
                        .toList();
            }
        }
        return List.of();
    }

    /** Names in a folder but that of the lock file, which a killed process leaves. */
    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.endsWith(".lock"))
                    .sorted()
                    .toList();
        }
    }
}
