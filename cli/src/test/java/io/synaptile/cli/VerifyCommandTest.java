/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Folders held against their checksums. */
class VerifyCommandTest {
    private static final String TINY =
            """
            name: tiny
            seed: 5
            data: {set: digits, dir: %s, train_samples: 120, test_samples: 20, batch: 40}
            network: {arch: mlp, hidden: [8], time_steps: 2, coding: direct}
            train: {epochs: 1}
            simulate: {instances: 2}
            """.formatted(Path.of("..", "examples", "data").toAbsolutePath().normalize());

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private Path run;
    private Path sweep;

    @BeforeAll
    static void compute() throws IOException {
        Path experiment = Files.writeString(shared.resolve("tiny.yaml"), TINY);
        assertThat(CommandOutcome.ofRun(experiment, shared.resolve("run")).code())
                .isZero();
        assertThat(CommandOutcome.of(
                                "sweep",
                                shared.resolve("run").toString(),
                                "sweep.hardware.readout.bits=[4,5]",
                                "--quiet",
                                "--out",
                                shared.resolve("sweep").toString())
                        .code())
                .isZero();
    }

    @BeforeEach
    void copy() throws IOException {
        run = copy("run");
        sweep = copy("sweep");
    }

    private Path copy(String name) throws IOException {
        Path copy = folder.resolve(name);
        try (Stream<Path> all = Files.walk(shared.resolve(name))) {
            for (Path path : all.toList()) {
                Files.copy(
                        path,
                        copy.resolve(shared.resolve(name).relativize(path).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return copy;
    }

    private static CommandOutcome verify(Path folder, String... options) {
        return CommandOutcome.of(Stream.concat(Stream.of("verify", folder.toString()), Stream.of(options))
                .toArray(String[]::new));
    }

    private static void append(Path file) throws IOException {
        Files.writeString(file, Files.readString(file) + "\n");
    }

    @Test
    void aFolderIsAsItWasWritten() {
        CommandOutcome outcome = verify(run);
        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).matches("\\d+ files as they were written\\R");
    }

    @Test
    void whatDiffersOrIsMissingIsNamed() throws IOException {
        append(run.resolve("results.csv"));
        Files.write(run.resolve("model.safetensors"), new byte[] {1, 2, 3});
        Files.delete(run.resolve("latent.safetensors"));
        CommandOutcome outcome = verify(run);
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(outcome.out().lines())
                .contains(
                        run.resolve("results.csv") + " differs from what was written",
                        run.resolve("model.safetensors") + " differs from what was written",
                        run.resolve("latent.safetensors") + " is missing")
                .hasSize(4);
        assertThat(outcome.out()).endsWith(" files as they were written, 2 differ, 1 missing" + System.lineSeparator());
    }

    @Test
    void aFileOfOnesOwnIsSaidAndNoError() throws IOException {
        Files.writeString(run.resolve("notes.txt"), "mine");
        CommandOutcome outcome = verify(run);
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains(run.resolve("notes.txt") + " is not listed in the manifest");
    }

    @Test
    void keptChipsAreChecked() throws IOException {
        assertThat(CommandOutcome.of("map", run.toString(), "--instances", "1", "--quiet")
                        .code())
                .isZero();
        assertThat(verify(run).code()).isZero();
        Path chip = run.resolve("chips/chip-0000.npz");
        byte[] bytes = Files.readAllBytes(chip);
        bytes[bytes.length / 2] ^= 1;
        Files.write(chip, bytes);
        assertThat(verify(run).out()).contains(chip + " differs");
    }

    @Test
    void aManifestThatWasChangedIsNamed() throws IOException {
        Path manifest = run.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"seed\" : 5", "\"seed\" : 6"));
        CommandOutcome outcome = verify(run);
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(outcome.out()).contains("manifest.json is damaged or was changed");
    }

    @Test
    void withoutChecksumsNothingIsVerified() throws IOException {
        Path manifest = run.resolve("manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replaceFirst("(?m)^ *\"format\" : 2,\\R", "")
                        .replaceFirst("(?m)^ *\"content_sha256\" : \"[0-9a-f]+\",\\R", ""));
        CommandOutcome outcome = verify(run);
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(outcome.out()).contains("kept no checksums", "0 files as they were written, 1 not verified");
    }

    @Test
    void aSweepIsCheckedWithItsPoints() throws IOException {
        assertThat(verify(sweep).code()).isZero();
        append(sweep.resolve("points/0001/layers.csv"));
        append(sweep.resolve("results.csv"));
        CommandOutcome outcome = verify(sweep, "--json");
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILURE);
        JsonNode found = JsonMapper.shared().readTree(outcome.out());
        assertThat(found.get("intact").booleanValue()).isFalse();
        assertThat(found.get("findings").findValuesAsString("file"))
                .containsExactly(
                        sweep.resolve("results.csv").toString(),
                        sweep.resolve("points/0001/layers.csv").toString());
        assertThat(found.get("findings").findValuesAsString("state")).containsOnly("differs");
        assertThat(found.get("unlisted").isEmpty()).isTrue();
    }

    @Test
    void aPointThatIsGoneIsMissing() throws IOException {
        Files.move(sweep.resolve("points/0000"), folder.resolve("elsewhere"));
        assertThat(verify(sweep).out()).contains(sweep.resolve("points/0000/manifest.json") + " is missing");
    }

    @Test
    void anotherFolderIsRefused() {
        CommandOutcome outcome = verify(folder);
        assertThat(outcome.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(outcome.err()).hasLineCount(1).contains("is neither a run folder nor a sweep's");
    }
}
