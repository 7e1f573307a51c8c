/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training of sparse weights by a command, from the first weight to cells. */
class SparseTrainingTest {
    @TempDir
    private Path folder;

    /** One change on a file for another method, quantiser and variation included. */
    @Test
    void prunedWeightsAreZeroOnTheChipAndTheirShareIsToldByEpoch() throws IOException {
        Path file = Files.writeString(folder.resolve("small.yaml"), """
                name: small
                seed: 3
                data: {set: digits, dir: %s, train_samples: 300, test_samples: 60, batch: 30}
                network: {arch: mlp, hidden: [24], time_steps: 2, coding: direct}
                train: {method: bntt, epochs: 3, quantise: {bits: 4, layers: all}, variation: {device: rram}}
                hardware: {cell: {kind: rram, bits: 4}}
                simulate: {instances: 1, samples: 20}
                """.formatted(
                        Path.of("..", "examples", "data").toAbsolutePath().normalize()));
        Path run = folder.resolve("run");
        CommandOutcome outcome = CommandOutcome.ofRun(file, run, "train.method=stds", "train.tensorboard=true");

        assertThat(outcome.err()).isEmpty();
        List<Double> zeros = zeros(run);
        assertThat(zeros).hasSize(3).isSorted();
        assertThat(zeros.getLast()).isGreaterThan(20);
        String manifest = Files.readString(run.resolve("manifest.json"));
        assertThat(manifest).contains("\"sparsity_percent\"", "it is the last, because accuracy recovers only");
        double written = Files.readAllLines(run.resolve("metrics.csv")).stream()
                .filter(line -> line.contains(",connection_sparsity,"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)))
                .findFirst()
                .orElseThrow();
        assertThat(written).isGreaterThan(0.15);
        assertThat(Files.readString(run.resolve("report.html"))).contains("Weights that are 0");
    }

    /** Percent of the weights of the first layer by epoch. */
    private static List<Double> zeros(Path run) throws IOException {
        List<String> lines = Files.readAllLines(run.resolve("training_layers.csv"));
        int column = List.of(lines.getFirst().split(",")).indexOf("zeros_percent");
        return lines.stream()
                .filter(line -> line.contains(",fc1,weight,"))
                .map(line -> Double.parseDouble(line.split(",")[column]))
                .toList();
    }
}
