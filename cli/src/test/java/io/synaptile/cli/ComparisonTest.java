/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two methods for the same tiny network and chips. */
class ComparisonTest {
    private static final String TINY =
            """
            name: tiny
            seed: 5
            data: {set: digits, dir: %s, train_samples: 200, test_samples: 40, batch: 40}
            network: {arch: mlp, hidden: [16], time_steps: 2}
            train: {epochs: 1}
            hardware:
              tile: {rows: 16, columns: 32}
              cell: {kind: rram, bits: 4, range_uS: [2, 40], programming: {kind: lognormal, sigma: table}}
            simulate: {instances: 2}
            compare:
              variation: [0, 2]
              methods:
                bntt: {train: {method: bntt, quantise: {bits: 4}}}
                conversion: {train.method: conversion, network: {norm: none, coding: direct, time_steps: 4}}
              repair: {train: {epochs: 1, optimizer: {lr: 0.01}}, hardware.recovery.sram_bits: 2}
            """.formatted(Path.of("..", "examples", "data").toAbsolutePath().normalize());

    @TempDir
    private Path folder;

    private Path experiment;

    @BeforeEach
    void write() throws IOException {
        experiment = Files.writeString(folder.resolve("tiny.yaml"), TINY);
    }

    private CommandOutcome compare(String... settings) {
        List<String> arguments = new ArrayList<>(List.of("compare", experiment.toString(), "--quiet"));
        arguments.addAll(List.of(settings));
        arguments.addAll(List.of("--out", folder.resolve("compared").toString()));
        return CommandOutcome.of(arguments.toArray(String[]::new));
    }

    /** Its figures are those of the runs of which it consists; resumed, nothing is computed again. */
    @Test
    void everyCandidateHasARowForEveryAmountOfVariation() throws IOException {
        CommandOutcome outcome = compare();
        assertThat(outcome.code()).as(outcome.err()).isZero();
        Path compared = folder.resolve("compared");
        List<String[]> rows = Files.readAllLines(compared.resolve("comparison.csv")).stream()
                .map(line -> line.split(",", -1))
                .toList();
        assertThat(rows.stream().skip(1).map(row -> row[0] + " " + row[1] + " " + row[2]))
                .containsExactly("bntt 0 2", "bntt 2 2", "conversion 0 4", "conversion 2 4");
        assertThat(rows.get(1)[7]).isEmpty();
        for (int i = 0; i < 4; i++) {
            String method = i < 2 ? "bntt" : "conversion";
            assertThat(rows.get(i + 1)[5]).isEqualTo(summary(compared.resolve(method), i % 2)[2]);
            if (i % 2 == 1) {
                assertThat(rows.get(i + 1)[7]).isEqualTo(summary(compared.resolve(method + "-repaired"), 0)[2]);
            }
        }
        assertThat(compared.resolve("comparison.html")).content().contains("conversion", "After repair by SRAM");
        List<String> host = Files.readAllLines(compared.resolve("comparison_host.csv"));
        assertThat(host).hasSize(3);
        assertThat(Double.parseDouble(host.get(1).split(",")[1])).isPositive();
        assertThat(outcome.out()).contains("repaired %").contains("conversion");

        byte[] before = Files.readAllBytes(compared.resolve("comparison.csv"));
        assertThat(compare("--resume").code()).isZero();
        assertThat(compared.resolve("comparison.csv")).hasBinaryContent(before);
    }

    private static String[] summary(Path sweep, int point) throws IOException {
        return Files.readAllLines(sweep.resolve("summary.csv")).get(point + 1).split(",", -1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "compare.methods=null|compare.methods must be a block of names",
                "compare.methods.bntt=3|compare.methods.bntt must be a block of settings, got 3",
                "compare.methods.a/b={train.epochs: 2}|names of compare.methods must consist of",
                "compare.methods.bntt.train.epoch=2|unknown key train.epoch; did you mean train.epochs?",
                "compare.variation=[-1]|compare.variation must be a list of factors of at least 0",
                "compare.variations=[1]|unknown key compare.variations; did you mean compare.variation?",
                "compare.repair=4|compare.repair must be a block of settings, got 4",
                "compare.repair.train.epochs=0|train.epochs must be",
                "compare.repair.train.convert.percentile=99|train.convert is a key of train.method conversion",
                "sweep.train.epochs=[1,2]|sweep and compare cannot both be there",
                "compare=null|there is no block compare"
            })
    void whatCannotBeComparedIsRefusedBeforeAnythingIsWritten(String setting, String message) {
        CommandOutcome outcome = compare(setting);
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).contains(message);
        assertThat(folder.resolve("compared")).doesNotExist();
    }

    @Test
    void otherCommandsPointToThisOne() {
        CommandOutcome outcome = CommandOutcome.ofRun(experiment, folder.resolve("run"));
        assertThat(outcome.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(outcome.err()).contains("compare: use 'synaptile compare' for a file with candidates");
    }
}
