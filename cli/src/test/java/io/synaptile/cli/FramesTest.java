/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.experiment.folder.RunManifest;
import io.synaptile.sim.io.npz.NpyArray;
import io.synaptile.sim.io.npz.Npz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Recordings of frames from the experiment file to the tables. */
class FramesTest {
    private static final int SAMPLES = 80;
    private static final int FRAMES = 6;
    private static final int PLACES = 5;

    @TempDir
    private Path folder;

    /** A spike that moves from place to place, upwards or downwards; only the order of the frames tells which. */
    private static float[] moving() {
        float[] values = new float[SAMPLES * FRAMES * PLACES];
        for (int n = 0; n < SAMPLES; n++) {
            int start = n / 2 % PLACES;
            for (int t = 0; t < FRAMES; t++) {
                int place = Math.floorMod(n % 2 == 0 ? start + t : start - t, PLACES);
                values[(n * FRAMES + t) * PLACES + place] = 1;
            }
        }
        return values;
    }

    private void write(float[] values, Map<String, NpyArray> more) {
        Map<String, NpyArray> arrays = new HashMap<>(more);
        arrays.put("x_train", NpyArray.of(values, SAMPLES, FRAMES, PLACES));
        long[] labels = new long[SAMPLES];
        Arrays.setAll(labels, n -> n % 2);
        arrays.put("y_train", NpyArray.of(labels, SAMPLES));
        Npz.of(arrays).write(folder.resolve("moving.npz"));
    }

    private Path experiment() throws IOException {
        return Files.writeString(folder.resolve("frames.yaml"), """
                name: frames
                data: {set: npz, train: moving.npz, axes: NTF, test_share: 0.25, batch: 10}
                network:
                  time_steps: data
                  coding: spikes
                  layers:
                    - dense: 12
                    - lif: {recurrent: true, leak: 0.5}
                    - dense: classes
                train: {epochs: 12, optimizer: {lr: 0.1}, quantise: {bits: 4, layers: all}}
                hardware: {cell: {kind: rram, bits: 4}}
                simulate: {instances: 1}
                """);
    }

    private CommandOutcome run(String... settings) throws IOException {
        return command("run", settings);
    }

    private CommandOutcome command(String name, String... settings) throws IOException {
        String[] line = {
            name,
            experiment().toString(),
            "--quiet",
            "--out",
            folder.resolve("run").toString()
        };
        return CommandOutcome.of(
                Stream.concat(Arrays.stream(line), Arrays.stream(settings)).toArray(String[]::new));
    }

    private String table(String name) throws IOException {
        return Files.readString(folder.resolve("run").resolve(name));
    }

    private double accuracy() throws IOException {
        return manifest().get("training").get("test_accuracy_percent").doubleValue();
    }

    private JsonNode manifest() throws IOException {
        return JsonMapper.shared().readTree(table(RunManifest.FILE));
    }

    /** Both classes show the same places equally often, so that what is learned is their order. */
    @ParameterizedTest
    @ValueSource(strings = {"spikes", "direct"})
    void theOrderOfFramesIsLearned(String coding) throws IOException {
        write(moving(), Map.of());
        assertThat(run("network.coding=" + coding, "train.epochs=25").err()).isEmpty();
        assertThat(accuracy()).isGreaterThan(85);
        assertThat(manifest().get("configuration").get("data").get("found").toString())
                .isEqualTo("[5,1,1,2,6,1]");
        assertThat(table("steps.csv").lines()).hasSize(1 + FRAMES);
    }

    /** A probability of 1 is a spike for certain. */
    @Test
    void probabilitiesAreDrawn() throws IOException {
        write(moving(), Map.of());
        assertThat(run("train.epochs=1", "network.coding=poisson").err()).isEmpty();
        assertThat(column("synaptic_ops_per_inference")).isEqualTo(FRAMES * 12);
    }

    /** Five bins instead of 77 readings, few samples and one epoch; all else as the example has it. */
    @Test
    void theExampleOfTactileReadingsRuns() throws IOException {
        CommandOutcome outcome = CommandOutcome.of(
                "run",
                Path.of("..", "examples", "braille.yaml").toString(),
                "--quiet",
                "--out",
                folder.resolve("run").toString(),
                "data.bin=16",
                "data.train_samples=60",
                "data.test_samples=10",
                "train.epochs=1",
                "simulate.instances=1");
        assertThat(outcome.err()).isEmpty();
        assertThat(manifest().get("configuration").get("data").get("found").toString())
                .startsWith("[24,1,1,27,5,");
    }

    @Test
    void laterStagesRepeatTheRunAndShorterInferencesSeeTheFirstFrames() throws IOException {
        write(moving(), Map.of());
        assertThat(run("train.epochs=1").err()).isEmpty();
        String results = table("results.csv");
        String run = folder.resolve("run").toString();
        assertThat(CommandOutcome.of("simulate", run, "--quiet").err()).isEmpty();
        assertThat(table("results.csv")).isEqualTo(results);
        String steps = table("steps.csv");
        assertThat(CommandOutcome.of("simulate", run, "--quiet", "simulate.time_steps=3")
                        .err())
                .isEmpty();
        List<String> shorter = table("steps.csv").lines().toList();
        assertThat(shorter).isEqualTo(steps.lines().limit(4).toList());
    }

    /** The same places fire at the same steps, twice each: as many events and conversions, and a second pulse for each row. */
    @Test
    void inputSpikesAreCountedAndSeveralAtOnceDriveRowsSeveralTimes() throws IOException {
        write(moving(), Map.of());
        assertThat(run("train.epochs=1").err()).isEmpty();
        double operations = column("synaptic_ops_per_inference");
        double energy = column("energy_pJ");
        assertThat(operations).isEqualTo(FRAMES * 12);
        float[] twice = moving();
        for (int i = 0; i < twice.length; i++) {
            twice[i] *= 2;
        }
        write(twice, Map.of());
        Files.move(folder.resolve("run"), folder.resolve("first"));
        assertThat(run("train.epochs=1").err()).isEmpty();
        assertThat(column("synaptic_ops_per_inference")).isEqualTo(operations);
        assertThat(column("energy_pJ")).isGreaterThan(energy);
        assertThat(manifest().get("configuration").get("data").get("found").toString())
                .isEqualTo("[5,1,1,2,6,2]");
    }

    /** Of the first layer. */
    private double column(String column) throws IOException {
        List<String> lines = table("layers.csv").lines().toList();
        int at = List.of(lines.getFirst().split(",")).indexOf(column);
        return Double.parseDouble(lines.get(1).split(",")[at]);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "network.time_steps=8 | network.time_steps is 8, and the samples have 6 frames, one for every step; write network.time_steps: data, or join frames with data.bin",
                "simulate.time_steps=7 | simulate.time_steps must be at most 6, the frames of a sample, one for every step, got 7",
                "data.axes=NHW | network.time_steps data needs samples of frames, and those of data.set npz are images",
                "data.axes=NTCHW | array 'x_train' has the shape (80, 6, 5), data.axes names the axes (N, T, C, H, W)",
                "data.axes=NTX | data.axes must be N and F, or N, H, W and perhaps C, with T for frames, each once, as in NTF or NTCHW, got 'NTX'",
                "data.arrays.train_lengths=lengths | array 'lengths' row 1 holds 7.0, lengths are whole numbers from 1 to 6, the frames of 'x_train'",
                "data.arrays.train_images=half | array 'half' holds 0.5 at (0, 0, 0), sample 0, frame 0, frames of spikes hold whole numbers from 0 on",
                "data.arrays.train_images=nan | array 'nan' holds NaN at (2, 1, 0), sample 2, frame 1, values must be finite",
                "data.normalise=training | data.normalise must be none with network.coding spikes, whose frames hold whole numbers",
                "data.delta=0.1 network.coding=direct | data.delta gives spikes and needs network.coding spikes, got direct",
                "data.arrays.train_images=high network.coding=poisson | array 'high' holds 3.0; with network.coding poisson a value of a frame is the probability of a spike, 0 to 1"
            })
    void whatDoesNotFitIsRefusedInOneLine(String settings, String message) throws IOException {
        float[] half = moving();
        half[0] = 0.5f;
        float[] nan = moving();
        nan[(2 * FRAMES + 1) * PLACES] = Float.NaN;
        float[] high = moving();
        high[0] = 3;
        long[] lengths = new long[SAMPLES];
        Arrays.fill(lengths, FRAMES);
        lengths[1] = FRAMES + 1;
        write(
                moving(),
                Map.of(
                        "half", NpyArray.of(half, SAMPLES, FRAMES, PLACES),
                        "nan", NpyArray.of(nan, SAMPLES, FRAMES, PLACES),
                        "high", NpyArray.of(high, SAMPLES, FRAMES, PLACES),
                        "lengths", NpyArray.of(lengths, SAMPLES)));
        CommandOutcome refused = run(settings.split(" "));
        assertThat(refused.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(refused.err()).contains(message).hasLineCount(1);
        assertThat(folder.resolve("run")).doesNotExist();
    }
}
