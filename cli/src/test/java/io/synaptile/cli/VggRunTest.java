/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.io.npz.Npz;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Narrow VGG networks on a few made images of 28x28, from training to chips. */
class VggRunTest {
    private static final String NARROW = """
            name: narrow
            data: {set: mnist, dir: ., batch: 8}
            network: {arch: %s, width: 0.03, time_steps: 2}
            train: {epochs: 1, quantise: {bits: 4}, variation: {device: rram}}
            simulate: {instances: 1}
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"vgg5", "vgg9", "vgg11", "vgg19"})
    void everyNetworkRunsAndItsModelIsReadAgain(String arch) throws Exception {
        Path run = run(arch);
        byte[] results = Files.readAllBytes(run.resolve("results.csv"));
        assertThat(CommandOutcome.of("map", run.toString(), "--quiet").err()).isEmpty();
        assertThat(CommandOutcome.of("simulate", run.toString(), "--quiet").err())
                .isEmpty();
        assertThat(run.resolve("results.csv")).hasBinaryContent(results);
    }

    @Test
    void chipsAreKeptWithAllCopiesOfTheirLayers() throws Exception {
        String run = run("vgg5").toString();
        String copies = "hardware.per_layer={conv2: {copies: 3}}";
        assertThat(CommandOutcome.of("map", run, "--instances", "1", "--quiet", copies)
                        .err())
                .isEmpty();
        assertThat(CommandOutcome.of("simulate", run, "--quiet", copies).err()).isEmpty();
        String row = Files.readAllLines(Path.of(run, "results.csv")).get(1);
        assertThat(CommandOutcome.of("simulate", run, "--instance", "0", "--quiet", copies)
                        .err())
                .isEmpty();
        assertThat(Files.readAllLines(Path.of(run, "results.csv")).get(1)).isEqualTo(row);
        Npz chip = Npz.read(Path.of(run, "chips", "chip-0000.npz"));
        assertThat(chip.array("conv2.copy2.programmed_uS").shape())
                .isEqualTo(chip.array("conv2.programmed_uS").shape());
        assertThat(chip.array("conv2.copy2.programmed_uS").floats())
                .isNotEqualTo(chip.array("conv2.copy1.programmed_uS").floats());
        String tile = Path.of(run, "tile.npz").toString();
        assertThat(CommandOutcome.of(
                                "map", run, "--export-tile", "conv2:2", "--chip", "0", "--out", tile, "--quiet", copies)
                        .err())
                .isEmpty();
        CommandOutcome other = CommandOutcome.of(
                "simulate", run, "--instance", "0", "--quiet", "hardware.per_layer={conv2: {copies: 2}}");
        assertThat(other.err())
                .contains("is a chip of another design: it has 3 of layer conv2, here are 2")
                .hasLineCount(1);
    }

    /** Five halvings leave nothing of 28 pixels: VGG19 reads 32, and its model says what they were made from. */
    @Test
    void aModelOfPaddedImagesRemembersIt() throws Exception {
        assertThat(model(run("vgg19"))).contains("\"padded_from\":\"1x28x28\"", "\\\"input\\\":[1,32,32]");
        assertThat(model(run("vgg5"))).doesNotContain("padded_from").contains("\\\"input\\\":[1,28,28]");
    }

    private static String model(Path run) throws IOException {
        return Files.readString(run.resolve("model.safetensors"), StandardCharsets.ISO_8859_1);
    }

    private Path run(String arch) throws IOException {
        images("train", 30);
        images("t10k", 6);
        Path file = Files.writeString(folder.resolve(arch + ".yaml"), NARROW.formatted(arch));
        Path run = folder.resolve(arch);
        CommandOutcome outcome = CommandOutcome.of("run", file.toString(), "--out", run.toString(), "--quiet");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        return run;
    }

    private void images(String part, int count) throws IOException {
        ByteBuffer pixels = ByteBuffer.allocate(16 + 784 * count).putInt(2051).putInt(count);
        pixels.putInt(28).putInt(28);
        ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(2049).putInt(count);
        SplittableRandom random = new SplittableRandom(count);
        for (int i = 0; i < count; i++) {
            labels.put((byte) (i % 10));
            for (int p = 0; p < 784; p++) {
                pixels.put((byte) random.nextInt(256));
            }
        }
        Files.write(folder.resolve(part + "-images-idx3-ubyte"), pixels.array());
        Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
    }
}
