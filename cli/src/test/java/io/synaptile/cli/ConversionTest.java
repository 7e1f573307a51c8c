/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training of an artificial network and its conversion, by commands. */
class ConversionTest {
    @TempDir
    private static Path shared;

    private static Path file;
    private static Path trained;

    @TempDir
    private Path folder;

    @BeforeAll
    static void convertBinaryWeights() throws IOException {
        file = Files.writeString(shared.resolve("signs.yaml"), """
                name: signs
                seed: 3
                data: {set: digits, dir: %s, train_samples: 300, test_samples: 60, batch: 30}
                network:
                  time_steps: 12
                  coding: direct
                  layers: [conv: {channels: 4, padding: 1}, relu, conv: {channels: 6}, avg_pool: 2, lif, dense: classes]
                train: {method: conversion, binary: true, epochs: 2, optimizer: {kind: adam, lr: 0.01}}
                hardware: {cell: {kind: rram, bits: 1}}
                simulate: {instances: 2}
                """.formatted(
                        Path.of("..", "examples", "data").toAbsolutePath().normalize()));
        trained = shared.resolve("trained");
        CommandOutcome outcome = CommandOutcome.ofRun(file, trained);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("artificial_accuracy_percent", "steps_to_99_percent_of_artificial");
    }

    @Test
    void theSameConversionWithoutTrainingComesToTheSame() throws IOException {
        Path again = folder.resolve("again");
        CommandOutcome outcome = convert(trained, again);

        assertThat(outcome.err()).isEmpty();
        for (String table : List.of("conversion.csv", "conversion_layers.csv")) {
            assertThat(again.resolve(table)).hasSameBinaryContentAs(trained.resolve(table));
        }
        assertThat(Files.readAllLines(again.resolve("conversion.csv"))).hasSize(1 + 12);
        assertThat(Files.readString(trained.resolve("report.html"))).contains("<h2>Conversion</h2>");
    }

    @Test
    void aPercentileOfOneHalfFiresMore() throws IOException {
        Path half = folder.resolve("half");
        CommandOutcome outcome = convert(
                trained,
                half,
                "train.convert.percentile=50",
                "train.convert.over=positive",
                "train.convert.schedule=pipelined");

        assertThat(outcome.err()).isEmpty();
        assertThat(spikes(half)).isGreaterThan(spikes(trained));
    }

    @Test
    void aConversionStartsFromTheArtificialNetworkAndLeavesItsFolder() throws IOException {
        String table = Files.readString(trained.resolve("training.csv"));
        String spiking = trained.resolve("model.safetensors").toString();
        assertThat(CommandOutcome.of("convert", file.toString(), "--from", spiking, "--out", folder.resolve("a") + "")
                        .err())
                .contains("is a spiking network: its layer relu1 has neurons")
                .hasLineCount(1);
        assertThat(CommandOutcome.of(
                                "convert", file.toString(), "--from", trained + "", "--out", trained + "/../trained")
                        .err())
                .contains("is the folder of the artificial network")
                .hasLineCount(1);
        assertThat(CommandOutcome.of("convert", file.toString(), "--from", trained + "", "train.epochs=3")
                        .err())
                .contains("train.epochs is of a training")
                .hasLineCount(1);
        assertThat(folder.resolve("a")).doesNotExist();
        assertThat(trained.resolve("training.csv")).hasContent(table);
    }

    /** The artificial network is not lost with its conversion. */
    @Test
    void aConversionThatFailsIsContinuedWithOtherSettings() throws IOException {
        Path run = folder.resolve("rare");
        CommandOutcome failed = CommandOutcome.ofRun(file, run, "train.convert.percentile=0.5");
        assertThat(failed.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(failed.err().lines().filter(line -> line.startsWith("synaptile:")))
                .singleElement()
                .asString()
                .startsWith("synaptile: command line: train.method conversion: layer ")
                .contains("is active too rarely on the calibration images", "with --resume");
        assertThat(run).doesNotExist();

        CommandOutcome continued = CommandOutcome.of("run", file + "", "--out", run + "", "--resume");
        assertThat(continued.err()).contains("continuing after epoch 2 of 2").doesNotContain("epoch 1/2");
        for (String table : List.of("training.csv", "conversion.csv", "results.csv")) {
            assertThat(run.resolve(table)).hasSameBinaryContentAs(trained.resolve(table));
        }
        assertThat(CommandOutcome.of("train", file + "", "--out", run + "", "--resume", "train.optimizer.lr=0.02")
                        .code())
                .isEqualTo(ExitCode.USER_ERROR);
    }

    @Test
    void anotherFormThanWasTrainedIsSaid() {
        CommandOutcome outcome = convert(trained, folder.resolve("float"), "train.binary=false");

        assertThat(outcome.err()).hasLineCount(1).contains("train.binary.layers inner, which is none here");
        assertThat(outcome.out()).contains("artificial_validation_accuracy_percent");
    }

    @Test
    void aNetworkOfRectifiersHasNoTrainedThresholds() {
        CommandOutcome outcome = convert(trained, folder.resolve("levels"), "train.convert.kind=qcfs");

        assertThat(outcome.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(outcome.err())
                .hasLineCount(1)
                .contains(
                        "was trained with rectifiers (relu, train.convert.kind percentile)",
                        "has no threshold in layer");
    }

    /** Converts the artificial network of a run, with settings over those of the file. */
    private static CommandOutcome convert(Path from, Path out, String... settings) {
        List<String> arguments = new ArrayList<>(
                List.of("convert", file.toString(), "--from", from.toString(), "--out", out.toString(), "--quiet"));
        arguments.addAll(List.of(settings));
        return CommandOutcome.of(arguments.toArray(String[]::new));
    }

    private static double spikes(Path run) throws IOException {
        String last = Files.readAllLines(run.resolve("conversion.csv")).getLast();
        return Double.parseDouble(last.substring(last.lastIndexOf(',') + 1));
    }

    @Test
    void bothStagesOfRateNormsLeaveTheirModels() throws IOException {
        Path rates = folder.resolve("rates");
        CommandOutcome outcome = CommandOutcome.ofRun(
                file,
                rates,
                "train.method=rate-norm",
                "train.binary=null",
                "train.rate_norm={lambda: 0.5, epochs: 2, lr: 0.1, validate_every: 4}");

        assertThat(outcome.err()).isEmpty();
        List<String> looks = Files.readAllLines(rates.resolve("rate_norm.csv"));
        long saved = looks.stream().skip(1).filter(line -> !line.endsWith(",")).count();
        assertThat(looks).hasSize(1 + 1 + 4);
        try (Stream<Path> models = Files.list(rates.resolve("saved"))) {
            assertThat(models.count()).isEqualTo(saved);
        }
        assertThat(Files.readAllLines(rates.resolve("conversion.csv"))).hasSize((int) (1 + 12 * saved));
        assertThat(CommandOutcome.of("verify", rates.toString()).code()).isZero();

        Path again = folder.resolve("again");
        CommandOutcome converted = convert(rates, again, "train.method=rate-norm", "train.binary=null");
        assertThat(converted.err()).isEmpty();
        assertThat(Files.readAllLines(again.resolve("rate_norm.csv"))).hasSize(1 + 1);
        List<String> steps = Files.readAllLines(rates.resolve("conversion.csv"));
        for (int t = 1; t <= 12; t++) {
            String[] own =
                    Files.readAllLines(again.resolve("conversion.csv")).get(t).split(",");
            String[] last = steps.get(steps.size() - 13 + t).split(",");
            assertThat(own[own.length - 3]).isEqualTo(last[last.length - 3]);
            assertThat(own[own.length - 1]).isEqualTo(last[last.length - 1]);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train.convert.percentile=0 | train.convert.percentile must be above 0 and at most 100",
                "train.convert.percentile=101 | train.convert.percentile must be above 0 and at most 100",
                "train.convert.images=400 | train.convert.images must be at most 240",
                "train.convert.initial=1 | train.convert.initial must be at least 0 and below 1",
                "train.convert.levels=4 | train.convert.levels",
                "train.binary.layers=all | layer conv1 has a single input channel",
                "network.layers=[conv: {channels: 4}, norm: shared, lif, dense: 8, lif, dense: classes] | train.binary does not go with layer bn1, a norm",
                "network.layers=[conv: {channels: 4}, lif, dense: 8, bias, lif, dense: classes] | train.binary does not go with layer bias1, a bias",
                "network.layers=[conv: {channels: 4}, lif, max_pool: 2, dense: classes] | layer pool1 cannot be converted: the largest of spikes",
                "network.layers=[dense: classes] | because none can be there: fc1 reads the input as it is; tiles are driven",
                "network.layers=[conv: {channels: 4}, avg_pool: 2, dense: classes] | conv1 reads the input as it is, fc1 reads values that no neurons turn into spikes; tiles",
                "network.layers=[conv: {channels: 4}, lif: {name: a}, conv: {channels: 4, padding: 1}, lif: {name: b}, concat: [a, b], conv: {channels: 4}, lif, dense: classes] | train.binary does not go with layer concat1, behind which",
                "train.convert.scale=channel | train.convert.scale must be layer where train.binary is true",
                "train.epochs=0 | train.epochs must be at least 1 with train.method conversion and no train.from",
                "train.spike_rate=0.1 | train.spike_rate.weight must be 0 for train.method conversion"
            })
    void whatCannotBeConvertedIsSaidInOneLine(String setting, String message) {
        Path run = folder.resolve("refused");
        CommandOutcome outcome = CommandOutcome.ofRun(file, run, setting);

        assertThat(outcome.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(outcome.err().strip()).contains(message).hasLineCount(1);
        assertThat(run).doesNotExist();
    }
}
