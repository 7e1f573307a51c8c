/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Processes killed at random moments, most of them while they write; in the profile {@code reliability} only. */
@EnabledIfSystemProperty(named = "synaptile.reliability", matches = "true")
class KilledProcessTest {
    private static final int RUNS = 60;
    private static final int OTHERS = 30;

    @TempDir
    private static Path shared;

    private static Path experiment;
    private static Path finished;

    @TempDir
    private Path folder;

    @BeforeAll
    static void runOnce() throws Exception {
        experiment = Files.writeString(shared.resolve("x.yaml"), """
                name: x
                data: {set: digits, dir: %s, train_samples: 60, test_samples: 20, batch: 20}
                network: {arch: mlp, hidden: [6], time_steps: 2}
                train: {epochs: 2, quantise: {bits: 4}}
                hardware: {tile: {rows: 32, columns: 16}}
                simulate: {instances: 1}
                """.formatted(
                        Path.of("..", "examples", "data").toAbsolutePath().normalize()));
        finished = shared.resolve("run");
        assertThat(CommandOutcome.ofRun(experiment, finished).code()).isZero();
    }

    private List<String> command(String name, Path run) {
        return switch (name) {
            case "run" -> List.of("run", experiment.toString(), "seed=2", "--out", run.toString(), "--quiet");
            case "simulate" -> List.of("simulate", run.toString(), "hardware.readout.bits=3", "--quiet");
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Test
    void aRunOverAnotherLeavesOneOfThem() throws Exception {
        kill("run", RUNS);
    }

    @Test
    void aSimulationLeavesTheOldTablesOrTheNewOnes() throws Exception {
        kill("simulate", OTHERS);
    }

    private void kill(String name, int times) throws Exception {
        Path whole = folder.resolve("whole");
        copy(finished, whole);
        long begun = System.nanoTime();
        start(command(name, whole)).waitFor();
        long milliseconds = (System.nanoTime() - begun) / 1_000_000;
        Map<String, Integer> found = new TreeMap<>(Map.of("old", 0, "new", 0, "mixed", 0, "lost", 0));
        SplittableRandom random = new SplittableRandom(times);
        for (int i = 0; i < times; i++) {
            Path run = folder.resolve(name + i);
            copy(finished, run);
            Process process = start(command(name, run));
            // The second half of a process's time, where it writes.
            process.waitFor(random.nextLong(milliseconds / 2, milliseconds), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            found.merge(state(run, whole), 1, Integer::sum);
        }
        System.out.println(times + " kills of " + name + ": " + found);
        assertThat(found).containsEntry("mixed", 0).containsEntry("lost", 0);
    }

    private static String state(Path run, Path whole) throws IOException {
        CommandOutcome report = CommandOutcome.of("report", run.toString(), "--quiet");
        Map<String, String> now = tables(run);
        boolean old = now.equals(tables(finished));
        if (report.code() != 0) {
            return "lost";
        }
        return old ? "old" : now.equals(tables(whole)) ? "new" : "mixed";
    }

    @Test
    void aSweepOverAnotherKeepsEveryPoint() throws Exception {
        Path before = folder.resolve("before");
        List<String> first = sweep(before, "sweep.hardware.readout.bits=[3, 4, 5]");
        assertThat(CommandOutcome.of(first.toArray(String[]::new)).code()).isZero();
        Path whole = folder.resolve("whole");
        copy(before, whole);
        long begun = System.nanoTime();
        start(sweep(whole, "sweep.hardware.readout.bits=[6, 7, 8]")).waitFor();
        long milliseconds = (System.nanoTime() - begun) / 1_000_000;
        Map<String, Integer> found = new TreeMap<>(Map.of("old", 0, "new", 0, "mixed", 0, "lost", 0));
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < OTHERS; i++) {
            Path sweep = folder.resolve("sweep" + i);
            copy(before, sweep);
            Process process = start(sweep(sweep, "sweep.hardware.readout.bits=[6, 7, 8]"));
            process.waitFor(random.nextLong(milliseconds / 3, milliseconds), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            for (String point : List.of("points/0000", "points/0001", "points/0002")) {
                Path run = sweep.resolve(point);
                CommandOutcome report = CommandOutcome.of("report", run.toString(), "--quiet");
                Map<String, String> now = tables(run);
                found.merge(
                        report.code() != 0
                                ? "lost"
                                : now.equals(tables(before.resolve(point)))
                                        ? "old"
                                        : now.equals(tables(whole.resolve(point))) ? "new" : "mixed",
                        1,
                        Integer::sum);
            }
        }
        System.out.println(OTHERS + " kills of sweep, 3 points each: " + found);
        assertThat(found).containsEntry("mixed", 0).containsEntry("lost", 0);
    }

    private static List<String> sweep(Path out, String grid) {
        return List.of("sweep", experiment.toString(), grid, "--out", out.toString(), "--quiet");
    }

    private Process start(List<String> arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> words = new ArrayList<>(List.of(
                java, "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        words.addAll(arguments);
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private static Map<String, String> tables(Path run) throws IOException {
        Map<String, String> tables = new TreeMap<>();
        try (Stream<Path> files = Files.list(run)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".csv") && !name.equals("latency.csv") || name.endsWith(".safetensors")) {
                    tables.put(name, Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return tables;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
