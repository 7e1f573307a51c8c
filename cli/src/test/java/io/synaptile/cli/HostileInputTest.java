/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Input made to break the product: one line that says what is wrong and where, exit code 2, nothing written. */
class HostileInputTest {
    private static final String TINY =
            """
            name: tiny
            data: {set: digits, dir: %s, train_samples: 100, test_samples: 20, batch: 40}
            network: {arch: mlp, hidden: [8], time_steps: 2}
            train: {epochs: 1, quantise: {bits: 4}, variation: {device: rram}}
            hardware: {tile: {rows: 32, columns: 32}}
            simulate: {instances: 2}
            """.formatted(Path.of("..", "examples", "data").toAbsolutePath().normalize());

    @TempDir
    private static Path shared;

    private static Path experiment;
    private static Path trained;

    @TempDir
    private Path folder;

    @BeforeAll
    static void trainOnce() throws Exception {
        experiment = Files.writeString(shared.resolve("tiny.yaml"), TINY);
        trained = shared.resolve("run");
        assertThat(CommandOutcome.of("run", experiment.toString(), "--out", trained.toString(), "--quiet"))
                .satisfies(done -> assertThat(done.err()).isEmpty())
                .satisfies(done -> assertThat(done.code()).isZero());
    }

    static Stream<Arguments> files() {
        String bomb = "a0: &a0 [x, x]\n";
        for (int i = 1; i < 60; i++) {
            bomb += String.format(Locale.ROOT, "a%d: &a%d [*a%d, *a%d]\n", i, i, i - 1, i - 1);
        }
        String copies = "a0: &a0 [x, x, x, x, x, x, x, x]\n";
        for (int i = 1; i < 9; i++) {
            copies += "a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(5) + "]\n";
        }
        return Stream.of(
                Arguments.of(copies, "more than 100000 settings, aliases spelt out"),
                Arguments.of("a: [" + "1,".repeat(300_000) + "1]", "1: more than 100000 keys and values"),
                Arguments.of("a: {b" + ",c".repeat(300_000) + "}", "1: more than 100000 keys and values"),
                Arguments.of("a: ".repeat(2) + "1", "1: not valid YAML"),
                Arguments.of(
                        "name: " + "n".repeat(5_000),
                        "1: name: a value may have at most 4096 characters, got 5000: 'nnn"),
                Arguments.of("n".repeat(500_000) + ": 1", "not valid YAML"),
                Arguments.of("\"" + "n".repeat(900) + "\": 1", "nnn...' is not a key: a key is a word"),
                Arguments.of("\"a\\e[31m\\n\": 1", "1: 'a\\u001b[31m\\n' is not a key: a key is a word"),
                Arguments.of(
                        TINY + "run: {threads: \"\\e[31m\\n\\u202e\"}",
                        "7: run.threads must be a whole number or 'all', got '\\u001b[31m\\n\\u202e'"),
                Arguments.of("PK\3\4", "is a zip archive, not an experiment file in YAML"),
                Arguments.of("%PDF-1.7", "is a PDF document, not an experiment file in YAML"),
                Arguments.of("", "the experiment file is empty"),
                Arguments.of("# nothing\n", "the experiment file is empty"),
                Arguments.of("[".repeat(20_000), "blocks and lists are nested too deeply"),
                Arguments.of("a: " + "{a: ".repeat(20_000), "blocks and lists are nested too deeply"),
                Arguments.of(bomb, "not valid YAML: Number of aliases"),
                Arguments.of("#".repeat(1 << 20) + "\n", "an experiment file may have at most 1048576 bytes"),
                Arguments.of("%YAML 3.0\n---\nname: a\n", "YAML 3.0 cannot be read, only 1.2"),
                Arguments.of("name: a\n\tseed: 3\n", "2: not valid YAML, column 1"),
                Arguments.of("name: {a: b\n", "2: not valid YAML"),
                Arguments.of(TINY + "---\nname: b\n", "7: not valid YAML, column 1: but found another document"),
                Arguments.of(TINY + "name: b\n", "7: name is given twice"),
                Arguments.of(TINY + "seed: 99999999999999999999\n", "7: seed: 99999999999999999999 is too large"),
                Arguments.of(TINY + "run: &r {threads: *r}\n", "7: run: a block or list cannot contain itself"),
                Arguments.of("name: \u0000\n", "not valid YAML: special characters are not allowed"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aHostileExperimentFileIsRefused(String text, String message) throws Exception {
        Path file = Files.writeString(folder.resolve("x.yaml"), text);
        refused(
                message,
                "run",
                file.toString(),
                "--out",
                folder.resolve("out/run").toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "=5|'=5' is not a setting of the form key=value",
                "a.b|'a.b' is not a setting of the form key=value",
                ".=1|'.' is not a key: a part of it is empty",
                "hardware..tile=1|'hardware..tile' is not a key: a part of it is empty",
                "hardware.tile.rows=|hardware.tile.rows must have a value, got nothing",
                "hardware.tile=|hardware.tile must have a value, got nothing",
                "seed=[|seed: not valid YAML, column 2",
                "seed=*a|seed: not valid YAML, column 1: found undefined alias a",
                "name=../../etc|name must consist of 1 to 100 letters",
                "hardware.energy=isaac|hardware.energy must be one of isaac32, spikesim65, neurosim22, neurram130",
                "hardware.energy=no/such.csv|hardware.energy must be one of isaac32",
                "hardware.cost.structure=isaac|hardware.cost.structure must be auto or one of isaac32",
                "hardware.cost.leakage=sometimes|hardware.cost.leakage must be one of beside, within, got 'sometimes'",
                "hardware.cost.digital_clock_ns=-1|hardware.cost.digital_clock_ns must be at least 0 and at most 1000000, got -1",
                "hardware.cost.digital_clock_ns=.nan|hardware.cost.digital_clock_ns must be",
                "hardware.cost.node_nm=5|hardware.cost.node_nm must be at least 7 and at most 130, got 5",
                "network.hidden=[2000000000]|network.hidden must be at least 1 and at most 65536",
                "network.hidden=[65536, 65536]|network.hidden gives a layer more than 2147483647 weights",
                "network.neuron.threshold=1e-50|network.neuron.threshold must be at least 1.0E-6",
                "network.neuron.threshold=1e300|network.neuron.threshold must be at least 1.0E-6 and at most 1000000",
                "network.dropout=0.99999999999|network.dropout must be at least 0 and at most 0.99",
                "train.optimizer.momentum=0.99999999999|train.optimizer.momentum must be at least 0 and at most 0.9999",
                "train.optimizer.lr=1e300|train.optimizer.lr must be above 0 and at most 1000",
                "train.variation.scale=1e300|train.variation.scale must be at least 0 and at most 1000",
                "hardware.cell.programming.scale=1e300|hardware.cell.programming.scale must be at most 1000000",
                "hardware.cell.programming.sigma=tabel|hardware.cell.programming.sigma must be a number of at least 0"
                        + " or table, got tabel",
                "hardware.cell.programming.coefficients=[a]|hardware.cell.programming.coefficients is for programming.kind"
                        + " polynomial, got [a] with lognormal",
                "hardware.cell.verify.kind=pulses|hardware.cell.verify.window_uS or verify.window_relative must be above 0",
                "hardware.cell.drift.nu_sigma=0.1|hardware.cell.drift.nu_sigma is for drift.kind power-law, got 0.1 with none",
                "hardware.cell={kind: rram-milo2021, range_uS: [20, 225]}|hardware.cell.range_uS must lie within the 50.0 to"
                        + " 225.0 uS that the source of 'rram-milo2021' covers, got [20.0, 225.0]",
                "hardware.cell={kind: pcm-hermes1, bits: 9}|hardware.cell.bits must be a whole number between 1 and 8, got 9",
                "hardware.cell.retention.kind=failure|hardware.cell.retention.mode must be given for retention.kind failure",
                "hardware.cell.retention.lrs=[1, 2, 3]|hardware.cell.retention.lrs is for retention.kind failure",
                "hardware.cell.retention={kind: failure, mode: sudden, lrs: [0, 1, 1], cell_nm: 9, threshold_K: 300}"
                        + "|hardware.cell.retention.lrs must be [p0, p1, p2] with p0 above 0, got [0.0, 1.0, 1.0]",
                "hardware.recovery={rounding: floor, sram_bits: float}|hardware.recovery.rounding must be exact for words of floats",
                "hardware.recovery.rounding=up|hardware.recovery.rounding must be one of exact, floor, nearest, got 'up'",
                "hardware.pairs.factors=[1, 3]|hardware.pairs.factors must be 1 to 8 powers of two from 1 to 4096, the first 1",
                "hardware.pairs.factors=[]|hardware.pairs.factors must be 1 to 8 powers of two from 1 to 4096",
                "hardware.pairs.factors=x|hardware.pairs.factors",
                "hardware.codec=n-pair|hardware.codec must be one of differential-pair,",
                "hardware={codec: n-pairs, cell: {bits: 1}}|layer fc1: hardware.codec n-pairs with factors [1, 4] cannot hold the",
                "hardware.cell.programming.column_sigma=-0.1|hardware.cell.programming.column_sigma must be at least 0, got -0.1",
                "hardware.cell.programming.array_sigma=1e9|hardware.cell.programming.array_sigma must be at most 1000000",
                "hardware.cell.levels_uS=[3, 2]|hardware.cell.levels_uS must rise from 0 or more, got [3.0, 2.0]",
                "hardware.cell.levels_uS=[2]|hardware.cell.levels_uS must have at least 2 numbers, got [2.0]",
                "hardware.cell={levels_uS: [2, 5, 9], bits: 4}|hardware.cell.bits must be left out for 3 levels of levels_uS",
                "hardware.cell={levels_uS: [2, 5], range_uS: [1, 5]}|hardware.cell.range_uS must be left out where levels_uS is",
                "hardware.cell={levels_uS: [2, 5, 9]}|hardware.cell.programming.sigma: the table has no entry for 3 levels",
                "hardware.cell.stuck.row=1.5|hardware.cell.stuck.row must be between 0 and 1, got 1.5",
                "hardware.cell.stuck.cluster_radius=99|hardware.cell.stuck.cluster_radius must be between 0 and 16, got 99",
                "hardware.cell.stuck.exact=maybe|hardware.cell.stuck.exact must be true or false, got maybe",
                "hardware.cell.stuck.rows=0.1|unknown key hardware.cell.stuck.rows; did you mean hardware.cell.stuck.row?",
                "hardware.cell={kind: rram-mnsim, stuck: {column: -1}}|hardware.cell.stuck.column must be between 0 and 1",
                "hardware.cell.range_uS=[a, b]|hardware.cell.range_uS must be two numbers [min, max] in uS",
                "hardware.readout.percentile=0|hardware.readout.percentile must be above 50 and at most 100, got 0",
                "hardware.chip.mesh=4|hardware.chip.mesh must be two numbers from 1 to 4096, got [4]",
                "hardware.chip.arrays_per_pe=-1|hardware.chip.arrays_per_pe must be at least 0 and at most 65536, got -1",
                "hardware.codec=dummy-column|layer fc1: hardware.codec dummy-column needs a cell of at least 17 levels",
                "simulate.age_s=-1|simulate.age_s must be at least 0 and at most 100000000000, got -1",
                "simulate.temperature_K=0|simulate.temperature_K must be above 0 and at most 2000, got 0",
                "simulate.drift_compensation=local|simulate.drift_compensation must be one of none, global, per-column",
                "simulate.yield_at=101|simulate.yield_at must be at least 0 and at most 100, got 101",
                "hardware.readout.gain_sd=-0.1|hardware.readout.gain_sd must be at least 0 and at most 10, got -0.1",
                "hardware.readout.offset_sd=.inf|hardware.readout.offset_sd must be",
                "hardware.readout.missing_codes=1.5|hardware.readout.missing_codes must be at least 0 and at most 1, got 1.5",
                "hardware.readout.column_limit_uA=10|hardware.readout.column_limit_uA needs to know the read voltage, and cell"
                        + " rram of layer fc1 has none; give its option read.voltage_V",
                "hardware={cell: {kind: pcm-hermes1}, readout: {column_limit_uA: 10}}|hardware.readout.column_limit_uA needs to"
                        + " know the read voltage, and cell pcm-hermes1 of layer fc1 has none",
                "hardware.readout.column_limit_uA=-1|hardware.readout.column_limit_uA must be at least 0",
                "hardware.readout.adc.kind=pipeline|hardware.readout.adc.kind: there is no converter 'pipeline'; known: sar",
                "hardware.readout.adc={kind: sar, gain: 1}|unknown key hardware.readout.adc.gain (converter sar has capacitor_sd,",
                "hardware.readout.adc.capacitor_sd=0.1|unknown key hardware.readout.adc.capacitor_sd (converter ideal has no options)",
                "hardware.readout.adc={kind: sar, comparator_sd: -1}|hardware.readout.adc.comparator_sd must be between 0 and 1",
                "hardware.readout.range=auto|hardware.readout.range must be one of calibrated, mse, full, granular, got 'auto'",
                "hardware.wire.column_ohm=-1|hardware.wire.column_ohm must be at least 0 and at most 1000000, got -1",
                "hardware.wire.row_ohm=2|hardware.wire.row_ohm must be 0 unless hardware.wire.topology is a, whose rows carry"
                        + " current, got 2",
                "hardware.wire.topology=d|hardware.wire.topology must be one of a, z, b, c, got 'd'",
                "hardware={codec: offset-column, wire: {topology: c}}|hardware.wire.topology c puts both cells of a pair on one"
                        + " column; codec offset-column of layer fc1 has no pairs",
                "hardware={readout: {bits: 1}, wire: {topology: c}}|hardware.readout.bits must be at least 2 with"
                        + " hardware.wire.topology c, whose columns carry currents of both signs, got 1",
                "hardware={readout: {array: {kind: nodal}}, wire: {topology: c}}|hardware.wire.topology must not be c where"
                        + " hardware.readout.array.kind is nodal, which reads one cell at every crossing",
                "hardware={codec: ternary-pair, cell: {kind: ternary, sense_threshold: 1}, wire: {topology: c}}|"
                        + "hardware.wire.topology c leaves the sense amplifier (sense_threshold) of hardware.cell.kind",
                "hardware.wire={topology: b, driver_ohm: 2}|hardware.wire.driver_ohm must be 0 unless hardware.wire.topology is a or"
                        + " z, whose rows carry current, got 2",
                "hardware.wire.driver_ohm=-1|hardware.wire.driver_ohm must be at least 0 and at most 1000000, got -1",
                "hardware.wire.sense_ohm=.nan|hardware.wire.sense_ohm must be",
                "hardware.wire={sense_ohm: 1000000, solver: effective}|hardware.wire.solver must be exact: with all rows driven",
                "hardware.wire.node_nm=28|hardware.wire.node_nm must be one of [130, 90, 65, 45, 32, 22, 14, 7], got 28",
                "hardware.wire={node_nm: 22, column_ohm: 1}|hardware.wire.node_nm takes the place of row_ohm and column_ohm",
                "hardware.wire.activity=2|hardware.wire.activity must be at least 0 and at most 1, got 2",
                "hardware.wire={column_ohm: 100000, solver: effective}|hardware.wire.solver must be exact: with all rows"
                        + " driven, drops along the wires of a tile of 32 x 32 cells could exceed the read voltage",
                "hardware.readout.percentile=101|hardware.readout.percentile must be above 50 and at most 100",
                "simulate.instances=0|simulate.instances must be at least 1",
                "simulate.stop=entropy|simulate.stop must be one of none, gamma-mean, margin, got 'entropy'",
                "simulate.stop_threshold=-0.1|simulate.stop_threshold must be at least 0 and at most 1000, got -0.1",
                "simulate.stop_threshold=low|simulate.stop_threshold must be a number or 'auto', got 'low'",
                "simulate={stop: margin, stop_threshold: 1.5}|simulate.stop_threshold must be at least 0 and below 1, got",
                "simulate={stop: gamma-mean, stop_threshold: .nan}|simulate.stop_threshold must be",
                "simulate.time_steps=99|simulate.time_steps must be at most 2",
                "train.quantise.per_layer=3|train.quantise.per_layer must be a block of layer names, got 3",
                "train.quantise.per_layer.fc1=3|train.quantise.per_layer.fc1 must be a block with the keys kind, bits",
                "train.quantise.per_layer.f[c.bits=3|train.quantise.per_layer.f[c must be named after a layer",
                "train.quantise.per_layer.fc1.bits=0|train.quantise.per_layer.fc1.bits must be at least 1 and at most 8",
                "train.quantise.per_layer.fc1.bit=3|unknown key train.quantise.per_layer.fc1.bit; did you mean"
                        + " train.quantise.per_layer.fc1.bits?",
                "train.quantise.per_layer.conv*.bits=3|train.quantise.per_layer.conv* is of no layer with weights;"
                        + " these are: fc1, fc2",
                "train.quantise.per_layer={f*: {bits: 2}, fc?: {bits: 3}}|train.quantise.per_layer.fc? and"
                        + " train.quantise.per_layer.f* are both of layer fc1",
                "train.quantise.per_layer.fc1={kind: ternary, bits: 2}|train.quantise.per_layer.fc1.bits has no meaning"
                        + " for kind ternary, got 2",
                "train.quantise.per_layer.fc1.bits=5|train.quantise.per_layer.fc1.bits 5 has no known sigma",
                "train.quantise={kind: dorefa, bits: off}|train.quantise.bits must be at least 1 for"
                        + " train.quantise.kind dorefa, got off",
                "train.quantise={bits: off, per_layer: {fc1: {kind: dorefa}}}|train.quantise.per_layer.fc1.bits must be"
                        + " given for kind dorefa, because train.quantise.bits is off",
                "hardware.per_layer.fc3.place=digital|hardware.per_layer.fc3 is of no layer with weights",
                "hardware.per_layer.fc1.place=chip|hardware.per_layer.fc1.place must be one of tiles, digital",
                "hardware.per_layer.fc?.place=digital|hardware.per_layer leaves no layer on tiles",
                "hardware.per_layer.fc1={place: digital, codec: ternary-pair}|hardware.per_layer.fc1.place must be"
                        + " tiles for layers with a cell, codec, weight_bits or copies, got digital",
                "hardware.per_layer.fc1.weight_bits=17|hardware.per_layer.fc1.weight_bits must be at least 1 and at most"
                        + " 16",
                "hardware.per_layer.fc1.cell.bitz=2|unknown key hardware.per_layer.fc1.cell.bitz; did you mean"
                        + " hardware.per_layer.fc1.cell.bits?",
                "hardware.per_layer.fc1.cell.bits=9|hardware.per_layer.fc1.cell.bits must",
                "hardware.per_layer.fc1.cell.kind=rramm|hardware.per_layer.fc1.cell.kind: ",
                "hardware.per_layer.fc1.codec=shifted-sram|hardware.per_layer.fc1: hardware.codec shifted-sram needs"
                        + " a cell that is a digital word, such as hardware.cell.kind sram-shift",
                "data.batch=81|data.batch must be at most 80, the training images that are left after validation",
                "data.dir=\"\\0\"|data.dir cannot be the name of a folder",
                "data.test=[\"\"]|data.test must be names of files, got ''",
                "run.threads=-1|run.threads must be at least 0 and at most 4096, got -1"
            })
    void aHostileSettingIsRefused(String setting, String message) throws Exception {
        refused(
                "command line: " + message,
                "run",
                experiment.toString(),
                setting,
                "--out",
                folder.resolve("out/run").toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "hardware.per_layer.fc1.place=tiles|hardware.per_layer.fc1.place: layer fc1 receives analogue values",
                "hardware.per_layer.fc1.cell.bits=2|hardware.per_layer.fc1 describes cells of layers that stay digital;"
                        + " set hardware.per_layer.fc1.place to tiles"
            })
    void aLayerThatCannotBeOnTilesIsNamed(String setting, String message) throws Exception {
        refused(
                "command line: " + message,
                "run",
                experiment.toString(),
                "network.coding=direct",
                setting,
                "--out",
                folder.resolve("out/run").toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{kind: table}|hardware.cell.states must name a file with a table state,mean,std",
                "{kind: table, states: 3}|hardware.cell.states must be the name of a file, got 3",
                "{kind: table, states: [a]}|hardware.cell.states must be the name of a file, got a list",
                "{kind: table, states: nowhere.csv}|nowhere.csv: no such file",
                "{kind: table, states: /dev/zero}|hardware.cell.states: /dev/zero is not a file",
                "{kind: table, states: DIR}|is not a file",
                "{kind: table, states: BAD}|bad.csv, line 3, column 2: mean must be a number, got 'x'",
                "{kind: table, states: GOOD, relaxation: GOOD}|hardware.cell.relaxation: ",
                "{kind: table, states: GOOD, bits: 4}|unknown key hardware.cell.bits",
                "{kind: table, states: GOOD, read_sigma_uS: -1}|hardware.cell.read_sigma_uS must be at least 0"
            })
    void aHostileTableIsRefused(String cell, String message) throws Exception {
        Path bad = Files.writeString(folder.resolve("bad.csv"), "state,mean,std\n0,1,0\n1,x,0\n");
        Path good = Files.writeString(folder.resolve("good.csv"), "state,mean,std\n0,1,0\n1,2,0\n");
        refused(
                message,
                "run",
                experiment.toString(),
                "hardware.cell="
                        + cell.replace("BAD", bad.toString())
                                .replace("GOOD", good.toString())
                                .replace("DIR", folder.toString()),
                "--out",
                folder.resolve("out/run").toString());
    }

    @Test
    void variationOfUnquantisedWeightsIsRefused() throws Exception {
        refused(
                "train.variation.device needs train.quantise.bits of at least 1, because sigma belongs to a number of"
                        + " levels, got train.quantise.kind none",
                "run",
                experiment.toString(),
                "train.quantise.kind=none",
                "--out",
                folder.resolve("out/run").toString());
    }

    @Test
    void allFilesOfAMissingSetAreNamedWithTheirOrigin() throws Exception {
        refused(
                "data set mnist needs train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte,"
                        + " t10k-labels-idx1-ubyte, each with or without .gz",
                "run",
                experiment.toString(),
                "data.set=mnist",
                "--out",
                folder.resolve("out/run").toString());
    }

    static Stream<Arguments> places() {
        return Stream.of(
                Arguments.of("file", "exists and is not a run folder"),
                Arguments.of("file/run", "file is not a folder"),
                Arguments.of("thesis", "exists and is not a run folder"),
                Arguments.of(".", "exists and is not a run folder"),
                Arguments.of("/proc/run", "--out /proc/run cannot be made: /proc cannot be written to"),
                Arguments.of("a".repeat(300), "cannot be made: "));
    }

    @ParameterizedTest
    @MethodSource("places")
    void aPlaceThatCannotHoldARunIsRefused(String place, String message) throws Exception {
        Files.writeString(folder.resolve("file"), "x");
        Files.createDirectories(folder.resolve("thesis/chapter1"));
        refused(
                message,
                "run",
                experiment.toString(),
                "--quiet",
                "--out",
                folder.resolve(place).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run ''|the name of a file or folder cannot be empty",
                "map ''|the name of a file or folder cannot be empty",
                "run /|/: is a folder, not an experiment file",
                "run x.yaml --out ''|the name of a file or folder cannot be empty",
                "data info mnist --dir ''|the name of a file or folder cannot be empty",
                "run x.yaml --threads abc|Invalid value for option '--threads': 'abc' is not an int"
            })
    void aHostileCommandLineIsRefused(String line, String message) throws Exception {
        refused(
                message,
                Arrays.stream(line.split(" "))
                        .map(word -> word.equals("''") ? "" : word)
                        .toArray(String[]::new));
    }

    /** Makes a file of a run folder into something else. */
    private interface Damage {
        byte[] apply(byte[] whole) throws IOException;
    }

    private static Arguments damage(String command, String file, Damage damage, String message) {
        return Arguments.of(command, file, damage, message);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Damage replacing(String old, String other) {
        return whole -> bytes(new String(whole, StandardCharsets.UTF_8).replaceFirst(old, other));
    }

    static Stream<Arguments> damages() {
        List<Arguments> all = new ArrayList<>();
        for (String command : List.of("map", "simulate")) {
            String model = "model.safetensors";
            all.add(damage(command, model, whole -> new byte[0], "has 0 bytes"));
            all.add(damage(command, model, whole -> Arrays.copyOf(whole, whole.length / 2), "ends at byte"));
            all.add(damage(command, model, whole -> Arrays.copyOf(whole, 40), "header length"));
            all.add(damage(command, model, HostileInputTest::withHugeHeader, "header length 4611686018427387904"));
            all.add(damage(command, model, HostileInputTest::withAnotherWeight, "do not give the checksum it carries"));
            all.add(damage(command, model, HostileInputTest::ofAnotherNetwork, "is a model of another network"));
        }
        for (String command : List.of("map", "simulate", "report")) {
            String manifest = "manifest.json";
            all.add(damage(command, manifest, whole -> new byte[0], "manifest.json is damaged: "));
            all.add(damage(command, manifest, whole -> Arrays.copyOf(whole, 300), "manifest.json is damaged: "));
            all.add(damage(
                    command, manifest, whole -> new byte[] {-1, -2, 0}, "manifest.json: is not a text file in UTF-8"));
            all.add(damage(command, manifest, whole -> bytes("null"), "it has no configuration"));
            all.add(damage(command, manifest, whole -> bytes("[]"), "it has no configuration"));
            all.add(damage(command, manifest, whole -> bytes("{\"configuration\": 3}"), "it has no configuration"));
            all.add(damage(command, manifest, whole -> bytes("{\"a\":".repeat(10_000)), "is damaged: "));
            all.add(damage(
                    command,
                    manifest,
                    replacing("\"rows\" : 32", "\"rows\" : 0"),
                    "manifest.json is damaged or was changed: its content does not give its content_sha256"));
        }
        for (String table :
                List.of("results", "summary", "layers", "energy", "cost", "area", "tiles", "chip", "latency")) {
            String file = table + ".csv";
            all.add(damage("report", file, whole -> new byte[0], file + ": the header must be point,"));
            all.add(damage("report", file, whole -> Arrays.copyOf(whole, whole.length - 2), "ends inside a row"));
            all.add(damage("report", file, whole -> new byte[] {-1, -2, 0}, file + ": is not a text file in UTF-8"));
            all.add(damage("report", file, replacing("\n0,", "\nx,"), file + ", row 1: not a row of this table"));
        }
        all.add(damage("report", "results.csv", replacing("(?s)\n.*", "\n"), "results.csv has no rows"));
        all.add(damage("report", "metrics.csv", replacing("\n0,", "\n0,\""), "row 1 or below: quotes do not match"));
        all.add(damage(
                "report",
                "chip.csv",
                replacing("\n0,0,[0-9]+,", "\n0,0,2147483646,"),
                "chip.csv, row 1: not a row of this table (column 2147483646, row 0 is not on a mesh of"));
        for (String value : List.of("NaN", "Infinity", "1E308", "9".repeat(400))) {
            all.add(damage(
                    "report",
                    "steps.csv",
                    replacing("\n0,1,[0-9.]+,", "\n0,1," + value + ","),
                    "steps.csv, row 1: not a row of this table ("));
        }
        return all.stream();
    }

    private static byte[] withHugeHeader(byte[] whole) {
        ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 1L << 62);
        return whole;
    }

    private static byte[] withAnotherWeight(byte[] whole) {
        whole[whole.length - 1] ^= 1;
        return whole;
    }

    private static byte[] ofAnotherNetwork(byte[] whole) throws IOException {
        Path other = shared.resolve("other");
        if (!Files.exists(other)) {
            CommandOutcome.of("train", experiment.toString(), "network.hidden=[4]", "--out", other.toString());
        }
        return Files.readAllBytes(other.resolve("model.safetensors"));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void aDamagedRunFolderIsRefused(String command, String file, Damage damage, String message) throws Exception {
        Path run = copyOfTheRun();
        Files.write(run.resolve(file), damage.apply(Files.readAllBytes(run.resolve(file))));
        refused(message, command, run.toString());
    }

    @Test
    void tablesOfAnotherConfigurationAreNotReported() throws Exception {
        Path run = copyOfTheRun();
        assertThat(CommandOutcome.of("map", run.toString(), "hardware.tile.rows=16", "--quiet")
                        .code())
                .isZero();
        refused("has not been simulated as it is configured now", "report", run.toString());
    }

    @Test
    void laterStagesFindTheDataThatTheExperimentFileNamesFromItsOwnFolder() throws Exception {
        Path data = Files.createDirectories(folder.resolve("experiments/images"));
        try (Stream<Path> files = Files.list(Path.of("..", "examples", "data"))) {
            for (Path file : files.toList()) {
                Files.copy(file, data.resolve(file.getFileName()));
            }
        }
        Path file =
                Files.writeString(folder.resolve("experiments/x.yaml"), TINY.replaceFirst("dir: [^,]*", "dir: images"));
        String run = folder.resolve("runs/x").toString();
        assertThat(CommandOutcome.of("train", file.toString(), "--out", run, "--quiet")
                        .err())
                .isEmpty();
        assertThat(CommandOutcome.of("simulate", run, "--quiet").err()).isEmpty();

        Files.move(data, folder.resolve("moved"));
        refused("no such folder", "simulate", run);
        assertThat(CommandOutcome.of("simulate", run, "data.dir=" + folder.resolve("moved"), "--quiet")
                        .err())
                .isEmpty();
    }

    private void refused(String message, String... arguments) throws IOException {
        Map<String, String> before = contents(folder);
        CommandOutcome outcome = CommandOutcome.of(arguments);

        assertThat(outcome.err())
                .startsWith("synaptile: ")
                .contains(message)
                .doesNotContain("Exception", "\tat ")
                .hasLineCount(1);
        assertThat(outcome.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(outcome.out()).isEmpty();
        assertThat(contents(folder)).isEqualTo(before);
    }

    private Path copyOfTheRun() throws IOException {
        Path run = Files.createDirectory(folder.resolve("run"));
        try (Stream<Path> files = Files.list(trained)) {
            for (Path file : files.toList()) {
                Files.copy(file, run.resolve(file.getFileName()));
            }
        }
        return run;
    }

    /** Everything below a folder with what it holds. */
    private static Map<String, String> contents(Path top) throws IOException {
        Map<String, String> found = new TreeMap<>();
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                found.put(visited.toString(), "");
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                found.put(
                        file.toString(),
                        attributes.isRegularFile() ? Arrays.toString(Files.readAllBytes(file)) : "link");
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
