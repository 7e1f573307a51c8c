/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.io.npz.NpyArray;
import io.synaptile.sim.io.npz.Npz;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chips that the map stage keeps, what simulation makes of them, and tiles of theirs as files. */
class StoredChipTest {
    @TempDir
    private static Path shared;

    private static Path run;

    @TempDir
    private Path folder;

    @BeforeAll
    static void mapOnce() throws Exception {
        Path file = Files.writeString(shared.resolve("tiny.yaml"), """
                name: tiny
                data: {set: digits, dir: %s, train_samples: 100, test_samples: 40, batch: 40}
                network: {arch: mlp, hidden: [8], time_steps: 2}
                train: {epochs: 1, quantise: {bits: 4}, variation: {device: rram}}
                hardware: {tile: {rows: 32, columns: 16}, codec: unit-column}
                simulate: {instances: 3, yield_at: 20}
                """.formatted(
                        Path.of("..", "examples", "data").toAbsolutePath().normalize()));
        run = shared.resolve("run");
        assertThat(CommandOutcome.ofRun(file, run).err()).isEmpty();
        good("map", run.toString(), "--instances", "3", "--quiet");
    }

    private static CommandOutcome good(String... arguments) {
        CommandOutcome done = CommandOutcome.of(arguments);
        assertThat(done.err()).isEmpty();
        assertThat(done.code()).isEqualTo(ExitCode.OK);
        return done;
    }

    private static String bad(String... arguments) {
        CommandOutcome done = CommandOutcome.of(arguments);
        assertThat(done.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(done.err()).startsWith("synaptile: ").hasLineCount(1);
        return done.err();
    }

    private Path copy() throws Exception {
        Path target = folder.resolve("run");
        try (var files = Files.walk(run)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(run.relativize(file).toString()));
            }
        }
        return target;
    }

    @Test
    void aStoredChipDoesWhatItDidAmongTheOthers() throws Exception {
        Path copy = copy();
        String row = Files.readAllLines(copy.resolve("results.csv")).get(3);
        assertThat(row).startsWith("0,2,");
        good("simulate", copy.toString(), "--instance", "2", "--quiet");
        List<String> results = Files.readAllLines(copy.resolve("results.csv"));
        assertThat(results).hasSize(2);
        assertThat(results.get(1)).isEqualTo(row);
        assertThat(Files.readString(copy.resolve("manifest.json"))).contains("\"instance\" : 2");
        assertThat(Files.readAllLines(copy.resolve("summary.csv")).getFirst())
                .endsWith(
                        "time_steps_used_mean,yield_at_percent,yield_percent,leakage_mean_pJ,leakage_counted,age_s,temperature_K");
        assertThat(Files.readAllLines(copy.resolve("summary.csv")).get(1))
                .matches(".*,20,(0|100),[0-9.]+,beside,0,300");
    }

    @Test
    void writingAgainRepeatsByteForByteAndLeavesNoOthers() throws Exception {
        Path copy = copy();
        byte[] second = Files.readAllBytes(copy.resolve("chips/chip-0001.npz"));
        good("map", copy.toString(), "--instances", "2", "--quiet");
        assertThat(copy.resolve("chips/chip-0001.npz")).hasBinaryContent(second);
        assertThat(copy.resolve("chips/chip-0002.npz")).doesNotExist();
    }

    @Test
    void ageAndTemperatureAreKeysToo() throws Exception {
        Path copy = copy();
        good("simulate", copy.toString(), "--instance", "0", "--age", "1.5d", "--temperature", "85C", "--quiet");
        assertThat(Files.readString(copy.resolve("manifest.json")))
                .contains("\"age_s\" : 129600", "\"temperature_K\" : 358.15");
    }

    @Test
    void aTileIsExportedAsItStands() throws Exception {
        Path npz = folder.resolve("tile.npz");
        Path csv = folder.resolve("tile.csv");
        good("map", run.toString(), "--export-tile", "fc2:0", "--chip", "1", "--out", npz.toString(), "--quiet");
        good("map", run.toString(), "--export-tile", "fc2:0", "--chip", "1", "--out", csv.toString(), "--quiet");
        Npz tile = Npz.read(npz);
        Npz chip = Npz.read(run.resolve("chips/chip-0001.npz"));
        // The slices of every output, then those of the unit column.
        float[] programmed = chip.array("fc2.programmed_uS").floats();
        int[] planes = chip.array("fc2.programmed_uS").shape();
        int own = planes[0] / 2;
        int columns = tile.array("programmed_uS").shape()[1];
        int outputs = (columns - own) / own;
        assertThat(columns).isLessThanOrEqualTo(16);
        float[] cells = tile.array("programmed_uS").floats();
        int row = 1;
        int output = outputs - 1;
        for (int p = 0; p < own; p++) {
            assertThat(cells[row * columns + output * own + p])
                    .isEqualTo(programmed[(p * planes[1] + row) * planes[2] + output]);
            assertThat(cells[row * columns + outputs * own + p])
                    .isEqualTo(programmed[((own + p) * planes[1] + row) * planes[2] + output]);
        }
        assertThat(tile.array("aged_uS").floats()).containsExactly(cells);
        assertThat(tile.array("target_uS").floats()).isNotEqualTo(cells);
        assertThat(tile.array("layer").texts()).containsExactly("fc2");
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines.getFirst()).isEqualTo("row,column,target_uS,programmed_uS,aged_uS,fault");
        assertThat(lines).hasSize(1 + cells.length);
        String[] last = lines.getLast().split(",");
        assertThat(Float.parseFloat(last[3])).isEqualTo(cells[cells.length - 1]);
    }

    /** Targets are those of pairs on two columns; a crossing of the exported tile is two cells. */
    @Test
    void chipsWithPairsOnOneColumnAreKeptAndTold() throws Exception {
        Path copy = copy();
        String[] pairs = {"hardware.codec=differential-pair", "hardware.wire.topology=c"};
        good("map", copy.toString(), "--instances", "2", "--quiet", pairs[0], pairs[1]);
        good("simulate", copy.toString(), "--quiet", pairs[0], pairs[1]);
        String row = Files.readAllLines(copy.resolve("results.csv")).get(2);
        good("simulate", copy.toString(), "--instance", "1", "--quiet", pairs[0], pairs[1]);
        assertThat(Files.readAllLines(copy.resolve("results.csv")).get(1)).isEqualTo(row);
        Path npz = folder.resolve("tile.npz");
        good(
                "map",
                copy.toString(),
                "--export-tile",
                "fc2:0",
                "--chip",
                "1",
                "--out",
                npz.toString(),
                "--quiet",
                pairs[0],
                pairs[1]);
        int[] planes = Npz.read(copy.resolve("chips/chip-0001.npz"))
                .array("fc2.programmed_uS")
                .shape();
        int[] cells = Npz.read(npz).array("programmed_uS").shape();
        assertThat(cells[1]).isEqualTo(planes[0] * planes[2]).isGreaterThan(16);
        assertThat(bad("simulate", copy.toString(), "--instance", "1", "--quiet", "hardware.wire.topology=b"))
                .contains("chip-0001.npz: has a design_sha256 that is not that of its targets and topology");
    }

    /** The map tells what the written chip holds, also where the experiment says something else by now. */
    @Test
    void aTileIsExportedWithItsFaults() throws Exception {
        Path copy = copy();
        Path npz = folder.resolve("faults.npz");
        String stuck = "hardware.cell.stuck={row: 0.2, column: 0.2, pattern_on: 0.5}";
        good("map", copy.toString(), stuck, "--instances", "1", "--quiet");
        good("map", copy.toString(), "--export-tile", "fc1:0", "--out", npz.toString(), "--quiet");
        Npz tile = Npz.read(npz);
        long[] faults = tile.array("fault").longs();
        float[] programmed = tile.array("programmed_uS").floats();
        int columns = tile.array("fault").shape()[1];
        int marked = 0;
        for (int i = 0; i < faults.length; i++) {
            marked += faults[i] == 0 ? 0 : 1;
            if (faults[i] != 0) {
                assertThat(programmed[i]).isEqualTo(faults[i] == 1 ? 40f : 2f);
            }
        }
        assertThat(marked).isBetween(1, faults.length - 1);
        // Every cell that is off is so with its row or with its column.
        for (int i = 0; i < faults.length; i++) {
            if (faults[i] != 0) {
                assertThat(whole(faults, i / columns * columns, 1, columns)
                                || whole(faults, i % columns, columns, faults.length / columns))
                        .isTrue();
            }
        }
    }

    private static boolean whole(long[] faults, int from, int step, int count) {
        for (int i = 0; i < count; i++) {
            if (faults[from + i * step] == 0) {
                return false;
            }
        }
        return true;
    }

    @Test
    void chipsOfAnotherDesignAreRefusedWithLayerAndShapes() {
        assertThat(bad("simulate", run.toString(), "--instance", "1", "hardware.tile.rows=64", "--quiet"))
                .contains("chip-0001.npz: is a chip of another design: layer fc1 has planes, rows, outputs")
                .contains("on tiles of [32, 16], here")
                .contains("on tiles of [64, 16]");
        assertThat(bad("simulate", run.toString(), "--instance", "1", "hardware.codec=differential-pair", "--quiet"))
                .contains("layer fc1 has planes, rows, outputs [4, ", "here [2, ");
        assertThat(bad("simulate", run.toString(), "--instance", "1", "hardware.cell.range_uS=[1, 40]", "--quiet"))
                .contains("the targets of layer fc1 are not those of the weights, codec and cell here");
    }

    @Test
    void anExportAtAnAgeLeavesTheRunFolderAsItIs() throws Exception {
        Path copy = copy();
        String manifest = Files.readString(copy.resolve("manifest.json"));
        String out = folder.resolve("tile.npz").toString();
        good(
                "map",
                copy.toString(),
                "--export-tile",
                "fc2:0",
                "--age",
                "1y",
                "--temperature",
                "350K",
                "--out",
                out,
                "--quiet");
        assertThat(Files.readString(copy.resolve("manifest.json"))).isEqualTo(manifest);
    }

    @Test
    void agesAndTemperaturesStandBesideTheResults() throws Exception {
        Path copy = copy();
        CommandOutcome aged = good("simulate", copy.toString(), "--age", "1y", "--temperature", "350K", "--quiet");
        assertThat(aged.out()).contains("chips at an age of 31557600 s and 350 K\n");
        assertThat(Files.readAllLines(copy.resolve("summary.csv")).get(1)).endsWith(",31557600,350");
        CommandOutcome fresh = good("simulate", copy.toString(), "--age", "0s", "--temperature", "300K", "--quiet");
        assertThat(fresh.out()).doesNotContain("age of");
    }

    @Test
    void damagedChipsAreRefused() throws Exception {
        Path copy = copy();
        Path chip = copy.resolve("chips/chip-0000.npz");
        byte[] bytes = Files.readAllBytes(chip);
        String[] simulate = {"simulate", copy.toString(), "--instance", "0", "--quiet"};
        Files.write(chip, Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(bad(simulate)).contains("chip-0000.npz: is not a readable npz archive");
        Files.write(chip, new byte[0]);
        assertThat(bad(simulate)).contains("chip-0000.npz: is not a readable npz archive");
        Files.write(chip, bytes);
        SortedMap<String, NpyArray> arrays = Npz.read(chip).arrays();
        float[] broken = arrays.get("fc1.programmed_uS").floats();
        broken[7] = Float.NaN;
        refused(
                simulate,
                chip,
                arrays,
                "fc1.programmed_uS",
                NpyArray.of(broken, arrays.get("fc1.programmed_uS").shape()),
                "layer fc1 has a conductance of NaN uS; it must be finite and at least 0");
        refused(
                simulate,
                chip,
                arrays,
                "layers",
                NpyArray.of(new String[] {"fc2", "fc1"}, 2),
                "is a chip of another design: layer 1 on tiles is fc2, here it is fc1");
        refused(
                simulate,
                chip,
                arrays,
                "format",
                NpyArray.of(new long[] {1}),
                "has format 1, only 2 can be read; write the chip again with 'synaptile map " + copy
                        + " --instances 1'");
        refused(
                simulate,
                chip,
                arrays,
                "fc2.write_pulses",
                NpyArray.of(new long[] {-5}),
                "fc2.write_pulses must be at least 0, got -5");
        int[] shape = arrays.get("fc2.fault").shape();
        byte[] map = new byte[shape[0] * shape[1] * shape[2]];
        map[5] = 3;
        refused(
                simulate,
                chip,
                arrays,
                "fc2.fault",
                NpyArray.of(map, shape),
                "layer fc2 has a fault of 3; it must be -1, 0 or 1");
        refused(
                simulate,
                chip,
                arrays,
                "fc2.fault",
                NpyArray.of(new byte[3], 3),
                "has a fault map of layer fc2 of shape [3], expected [");
        refused(simulate, chip, arrays, "seed", NpyArray.of(new float[] {2f}), "integers are needed");
        refused(
                simulate,
                chip,
                arrays,
                "instance",
                NpyArray.of(new long[] {0, 1}, 2),
                "more or less than one instance");
        refused(simulate, chip, arrays, "design_sha256", NpyArray.of(new String[] {"0"}), "has a design_sha256 that");
        SortedMap<String, NpyArray> fewer = new TreeMap<>(arrays);
        fewer.remove("fc1.tile");
        Npz.of(fewer).write(chip);
        assertThat(bad(simulate)).contains("has no array 'fc1.tile'");
        Files.delete(chip);
        assertThat(bad(simulate))
                .contains("no such chip; write it with 'synaptile map")
                .contains("--instances 1'");
    }

    private static void refused(
            String[] simulate, Path chip, Map<String, NpyArray> arrays, String name, NpyArray other, String message) {
        Map<String, NpyArray> changed = new TreeMap<>(arrays);
        changed.put(name, other);
        Npz.of(changed).write(chip);
        assertThat(bad(simulate)).contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --age 30x              | --age must be a number followed by s, min, h, d or y, for example 30d, got '30x'
                    --age 1e3s             | --age must be a number
                    --age -1d              | --age must be a number
                    --age 99999999y        | simulate.age_s must be at least 0 and at most
                    --temperature 3        | --temperature must be a number followed by K or C, for example 350K, got '3'
                    --temperature 0K       | simulate.temperature_K must be above 0
                    --temperature -300C    | simulate.temperature_K must be above 0
                    --instance -1          | --instance must be at least 0, got -1
                    --instance x           | 'x' is not an int
                    """)
    void agesAndNumbersThatMakeNoSenseAreRefused(String options, String message) {
        String[] option = options.split(" ");
        assertThat(bad("simulate", run.toString(), option[0] + "=" + option[1], "--quiet"))
                .contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --instances -1                            | --instances must be at least 0
                    --instances 9999999                       | --instances must be at least 0 and at most 1000000
                    --export-tile fc1 --out t.npz             | --export-tile must be LAYER:NUMBER
                    --export-tile fc9:0 --out t.npz           | no layer 'fc9' is on tiles; these are: fc1, fc2
                    --export-tile fc1:99 --out t.npz          | layer fc1 has tiles 0 to
                    --export-tile fc1:0 --out t.txt           | --out must end in .npz or .csv, got t.txt
                    --export-tile fc1:0 --chip -1 --out t.csv | --chip must be at least 0, got -1
                    --export-tile fc1:0                       | --out
                    --out t.npz                               | --export-tile
                    """)
    void mapOrdersThatMakeNoSenseAreRefused(String options, String message) {
        String[] arguments = ("map " + run + " --quiet " + options).split(" ");
        assertThat(bad(arguments)).contains(message);
        assertThat(Path.of("t.npz")).doesNotExist();
        assertThat(Path.of("t.csv")).doesNotExist();
    }
}
