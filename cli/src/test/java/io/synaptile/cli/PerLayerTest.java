/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Experiments whose layers differ in quantiser, cell, codec and place. */
class PerLayerTest {
    private static final String MIXED = """
            name: mixed
            seed: 3
            data: {set: digits, dir: %s, train_samples: 400, test_samples: 60, batch: 40}
            network: {arch: mlp, hidden: [16, 16, 16], time_steps: 3}
            train:
              epochs: 2
              quantise:
                bits: 4
                per_layer: {fc1: {kind: dorefa}, fc2: {kind: ternary}, fc3: {kind: kbit, bits: 8}}
              variation: {device: rram, model: cell, scale: 0.5}
            hardware:
              tile: {rows: 32, columns: 32}
              per_layer: {fc3: {cell: {bits: 2}}, fc4: {place: digital}}
            simulate: {instances: 2}
            """;

    @TempDir
    private Path folder;

    private Path run(String name, String... settings) throws Exception {
        Path data = Path.of("..", "examples", "data").toAbsolutePath().normalize();
        Path file = Files.writeString(folder.resolve("mixed.yaml"), MIXED.formatted(data));
        Path run = folder.resolve(name);
        CommandOutcome outcome = CommandOutcome.ofRun(file, run, settings);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        return run;
    }

    @Test
    void everyLayerHasItsOwnColumns() throws Exception {
        Path run = run("tiles");
        assertThat(run.resolve("report.html")).content().contains("rram and ternary cells on 32 x 32 tiles");
        Map<String, Integer> columns = new TreeMap<>();
        for (String line : Files.readAllLines(run.resolve("tiles.csv"))) {
            String[] cells = line.split(",");
            if (!cells[0].equals("point") && cells[3].equals("0")) {
                columns.merge(cells[1], Integer.parseInt(cells[6]), Integer::sum);
            }
        }
        // 16 outputs: pairs of one slice, of one ternary cell, and of four slices for 128 steps on 2-bit cells.
        assertThat(columns).isEqualTo(Map.of("fc1", 32, "fc2", 32, "fc3", 128));
    }

    /** DoReFa levels are no binary fractions; a sum that rounds to the other side of a threshold would show here. */
    @ParameterizedTest
    @ValueSource(strings = {"weight", "cell"})
    void exactCellsGiveTheAccuracyOfTheSoftware(String model) throws Exception {
        Path run = run(
                "exact",
                "train.variation.model=" + model,
                "hardware.cell.programming.scale=0",
                "hardware.per_layer.fc2.cell={kind: ternary, sigma_lrs: 0, sigma_hrs: 0}",
                "hardware.readout.kind=ideal");
        assertThat(accuracies(run)).hasSize(2).allMatch(row -> row[0].equals(row[1]));
    }

    /** A 4-bit cell costs a ternary weight two columns as well; the spread of the cells tells them apart. */
    @Test
    void ternaryLayersAreHeldByTernaryCellsUnlessTheExperimentSaysOtherwise() throws Exception {
        String[] settings = {
            "train.quantise.per_layer.fc1.kind=ternary",
            "train.variation.device=none",
            "hardware.cell.programming.scale=0",
            "hardware.readout.kind=ideal",
        };
        assertThat(accuracies(run("ternary-cells", settings)))
                .as("the spread of ternary cells is not that of hardware.cell")
                .anyMatch(row -> !row[0].equals(row[1]));
        List<String> inRram = new ArrayList<>(List.of(settings));
        inRram.add("hardware.per_layer={fc1: {codec: ternary-pair}, fc2: {codec: differential-pair}}");
        assertThat(accuracies(run("rram", inRram.toArray(String[]::new)))).allMatch(row -> row[0].equals(row[1]));
    }

    /** Accuracy of each chip and of the software. */
    private static List<String[]> accuracies(Path run) throws Exception {
        return Files.readAllLines(run.resolve("results.csv")).stream()
                .skip(1)
                .map(row -> row.split(","))
                .map(cells -> new String[] {cells[4], cells[5]})
                .toList();
    }
}
