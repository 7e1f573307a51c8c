/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.experiment.Progress;
import io.synaptile.experiment.Site;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.folder.Start;
import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.experiment.sweep.SweepRunner;
import io.synaptile.sim.io.Sha256;
import io.synaptile.sim.io.faults.FailingDisk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** An experiment of a fraction of a second, and what tests ask of its run folder. */
final class TinyRun {
    /** Whether faults are tried in their full number, not only a part of them. */
    static final boolean THOROUGH = Boolean.getBoolean("synaptile.reliability");

    private static final Site SITE = new Site("test", "", Optional.empty(), List.of(), Optional.empty());
    private static final Path DATA = someDigits();

    private TinyRun() {}

    /** The first digits of both files, for thousands take longer to read than all the rest. */
    private static Path someDigits() {
        try {
            Path folder = Files.createTempDirectory("digits");
            folder.toFile().deleteOnExit();
            for (String name : List.of("optdigits.tra", "digits.csv")) {
                Path from = Path.of("..", "examples", "data", name + ".gz");
                Path to = folder.resolve(name);
                try (InputStream in = new GZIPInputStream(Files.newInputStream(from))) {
                    String text = new String(in.readNBytes(20_000), StandardCharsets.UTF_8);
                    Files.writeString(to, text.substring(0, text.lastIndexOf('\n') + 1));
                }
                to.toFile().deleteOnExit();
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ExperimentFile file(String... overrides) {
        return ExperimentFile.parse(
                Path.of("tiny.yaml").toAbsolutePath(), """
                name: tiny
                seed: 3
                data: {set: digits, dir: %s, train_samples: 60, test_samples: 20, batch: 20}
                network: {arch: mlp, hidden: [6], time_steps: 2}
                train: {epochs: 1, quantise: {bits: 4}}
                hardware: {tile: {rows: 32, columns: 16}}
                simulate: {instances: 1}
                run: {threads: 1}
                """.formatted(DATA), List.of(overrides), PlugIns.NONE);
    }

    static ExperimentRunner runner(Progress progress, String... overrides) {
        return new ExperimentRunner(file(overrides), SITE, progress);
    }

    /** Trains, simulates and reports into a folder. */
    static void run(Path folder, String... overrides) {
        runner(Progress.NONE, overrides).run(quick(folder), Start.ANEW);
    }

    static void sweep(Path folder, String... overrides) {
        SweepRunner.of(file(overrides), SITE, Progress.NONE).run(quick(folder), Start.ANEW, false);
    }

    /** The same folder on a disk that does not wait for its bytes. */
    private static Path quick(Path folder) {
        return folder.getFileSystem() instanceof FailingDisk
                ? folder
                : FailingDisk.counting().path(folder);
    }

    /** A later stage of a run folder. */
    static ExperimentRunner later(Path folder, String... overrides) {
        return ExperimentRunner.of(quick(folder), List.of(overrides), PlugIns.NONE, SITE, Progress.NONE);
    }

    /** Files that are to repeat, by name: no host times in them, and nothing hidden. */
    static Map<String, String> results(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return files;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                boolean repeats = !name.contains("latency.csv")
                        && !name.contains("report.html")
                        && !name.endsWith(".json")
                        && !name.startsWith(".")
                        && !name.startsWith("checkpoints/")
                        && !name.contains("/.");
                if (repeats) {
                    files.put(name, Sha256.of(file));
                }
            }
        }
        return files;
    }

    /** A copy of a folder with all that is in it. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
