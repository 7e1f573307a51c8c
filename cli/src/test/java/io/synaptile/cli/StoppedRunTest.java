/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in a process of its own that is told to end, or killed, before its first checkpoint. */
class StoppedRunTest {
    private static final int ATTEMPTS = 3000;
    private static final List<String> ENDLESS =
            List.of("data.train_samples=all", "data.batch=8", "network.arch=vgg9", "network.time_steps=50");

    @TempDir
    private Path folder;

    private Process run;

    @AfterEach
    void end() throws Exception {
        run.destroyForcibly().waitFor();
    }

    @Test
    void aRunThatIsToldToEndLeavesNothing() throws Exception {
        endless();
        run.destroy();

        assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void whatAKilledRunLeavesIsRemovedByTheNext() throws Exception {
        endless();
        run.destroyForcibly();
        assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(names()).hasSize(2).first().isEqualTo(".x.lock");
        assertThat(names()).last().asString().startsWith(".x.unfinished-");

        CommandOutcome next = CommandOutcome.of(arguments(List.of()));
        assertThat(next.err()).isEmpty();
        assertThat(names()).containsExactly("x");
    }

    @Test
    void aSecondRunIntoTheSamePlaceIsRefusedAndToldOfTheFirst() throws Exception {
        endless();
        List<String> before = names();
        CommandOutcome second = CommandOutcome.of(arguments(List.of()));

        assertThat(second.code()).isEqualTo(2);
        assertThat(second.err())
                .contains("x is being written by another process: run, process " + run.pid() + " on ", " since 2")
                .hasLineCount(1);
        assertThat(names()).isEqualTo(before);
    }

    private String[] arguments(List<String> settings) throws Exception {
        Path file = Files.writeString(folder.resolve("x.yaml"), """
                name: endless
                data: {set: digits, dir: %s, train_samples: 100, test_samples: 20, batch: 40}
                network: {arch: mlp, hidden: [4], time_steps: 2}
                train: {epochs: 1}
                simulate: {instances: 1}
                """.formatted(
                        Path.of("..", "examples", "data").toAbsolutePath().normalize()));
        Stream<String> command = Stream.of(
                "run",
                file.toString(),
                "--quiet",
                "--out",
                folder.resolve("runs/x").toString());
        return Stream.concat(command, settings.stream()).toArray(String[]::new);
    }

    /** A run whose first epoch takes far longer than this test, as soon as it has begun to write. */
    private void endless() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        run = new ProcessBuilder(Stream.concat(
                                Stream.of(java, "-cp", System.getProperty("java.class.path"), Main.class.getName()),
                                Stream.of(arguments(ENDLESS)))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Path runs = folder.resolve("runs");
        for (int i = 0; i < ATTEMPTS; i++) {
            if (Files.isDirectory(runs) && names().size() == 2) {
                return;
            }
            assertThat(run.isAlive()).isTrue();
            Thread.sleep(20);
        }
        throw new AssertionError("the run has not begun: " + Files.readString(folder.resolve("log")));
    }

    private List<String> names() throws Exception {
        try (Stream<Path> entries = Files.list(folder.resolve("runs"))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
