/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the tables put the arrays of a chip, and chips that a network does not fit. */
class ChipHierarchyTest {
    @TempDir
    private static Path shared;

    private static Path run;

    @BeforeAll
    static void runOnce() throws Exception {
        Path file = Files.writeString(shared.resolve("tiny.yaml"), """
                name: tiny
                data: {set: digits, dir: %s, train_samples: 100, test_samples: 20, batch: 40}
                network: {arch: mlp, hidden: [8], time_steps: 2}
                train: {epochs: 1, quantise: {bits: 4}, variation: {device: rram}}
                hardware: {tile: {rows: 32, columns: 16}}
                simulate: {instances: 1}
                """.formatted(
                        Path.of("..", "examples", "data").toAbsolutePath().normalize()));
        run = shared.resolve("run");
        assertThat(CommandOutcome.ofRun(file, run).err()).isEmpty();
    }

    private static CommandOutcome map(String... settings) {
        List<String> arguments = new ArrayList<>(List.of("map", run.toString(), "--quiet"));
        arguments.addAll(List.of(settings));
        return CommandOutcome.of(arguments.toArray(String[]::new));
    }

    /** The trained network in a folder of its own. */
    private static Path copy(String name) throws Exception {
        Path copy = shared.resolve(name);
        Files.createDirectories(copy);
        for (String file : List.of("manifest.json", "model.safetensors", "latent.safetensors")) {
            Files.copy(run.resolve(file), copy.resolve(file));
        }
        return copy;
    }

    /** Column of tiles.csv. */
    private static List<String> column(String name) throws Exception {
        return column(run.resolve("tiles.csv"), name);
    }

    private static List<String> column(Path table, String name) throws Exception {
        List<String> lines = Files.readAllLines(table);
        int at = Arrays.asList(lines.getFirst().split(",")).indexOf(name);
        return lines.stream().skip(1).map(line -> line.split(",")[at]).toList();
    }

    @Test
    void everyArrayHasAPlaceOnTheMesh() throws Exception {
        assertThat(map(
                                "hardware.chip.arrays_per_pe=1",
                                "hardware.chip.pes_per_tile=1",
                                "hardware.chip.mesh=[2, 8]",
                                "hardware.chip.packing=pe")
                        .err())
                .isEmpty();
        List<String> tiles = column("chip_tile");
        assertThat(tiles).hasSizeGreaterThan(3).doesNotHaveDuplicates();
        assertThat(column("mesh_x").subList(0, 4)).containsExactly("0", "1", "1", "0");
        assertThat(column("mesh_y").subList(0, 4)).containsExactly("0", "0", "1", "1");
        assertThat(column("copy")).containsOnly("0");
        assertThat(column("utilisation_percent").getFirst()).isEqualTo("100");
    }

    /** 64 inputs in two row tiles of 8 outputs in pairs, then 8 inputs of 10 outputs: 2 and 2 arrays, two of them to a chip tile. */
    @Test
    void everyChipTileSaysWhatItHolds() throws Exception {
        Path copy = copy("held");
        assertThat(CommandOutcome.of(
                                "map",
                                copy.toString(),
                                "--quiet",
                                "hardware.chip.arrays_per_pe=1",
                                "hardware.chip.pes_per_tile=3",
                                "hardware.chip.mesh=[2, 8]")
                        .err())
                .isEmpty();
        Path chip = copy.resolve("chip.csv");
        assertThat(column(chip, "chip_tile")).containsExactly("0", "1");
        assertThat(column(chip, "layers")).containsExactly("fc1 fc2", "fc2");
        assertThat(column(chip, "arrays")).containsExactly("3", "1");
        assertThat(column(chip, "arrays_there")).containsOnly("3");
        assertThat(column(chip, "mesh_columns")).containsOnly("2");
        assertThat(column(chip, "mesh_rows")).containsOnly("8");
        List<String> cells = column(copy.resolve("tiles.csv"), "cells_used");
        long first = cells.stream().limit(3).mapToLong(Long::parseLong).sum();
        assertThat(column(chip, "cells_used").getFirst()).isEqualTo(Long.toString(first));
        assertThat(Double.parseDouble(column(chip, "utilisation_percent").getFirst()))
                .isEqualTo(100.0 * first / (3 * 32 * 16));
    }

    /** Both cells of a pair stand at one crossing, so that a chip tile is full with twice as many. */
    @Test
    void pairsOnOneColumnFillNoMoreThanTheirChipTile() throws Exception {
        Path copy = copy("paired");
        assertThat(CommandOutcome.of(
                                "map",
                                copy.toString(),
                                "--quiet",
                                "hardware.wire.topology=c",
                                "hardware.chip.arrays_per_pe=unlimited",
                                "hardware.chip.pes_per_tile=unlimited",
                                "hardware.chip.mesh=[]")
                        .err())
                .isEmpty();
        List<String> ofArrays = column(copy.resolve("tiles.csv"), "utilisation_percent");
        double mean =
                ofArrays.stream().mapToDouble(Double::parseDouble).average().orElseThrow();
        assertThat(column(copy.resolve("chip.csv"), "utilisation_percent"))
                .singleElement()
                .satisfies(used -> assertThat(Double.parseDouble(used)).isCloseTo(mean, againstClosedForm(1e-9)));
    }

    @Test
    void spikesThatTravelAreInTheEnergyTable() throws Exception {
        Path copy = copy("hops");
        CommandOutcome done = CommandOutcome.of(
                "simulate",
                copy.toString(),
                "hardware.chip.arrays_per_pe=1",
                "hardware.chip.pes_per_tile=1",
                "--quiet");
        assertThat(done.err()).isEmpty();
        assertThat(done.code()).isZero();
        assertThat(Files.readString(copy.resolve("energy.csv"))).contains("fc2,spike_transport,");
        assertThat(column(copy.resolve("layers.csv"), "hops_per_event"))
                .anySatisfy(hops -> assertThat(Double.parseDouble(hops)).isPositive());
        assertThat(column(run.resolve("layers.csv"), "hops_per_event")).containsOnly("0");
        assertThat(Files.readString(copy.resolve("report.html"))).contains("<h2>Chip</h2>", "chip tile 1 at column ");
        assertThat(Files.readString(run.resolve("energy.csv"))).doesNotContain("spike_transport");
        assertThat(Files.readAllLines(copy.resolve("tiles.csv")).getFirst())
                .endsWith("memory,copy,pe,chip_tile,mesh_x,mesh_y,utilisation_percent");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    hardware.chip.arrays_per_pe=1 hardware.chip.pes_per_tile=1 hardware.chip.tiles=2 | are missing; raise hardware.chip.tiles
                    hardware.chip.tiles=0x                            | hardware.chip.tiles must be a whole number or 'unlimited'
                    hardware.chip.mesh=[2]                            | hardware.chip.mesh must be two numbers from 1 to 4096, got [2]
                    hardware.chip.mesh=[0,4]                          | hardware.chip.mesh must be two numbers from 1 to 4096
                    hardware.chip.mesh=[2,2] hardware.chip.tiles=5    | hardware.chip.mesh of 2 x 2 has room for 4 tiles, hardware.chip.tiles must not be more, got 5
                    hardware.duplicate=auto                           | hardware.duplicate auto needs a chip of a known size: give
                    hardware.duplicate=twice                          | hardware.duplicate must be one of none, auto
                    hardware.per_layer.fc1.copies=2                   | hardware.per_layer.fc1.copies must be at least 1 and at most its 1 positions, got 2
                    hardware.convolution=rolled                       | hardware.convolution must be one of unrolled, kernel-split
                    hardware.bias=row                                 | hardware.bias row has nothing to act on: no layer in cells has a bias
                    hardware.bias=rows                                | hardware.bias must be one of digital, row
                    hardware.chip.packing=tight                       | hardware.chip.packing must be one of none, tile, pe
                    """)
    void chipsThatCannotBeAreRefused(String settings, String message) {
        CommandOutcome done = map(settings.split(" "));
        assertThat(done.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(done.err()).contains(message).hasLineCount(1);
    }
}
