/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static io.synaptile.testing.Tolerance.againstIdentity;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.io.npz.Npz;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sparse network on tiles that leave out what holds no weight, from the command line. */
class SparseMappingTest {
    @TempDir
    static Path shared;

    private static Path run;

    /** Most weights are 0, those of the first inputs all: the border of the digits is empty. */
    @BeforeAll
    static void train() throws Exception {
        Path file = shared.resolve("sparse.yaml");
        Files.writeString(file, """
                name: sparse
                seed: 3
                data: {set: digits, dir: %s}
                network: {arch: mlp, hidden: [40], time_steps: 2, coding: poisson}
                train: {method: stds, stds: {width: 0.2}, epochs: 1}
                hardware:
                  tile: {rows: 8, columns: 16}
                  cell: {kind: ideal, bits: 4}
                  readout: {kind: ideal}
                  layers: all
                simulate: {instances: 1, samples: 40}
                """.formatted(
                        Path.of("..", "examples", "data").toAbsolutePath().normalize()));
        run = shared.resolve("run");
        assertThat(CommandOutcome.of("train", file.toString(), "--out", run.toString(), "--quiet")
                        .err())
                .isEmpty();
    }

    private static Path copy(String name) throws Exception {
        Path copy = Files.createDirectories(shared.resolve(name));
        for (String file : List.of("manifest.json", "model.safetensors", "latent.safetensors")) {
            if (Files.exists(run.resolve(file))) {
                Files.copy(run.resolve(file), copy.resolve(file));
            }
        }
        return copy;
    }

    private static CommandOutcome simulated(Path folder, String... settings) {
        List<String> arguments = new ArrayList<>(List.of("simulate", folder.toString(), "--quiet"));
        arguments.addAll(List.of(settings));
        return CommandOutcome.of(arguments.toArray(String[]::new));
    }

    private static Map<String, Double> figures(Path folder) throws Exception {
        Map<String, Double> figures = new TreeMap<>();
        for (String line : Files.readAllLines(folder.resolve("cost.csv"))) {
            String[] cells = line.split(",");
            if (cells[1].equals("sparse_mapping") || cells[2].equals("snn")) {
                figures.put(cells[2], Double.parseDouble(cells[4]));
            }
        }
        return figures;
    }

    /** Cells are ideal and reads exact, so that what is left out changes no score. */
    @Test
    void tilesAreSavedAndScoresStay() throws Exception {
        Path none = copy("none");
        Path skip = copy("skip");
        Path permute = copy("permute");
        assertThat(simulated(none).code()).isZero();
        assertThat(simulated(skip, "hardware.sparse_mapping=skip").code()).isZero();
        assertThat(simulated(permute, "hardware.sparse_mapping=permute").code()).isZero();
        assertThat(figures(none)).containsOnlyKeys("snn");
        Map<String, Double> skipped = figures(skip);
        Map<String, Double> permuted = figures(permute);
        assertThat(permuted.get("tiles")).isLessThanOrEqualTo(skipped.get("tiles"));
        assertThat(skipped.get("tiles")).isLessThanOrEqualTo(skipped.get("tiles_with_all_weights"));
        assertThat(permuted.get("columns")).isLessThan(skipped.get("columns"));
        assertThat(permuted.get("snn")).isLessThan(figures(none).get("snn"));
        assertThat((double) Files.readAllLines(skip.resolve("tiles.csv")).size() - 1)
                .isCloseTo(skipped.get("tiles"), againstIdentity(0.1));
        String accuracy = accuracy(none);
        assertThat(accuracy(skip)).isEqualTo(accuracy);
        assertThat(accuracy(permute)).isEqualTo(accuracy);
        assertThat(Files.readString(permute.resolve("report.html")))
                .contains("hardware.sparse_mapping permute: ", "tiles_with_all_weights");
    }

    private static String accuracy(Path folder) throws Exception {
        List<String> lines = Files.readAllLines(folder.resolve("results.csv"));
        int at = List.of(lines.getFirst().split(",")).indexOf("accuracy_percent");
        return lines.get(1).split(",")[at];
    }

    @Test
    void storedChipsAndTilesFollow() throws Exception {
        Path stored = copy("stored");
        Path tile = shared.resolve("tile.npz");
        CommandOutcome mapped = CommandOutcome.of(
                "map",
                stored.toString(),
                "--instances",
                "1",
                "--export-tile",
                "fc1:0",
                "--out",
                tile.toString(),
                "hardware.sparse_mapping=permute");
        assertThat(mapped.err()).doesNotContain("synaptile:");
        assertThat(mapped.code()).isZero();
        assertThat(mapped.out()).contains("tiles_with_all_weights", "rows_left_out", "columns_used");
        Npz cells = Npz.read(tile);
        int rows = cells.array("target_uS").shape()[0];
        assertThat(cells.array("rows").longs()).hasSize(rows).isSorted();
        assertThat(cells.array("outputs").longs())
                .hasSize(cells.array("target_uS").shape()[1] / 2);
        assertThat(simulated(stored, "--instance", "0").code()).isZero();
        CommandOutcome other = simulated(stored, "--instance", "0", "hardware.sparse_mapping=skip");
        assertThat(other.code()).isNotZero();
        assertThat(other.err()).contains("is a chip of another design").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    hardware.sparse_mapping=all  | hardware.sparse_mapping must be one of none, skip, permute, got 'all'
                    hardware.sparse_mapping=skip | hardware.sparse_mapping must be none for hardware.codec rram-plus-shifted-sram of layer fc1, whose SRAM words stand beside the rows of its cells
                    """)
    void whatCannotBeIsRefused(String setting, String message) throws Exception {
        Path file = shared.resolve("hybrid.yaml");
        Files.writeString(file, """
                name: hybrid
                data: {set: digits, dir: "%s"}
                network: {arch: mlp, hidden: [40], time_steps: 2, coding: poisson}
                train: {from: "%s", quantise: {bits: 4}, variation: {device: rram}}
                hardware: {codec: rram-plus-shifted-sram}
                """.formatted(
                        Path.of("..", "examples", "data").toAbsolutePath().normalize(), run));
        Path out = shared.resolve("refused");
        CommandOutcome done = CommandOutcome.of("train", file.toString(), "--out", out.toString(), "--quiet", setting);
        assertThat(done.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(done.err()).contains(message).hasLineCount(1);
        assertThat(out).doesNotExist();
    }
}
