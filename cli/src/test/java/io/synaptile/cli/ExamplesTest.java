/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.plugin.PlugIns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The experiment files that come with the product. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    @TempDir
    private Path folder;

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyExampleIsNamedAfterItsFile(Path file) {
        boolean board = file.equals(EXAMPLES.resolve("board.yaml"));
        ExperimentFile example =
                board ? ExperimentFile.readBoard(file, List.of(), PlugIns.NONE) : ExperimentFile.read(file, List.of());
        assertThat(example.experiment().name() + ".yaml")
                .isEqualTo(file.getFileName().toString());
        assertThat(example.notices()).isEmpty();
        assertThat(example.points()).isNotEmpty();
    }

    /** Even after one epoch, with images that seldom stop early: tiles are read four times instead of eight. */
    @Test
    void theExampleThatCostsLessThanItsTwinDoes() throws IOException {
        Path run = folder.resolve("run");
        CommandOutcome outcome = CommandOutcome.of(
                "run",
                EXAMPLES.resolve("digits-early-exit.yaml").toString(),
                "--quiet",
                "--out",
                run.toString(),
                "data.dir=" + EXAMPLES.resolve("data").toAbsolutePath().normalize(),
                "data.train_samples=400",
                "train.epochs=1",
                "simulate.instances=1",
                "simulate.samples=40");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        double spiking = figure(run, "snn");
        assertThat(spiking).isLessThan(figure(run, "quantised_ann"));
        double digital = Files.readAllLines(run.resolve("energy.csv")).stream()
                .filter(line -> line.startsWith("0,fc1,"))
                .mapToDouble(line -> Double.parseDouble(line.split(",")[3]))
                .sum();
        assertThat(digital).isLessThan(0.5 * spiking);
    }

    private static double figure(Path run, String quantity) throws IOException {
        return Files.readAllLines(run.resolve("cost.csv")).stream()
                .filter(line -> line.startsWith("0,energy," + quantity + ","))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)))
                .findFirst()
                .orElseThrow();
    }

    static Stream<Path> cifar() throws IOException {
        return files().stream().filter(file -> file.getFileName().toString().startsWith("cifar"));
    }

    /** A few made images and a narrow network of two steps; all else as the example has it. */
    @ParameterizedTest
    @MethodSource("cifar")
    void everyCifarExampleRuns(Path file) throws IOException {
        for (int batch = 1; batch <= 5; batch++) {
            write("data_batch_" + batch + ".bin", 1, 10);
        }
        write("test_batch.bin", 1, 6);
        write("train.bin", 2, 40);
        write("test.bin", 2, 6);
        String images = Files.readString(file).contains("images: 3500")
                ? "train.convert.images=10"
                : "data.validation="
                        + ExperimentFile.read(file, List.of())
                                .experiment()
                                .data()
                                .validation();
        CommandOutcome outcome = CommandOutcome.of(
                "run",
                file.toString(),
                "--quiet",
                "--out",
                folder.resolve("run").toString(),
                images,
                "data.dir=" + folder,
                "data.train_samples=all",
                "data.test_samples=all",
                "data.batch=12",
                "network.width=0.03",
                "network.time_steps=2",
                "train.epochs=1",
                "simulate.instances=1",
                "simulate.samples=all");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
    }

    private void write(String name, int labelBytes, int images) throws IOException {
        byte[] bytes = new byte[images * (labelBytes + 3072)];
        new SplittableRandom(images).nextBytes(bytes);
        for (int i = 0; i < images; i++) {
            for (int label = 0; label < labelBytes; label++) {
                bytes[i * (labelBytes + 3072) + label] = (byte) (i % 10);
            }
        }
        Files.write(folder.resolve(name), bytes);
    }
}
