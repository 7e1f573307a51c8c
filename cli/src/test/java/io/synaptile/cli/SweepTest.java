/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Design points of a tiny experiment. */
class SweepTest {
    private static final String TINY =
            """
            name: tiny
            seed: 5
            data: {set: digits, dir: %s, train_samples: 200, test_samples: 40, batch: 40}
            network: {arch: mlp, hidden: [16], time_steps: 2, coding: poisson}
            train: {epochs: 1, quantise: {bits: 4}}
            hardware: {tile: {rows: 16, columns: 32}}
            simulate: {instances: 2}
            """.formatted(Path.of("..", "examples", "data").toAbsolutePath().normalize());

    @TempDir
    private Path folder;

    private Path experiment;

    @BeforeEach
    void write() throws IOException {
        experiment = Files.writeString(folder.resolve("tiny.yaml"), TINY);
    }

    private CommandOutcome sweep(String out, String... settings) {
        List<String> arguments = new ArrayList<>(List.of("sweep", experiment.toString()));
        arguments.addAll(List.of(settings));
        arguments.addAll(List.of("--out", folder.resolve(out).toString()));
        return CommandOutcome.of(arguments.toArray(String[]::new));
    }

    private List<String> lines(String out, String table) throws IOException {
        return Files.readAllLines(folder.resolve(out).resolve(table));
    }

    @Test
    void everyCombinationIsAPointAndWhatSharesWeightsIsTrainedOnce() throws IOException {
        CommandOutcome outcome =
                sweep("grid", "sweep.train.epochs=[1, 2]", "sweep.hardware.readout.bits=[3, 6]", "--quiet");
        assertThat(outcome.code()).isZero();
        assertThat(lines("grid", "points.csv"))
                .containsExactly("point,train.epochs,hardware.readout.bits", "0,1,3", "1,1,6", "2,2,3", "3,2,6");
        assertThat(lines("grid", "results.csv")).hasSize(1 + 4 * 2);
        assertThat(lines("grid", "summary.csv").get(3)).startsWith("2,2,");
        assertThat(folder.resolve("grid/report.html")).content().contains("readout.bits");
        Path points = folder.resolve("grid/points");
        assertThat(points.resolve("0001/model.safetensors"))
                .hasSameBinaryContentAs(points.resolve("0000/model.safetensors"));
        assertThat(points.resolve("0003/model.safetensors"))
                .hasSameBinaryContentAs(points.resolve("0002/model.safetensors"));
        assertThat(Files.mismatch(points.resolve("0000/model.safetensors"), points.resolve("0002/model.safetensors")))
                .isNotNegative();
    }

    private static final String[] THROUGH_THE_CELL = {"train.variation.device=rram", "train.variation.model=cell"};

    /** Weights as they stand in a model file, behind its header, which has hashes of the settings. */
    private byte[] weights(String run) throws IOException {
        byte[] file = Files.readAllBytes(folder.resolve(run).resolve("model.safetensors"));
        int header = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return Arrays.copyOfRange(file, Long.BYTES + header, file.length);
    }

    /** What of the hardware training through the cell does not see: the same weights come out where it is trained again. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hardware.readout.bits|3|6",
                "hardware.readout.kind|adc|lif-direct",
                "hardware.energy|isaac32|neurosim22",
                "hardware.tile.rows|16|8",
                "hardware.tile.columns|32|16",
                "hardware.wire.column_ohm|0|1",
                "hardware.cell.drift.kind|none|pcm-hermes1",
                "hardware.cell.telegraph.probability|0|0.1",
                "hardware.digital_bits|8|4"
            })
    void weightsThatTrainingThroughTheCellMakesEqualAreTrainedOnce(String key, String one, String other)
            throws IOException {
        CommandOutcome swept = sweep(
                "equal", THROUGH_THE_CELL[0], THROUGH_THE_CELL[1], "sweep." + key + "=[" + one + ", " + other + "]");
        assertThat(swept.code()).as(swept.err()).isZero();
        assertThat(swept.err().lines().filter(line -> line.contains("train done")))
                .hasSize(1);
        CommandOutcome alone = CommandOutcome.of(
                "train",
                experiment.toString(),
                THROUGH_THE_CELL[0],
                THROUGH_THE_CELL[1],
                key + "=" + other,
                "--out",
                folder.resolve("alone").toString(),
                "--quiet");
        assertThat(alone.code()).isZero();
        assertThat(weights("equal/points/0001")).isEqualTo(weights("alone"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hardware.cell.programming.scale=[1, 2]",
                "hardware.cell.range_uS=[[1, 40], [2, 40]]",
                "hardware.cell.stuck.off=[0, 0.05]",
                "hardware.codec=[differential-pair, offset-column]",
                "train.keep=[best, last]"
            })
    void whatTrainingThroughTheCellMayTellApartIsTrainedEachTime(String dimension) {
        CommandOutcome swept = sweep("other", THROUGH_THE_CELL[0], THROUGH_THE_CELL[1], "sweep." + dimension);
        assertThat(swept.code()).as(swept.err()).isZero();
        assertThat(swept.err().lines().filter(line -> line.contains("train done")))
                .hasSize(2);
    }

    @Test
    void aPointIsTheRunWithItsSettings() throws IOException {
        assertThat(sweep("two", "sweep.hardware.readout.bits=[3, 5]", "--quiet").code())
                .isZero();
        CommandOutcome alone = CommandOutcome.ofRun(experiment, folder.resolve("alone"), "hardware.readout.bits=5");
        assertThat(alone.code()).isZero();
        List<String> expected = lines("alone", "results.csv").stream()
                .skip(1)
                .map(line -> line.replaceFirst("^0", "1"))
                .toList();
        assertThat(lines("two", "results.csv").subList(3, 5)).isEqualTo(expected);
        CommandOutcome again =
                CommandOutcome.of("simulate", folder.resolve("two/points/0001").toString(), "--quiet");
        assertThat(again.code()).isZero();
        assertThat(lines("two/points/0001", "results.csv").subList(1, 3)).isEqualTo(expected);
    }

    @Test
    void theHardwareOfARunFolderCanBeSwept() throws IOException {
        Path run = folder.resolve("run");
        assertThat(CommandOutcome.ofRun(experiment, run).code()).isZero();
        String bits = "sweep.hardware.readout.bits=[3, 6]";
        String out = folder.resolve("bits").toString();
        CommandOutcome swept = CommandOutcome.of("sweep", run.toString(), bits, "--out", out, "--quiet");
        assertThat(swept.err()).isEmpty();
        assertThat(swept.code()).isZero();
        assertThat(lines("bits", "points.csv")).containsExactly("point,hardware.readout.bits", "0,3", "1,6");
        assertThat(lines("bits", "results.csv").subList(3, 5))
                .isEqualTo(lines("run", "results.csv").stream()
                        .skip(1)
                        .map(line -> line.replaceFirst("^0", "1"))
                        .toList());
        CommandOutcome retrained =
                CommandOutcome.of("sweep", run.toString(), "sweep.train.epochs=[1, 2]", "--out", out + "2", "--quiet");
        assertThat(retrained.code()).isEqualTo(2);
        assertThat(retrained.err())
                .contains("train cannot be changed after training")
                .hasLineCount(1);
    }

    @Test
    void keysCanChangeTogether() throws IOException {
        CommandOutcome outcome = sweep(
                "both",
                "sweep.together=[{train.quantise.bits: 2, hardware.cell.bits: 2}, {train: {quantise: {bits: 4}}}]",
                "--quiet");
        assertThat(outcome.code()).isZero();
        assertThat(lines("both", "points.csv"))
                .containsExactly("point,train.quantise.bits,hardware.cell.bits", "0,2,2", "1,4,");
    }

    @Test
    void aResumedSweepKeepsFinishedPointsAndGivesTheSameBytes() throws IOException {
        String bits = "sweep.hardware.readout.bits=[3, 5]";
        assertThat(sweep("sweep", bits, "--quiet").code()).isZero();
        byte[] results = Files.readAllBytes(folder.resolve("sweep/results.csv"));
        Path kept = folder.resolve("sweep/points/0000/manifest.json");
        FileTime written = Files.getLastModifiedTime(kept);
        Files.delete(folder.resolve("sweep/points/0001/manifest.json"));
        Files.delete(folder.resolve("sweep/results.csv"));
        try (var files = Files.list(folder.resolve("sweep/points/0001"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        assertThat(sweep("sweep", bits, "--resume", "--quiet").code()).isZero();
        assertThat(Files.getLastModifiedTime(kept)).isEqualTo(written);
        assertThat(folder.resolve("sweep/results.csv")).hasBinaryContent(results);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hardware.readout.bits=5|there is no block sweep",
                "sweep.hardware.readout.bits=5|sweep.hardware.readout.bits must be a list of at least one value, got 5",
                "sweep.hardware.readout.bits=[]|must be a list of at least one value, got an empty one",
                "sweep=7|sweep must be a block of dotted keys with lists of values, got 7",
                "sweep={}|sweep must be a block of dotted keys with lists of values, got an empty block",
                "sweep.together=[3]|sweep.together must be a list of blocks of keys and values, got 3 in it",
                "sweep.hardware.readout.bits=[4, 99]|hardware.readout.bits must be at least 1 and at most 16, got 99",
                "sweep.hardware.readot.bits=[4]|readot",
                "sweep.hardware.tile.columns=[32, 1]|column"
            })
    void whatCannotBeSweptIsRefusedInOneLineBeforeAnythingIsWritten(String setting, String message) {
        CommandOutcome outcome = sweep("out", setting, "--quiet");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains(message).hasLineCount(1);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aRefusedSweepKeepsWhatIsThereAndAnAcceptedOneSaysWhatItReplaces() throws IOException {
        assertThat(sweep("kept", "sweep.hardware.readout.bits=[3, 5, 6]", "--quiet")
                        .code())
                .isZero();
        Path manifest = folder.resolve("kept/points/0000/manifest.json");
        FileTime written = Files.getLastModifiedTime(manifest);
        byte[] joined = Files.readAllBytes(folder.resolve("kept/results.csv"));
        CommandOutcome refused =
                sweep("kept", "sweep.hardware.readout.bits=[3, 5]", "data.dir=/nonexistent", "--quiet");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("point 0 (hardware.readout.bits=3): /nonexistent")
                .hasLineCount(1);
        assertThat(Files.getLastModifiedTime(manifest)).isEqualTo(written);
        assertThat(folder.resolve("kept/results.csv")).hasBinaryContent(joined);
        assertThat(folder.resolve("kept/points/0002/results.csv")).exists();

        CommandOutcome anew = sweep("kept", "sweep.hardware.readout.bits=[3, 5]", "--quiet");
        assertThat(anew.code()).isZero();
        assertThat(anew.err())
                .contains("has 3 finished points of an earlier sweep; each stays until its replacement is finished")
                .contains(
                        "--resume would keep those with the same settings; 1 finished point outside this sweep will be")
                .hasLineCount(1);
        assertThat(Files.getLastModifiedTime(manifest)).isNotEqualTo(written);
        assertThat(folder.resolve("kept/points/0002")).doesNotExist();
        assertThat(lines("kept", "points.csv")).containsExactly("point,hardware.readout.bits", "0,3", "1,5");
    }

    @Test
    void aPointThatCannotBeRunIsNamedAndSkippedOnRequest() throws IOException {
        String grid = "sweep.hardware.readout.bits=[99, 4]";
        CommandOutcome refused = sweep("out", grid, "--quiet");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("point 0 (hardware.readout.bits=99): ")
                .endsWith("got 99; --skip-invalid leaves it out\n")
                .hasLineCount(1);

        CommandOutcome skipped = sweep("out", grid, "--skip-invalid", "--quiet");
        assertThat(skipped.code()).isZero();
        assertThat(skipped.err())
                .contains("skips point 0 (hardware.readout.bits=99): ")
                .hasLineCount(1);
        assertThat(lines("out", "points.csv")).containsExactly("point,hardware.readout.bits", "1,4");
        assertThat(folder.resolve("out/points/0000")).doesNotExist();

        CommandOutcome none = sweep("none", "sweep.hardware.readout.bits=[98, 99]", "--skip-invalid", "--quiet");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err())
                .contains("none of the 2 points can be run; point 0")
                .hasLineCount(1);
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void aGridOfTooManyPointsIsRefused() {
        String list = "[" + "1, ".repeat(999) + "1]";
        CommandOutcome outcome = sweep("out", "sweep.seed=" + list, "sweep.train.epochs=" + list, "--quiet");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("sweep has at least 1000000 combinations, and at most 100000 are run");
    }

    @Test
    void aFolderThatIsNoSweepIsLeftAlone() throws IOException {
        Files.createDirectories(folder.resolve("mine"));
        Files.writeString(folder.resolve("mine/notes.txt"), "x");
        CommandOutcome outcome = sweep("mine", "sweep.hardware.readout.bits=[4]", "--quiet");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("exists and is not the folder of a sweep")
                .hasLineCount(1);
    }

    @Test
    void runRefusesAFileWithASweep() {
        CommandOutcome outcome =
                CommandOutcome.ofRun(experiment, folder.resolve("run"), "sweep.hardware.readout.bits=[4, 5]");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("use 'synaptile sweep' for a file with design points")
                .hasLineCount(1);
    }
}
