/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bench of examples/board-python, where the machine has what it needs. */
class PythonBenchTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();
    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");

    @TempDir
    private static Path folder;

    private static Process bench;
    private static String address;

    @BeforeAll
    static void start() throws Exception {
        assumeThat(PYTHON).as("an interpreter of Python").isExecutable();
        assumeThat(ends(PYTHON.toString(), "-c", "import grpc, numpy, google.protobuf"))
                .as("packages grpc, numpy and google.protobuf of " + PYTHON)
                .isZero();
        assumeThat(ends("/bin/sh", "-c", "protoc --version"))
                .as("protoc on the path")
                .isZero();
        bench = new ProcessBuilder(
                        PYTHON.toString(),
                        EXAMPLES.resolve("board-python/bench.py").toString(),
                        "--port",
                        "0")
                .redirectError(folder.resolve("err").toFile())
                .start();
        BufferedReader out = bench.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        assertThat(line).as(Files.readString(folder.resolve("err"))).isNotNull();
        Matcher listening = LISTENING.matcher(line);
        assertThat(listening.find()).as(line).isTrue();
        address = "grpc://localhost:" + listening.group(1) + "/array0";
    }

    private static int ends(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (bench != null) {
            bench.destroyForcibly().waitFor();
        }
    }

    @Test
    void keepsTheContract() throws Exception {
        CommandOutcome check = CommandOutcome.of("board", "check", address);
        assertThat(check.code()).as(check.out()).isZero();
        assertThat(check.out().strip()).endsWith("60 passed, 0 failed");
        CommandOutcome again = CommandOutcome.of("board", "check", address);
        assertThat(again.code()).as(again.out()).isZero();
        assertThat(Files.readString(folder.resolve("err"))).isEmpty();
    }

    @Test
    void hasALayerOfARun() {
        CommandOutcome run = CommandOutcome.ofRun(
                EXAMPLES.resolve("quickstart.yaml"),
                folder.resolve("run"),
                "data.dir=" + EXAMPLES.resolve("data"),
                "train.epochs=1",
                "data.train_samples=300",
                "simulate.instances=2",
                "simulate.samples=40",
                "hardware.boards.fc2=" + address.replace("array0", "array1"),
                "hardware.boards.calibrate=true");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(folder.resolve("run/manifest.json"))
                .content()
                .contains("\"board\" : \"python-bench\"", "\"calibration\" : \"array1-");
    }
}
