/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.experiment.Progress;
import io.synaptile.experiment.folder.ModelStore;
import io.synaptile.experiment.folder.Start;
import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.Folders;
import io.synaptile.sim.io.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One bit of one file is flipped, and what reads the file is started: it refuses, or does what it would have done. 60 of
 * them, in the profile {@code reliability} 1,000.
 */
class FlippedBitTest {
    private static final int FLIPS = TinyRun.THOROUGH ? 1000 : 60;

    @TempDir
    private static Path shared;

    private static Path run;
    private static Path stopped;

    @TempDir
    private Path folder;

    @BeforeAll
    static void make() throws IOException {
        run = shared.resolve("run");
        TinyRun.run(run);
        TinyRun.later(run).map(run, new MapOrder(1, Optional.empty()));
        TinyRun.later(run).simulate(run, 0);
        stopped = shared.resolve("stopped/run");
        stopAfterTraining(stopped);
    }

    /** What reads a file, and the results to compare. */
    private interface Reader {
        Map<String, String> read(Path copy) throws IOException;
    }

    /** A file and what reads it. */
    private record Target(Path within, String file, Reader reader) {}

    private static List<Target> targets() throws IOException {
        List<Target> targets = new ArrayList<>();
        for (String table : List.of(
                "results.csv",
                "summary.csv",
                "steps.csv",
                "layers.csv",
                "energy.csv",
                "cost.csv",
                "tiles.csv",
                "chip.csv",
                "latency.csv")) {
            targets.add(new Target(run, table, FlippedBitTest::report));
        }
        targets.add(new Target(run, "model.safetensors", FlippedBitTest::simulate));
        targets.add(new Target(run, "latent.safetensors", FlippedBitTest::startFrom));
        targets.add(new Target(run, "chips/chip-0000.npz", FlippedBitTest::simulate));
        targets.add(new Target(run, "manifest.json", FlippedBitTest::simulate));
        String checkpoint = checkpoint(stopped.getParent());
        for (int i = 0; i < 3; i++) {
            targets.add(new Target(stopped.getParent(), checkpoint, FlippedBitTest::resume));
        }
        return targets;
    }

    @Test
    void noFlippedBitLeadsToOtherResults() throws IOException {
        List<Target> targets = targets();
        SplittableRandom random = new SplittableRandom(2026);
        Map<Target, Map<String, String>> expected =
                new TreeMap<>((a, b) -> a.file().compareTo(b.file()));
        int refused = 0;
        int harmless = 0;
        List<String> accepted = new ArrayList<>();
        for (int flip = 0; flip < FLIPS; flip++) {
            Target target = targets.get(flip % targets.size());
            if (!expected.containsKey(target)) {
                Path pristine = folder.resolve("pristine-" + flip);
                TinyRun.copy(target.within(), pristine);
                expected.put(target, target.reader().read(pristine));
            }
            Path copy = folder.resolve("copy");
            TinyRun.copy(target.within(), copy);
            byte[] bytes = Files.readAllBytes(copy.resolve(target.file()));
            int at = random.nextInt(bytes.length);
            int bit = random.nextInt(8);
            bytes[at] ^= (byte) (1 << bit);
            Files.write(copy.resolve(target.file()), bytes);
            try {
                boolean same = target.reader().read(copy).equals(expected.get(target));
                harmless += same ? 1 : 0;
                if (!same) {
                    accepted.add(target.file() + ", byte " + at + ", bit " + bit);
                }
            } catch (IllegalArgumentException | DataFileException e) {
                assertThat(e.getMessage())
                        .contains(Path.of(target.file()).getFileName().toString())
                        .hasLineCount(1);
                refused++;
            }
            Folders.delete(copy);
        }
        System.out.println(FLIPS + " flipped bits: " + refused + " refused, " + harmless + " harmless, "
                + accepted.size() + " accepted with other results");
        assertThat(accepted).isEmpty();
    }

    private static Map<String, String> report(Path copy) throws IOException {
        TinyRun.later(copy).report(copy);
        return TinyRun.results(copy);
    }

    private static Map<String, String> simulate(Path copy) throws IOException {
        TinyRun.later(copy).simulate(copy, 0);
        return TinyRun.results(copy);
    }

    private static Map<String, String> startFrom(Path copy) {
        return Map.of("weights", ModelFile.read(ModelStore.latentFile(copy)).sha256());
    }

    /** The run goes on in the same place, for a checkpoint beside another is not taken. */
    private static Map<String, String> resume(Path parent) throws IOException {
        Path target = parent.resolve("run");
        TinyRun.runner(Progress.NONE).train(target, Start.RESUMED);
        return TinyRun.results(target);
    }

    private static void stopAfterTraining(Path target) {
        Progress stopping = new Progress() {
            @Override
            public void begin(String stage, long steps) {
                if (stage.equals("test")) {
                    throw new IllegalStateException("stopped");
                }
            }

            @Override
            public void notice(String line) {}
        };
        try {
            TinyRun.runner(stopping).train(target, Start.ANEW);
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("stopped");
        }
    }

    private static String checkpoint(Path parent) throws IOException {
        try (var files = Files.walk(parent)) {
            Path newest = files.filter(file -> file.getFileName().toString().startsWith("epoch-"))
                    .sorted()
                    .toList()
                    .getLast();
            return parent.relativize(newest).toString();
        }
    }
}
