/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.experiment.folder.RunManifest;
import io.synaptile.experiment.sweep.SweepRunner;
import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.FileSet;
import io.synaptile.sim.io.Folders;
import io.synaptile.sim.io.faults.FailingDisk;
import io.synaptile.sim.io.faults.FailingDisk.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Stages whose process is killed before a change of the disk, or that find the disk full at it: of every stage some changes, in
 * the profile {@code reliability} every one.
 */
class InterruptedStageTest {
    private static final int TRIED = 1;

    @TempDir
    private static Path shared;

    private static Path finished;

    @TempDir
    private Path folder;

    /** What is interrupted, in a folder that holds a finished run. */
    enum Stage {
        RUN_ANEW {
            @Override
            void into(Path folder) {
                TinyRun.run(folder, "seed=4");
            }
        },
        SIMULATE {
            @Override
            void into(Path folder) {
                TinyRun.later(folder, "hardware.readout.bits=3").simulate(folder);
            }
        },
        MAP {
            @Override
            void into(Path folder) {
                TinyRun.later(folder, "hardware.tile.rows=16").map(folder, new MapOrder(1, Optional.empty()));
            }
        },
        REPORT {
            @Override
            void into(Path folder) {
                TinyRun.later(folder).report(folder);
            }
        };

        abstract void into(Path folder);
    }

    @BeforeAll
    static void runOnce() {
        finished = shared.resolve("run");
        TinyRun.run(finished);
        TinyRun.later(finished).map(finished, new MapOrder(2, Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void theFolderHoldsTheOldFilesOrTheNewOnes(Stage stage) throws IOException {
        Path whole = folder.resolve("whole");
        TinyRun.copy(finished, whole);
        FailingDisk counting = FailingDisk.counting();
        stage.into(counting.path(whole));
        Map<String, String> before = TinyRun.results(finished);
        Map<String, String> after = TinyRun.results(whole);
        int[] found = new int[2];
        for (Fault fault : Fault.values()) {
            for (long chosen : tried(counting.changes(), stage)) {
                Path parent = folder.resolve(fault + "-" + chosen);
                Path run = parent.resolve("run");
                TinyRun.copy(finished, run);
                fail(stage, fault, FailingDisk.failing(fault, chosen).path(run));
                RunManifest.read(run).requireIntact(run);
                Map<String, String> now = TinyRun.results(run);
                assertThat(now)
                        .as(stage + ", " + fault + " at change " + chosen)
                        .satisfiesAnyOf(
                                files -> assertThat(files).isEqualTo(before),
                                files -> assertThat(files).isEqualTo(after));
                found[now.equals(before) ? 0 : 1]++;
                Folders.delete(parent);
            }
        }
        System.out.println(stage + ": " + counting.changes() + " changes, tried " + (found[0] + found[1]) + ": "
                + found[0] + " old, " + found[1] + " new, 0 mixed, 0 lost");
        assertThat(found[0]).isPositive();
    }

    /** Changes before and after the one that makes it certain are among them. */
    private static long[] tried(long changes, Stage stage) {
        if (TinyRun.THOROUGH) {
            return LongStream.range(0, changes).toArray();
        }
        SplittableRandom random = new SplittableRandom(stage.ordinal());
        return LongStream.concat(LongStream.of(changes / 3, changes - 8), random.longs(TRIED, 0, changes))
                .filter(change -> change >= 0)
                .distinct()
                .toArray();
    }

    /** An error at the last changes may come too late to matter; a full disk is nothing that the user has written wrongly. */
    private static void fail(Stage stage, Fault fault, Path folder) {
        try {
            stage.into(folder);
        } catch (RuntimeException e) {
            assertThat(e.getMessage()).isNotBlank();
            if (fault == Fault.FULL) {
                assertThat(e)
                        .isInstanceOf(UncheckedIOException.class)
                        .isNotInstanceOf(DataFileException.class)
                        .hasMessageContaining(folder.getParent().toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aSweepKeepsItsPointsAndItsTables(Fault fault) throws IOException {
        Path earlier = folder.resolve("earlier");
        TinyRun.sweep(earlier, "sweep.hardware.readout.bits=[3, 4]");
        Path whole = folder.resolve("whole");
        TinyRun.copy(earlier, whole);
        FailingDisk counting = FailingDisk.counting();
        TinyRun.sweep(counting.path(whole), "sweep.hardware.readout.bits=[5, 6]");
        long[] tried = TinyRun.THOROUGH
                ? LongStream.range(0, counting.changes()).toArray()
                : new SplittableRandom(11).longs(1, 0, counting.changes()).toArray();
        int[] points = new int[2];
        int[] tables = new int[3];
        for (long chosen : tried) {
            Path sweep = folder.resolve("sweep");
            TinyRun.copy(earlier, sweep);
            try {
                TinyRun.sweep(FailingDisk.failing(fault, chosen).path(sweep), "sweep.hardware.readout.bits=[5, 6]");
            } catch (RuntimeException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
            for (String point : List.of("points/0000", "points/0001")) {
                Path run = sweep.resolve(point);
                RunManifest.read(run).requireIntact(run);
                Map<String, String> now = TinyRun.results(run);
                boolean isOld = now.equals(TinyRun.results(earlier.resolve(point)));
                assertThat(isOld || now.equals(TinyRun.results(whole.resolve(point))))
                        .as(point + ", " + fault + " at change " + chosen)
                        .isTrue();
                points[isOld ? 0 : 1]++;
            }
            // As the next command does, a reader completes a change that was decided.
            FileSet.settle(sweep);
            RunManifest.read(sweep, SweepRunner.FILE).requireIntact(sweep);
            Map<String, String> now = joined(sweep);
            assertThat(now.keySet()).isEqualTo(joined(earlier).keySet());
            tables[now.equals(joined(earlier)) ? 0 : now.equals(joined(whole)) ? 1 : 2]++;
            Folders.delete(sweep);
        }
        System.out.printf(
                "SWEEP, %s: %d changes, tried %d: points %d old, %d new, 0 mixed, 0 lost; joined tables %d old, %d new,"
                        + " %d of the points finished by then%n",
                fault, counting.changes(), tried.length, points[0], points[1], tables[0], tables[1], tables[2]);
    }

    private static Map<String, String> joined(Path sweep) throws IOException {
        Map<String, String> files = TinyRun.results(sweep);
        files.keySet().removeIf(name -> name.startsWith("points/"));
        return files;
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aNewRunIsThereAsAWholeOrNotAtAll(Fault fault) throws IOException {
        FailingDisk counting = FailingDisk.counting();
        TinyRun.run(counting.path(folder.resolve("whole")));
        long[] tried = TinyRun.THOROUGH
                ? LongStream.range(0, counting.changes()).toArray()
                : new SplittableRandom(5).longs(2, 0, counting.changes()).toArray();
        int made = 0;
        for (long chosen : tried) {
            Path run = folder.resolve("run-" + chosen);
            try {
                TinyRun.run(FailingDisk.failing(fault, chosen).path(run));
            } catch (RuntimeException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
            if (Files.exists(run)) {
                assertThat(TinyRun.results(run)).isEqualTo(TinyRun.results(folder.resolve("whole")));
                RunManifest.read(run).requireIntact(run);
                made++;
            }
            TinyRun.run(run);
            assertThat(TinyRun.results(run)).isEqualTo(TinyRun.results(folder.resolve("whole")));
            Folders.delete(run);
        }
        System.out.printf(
                "NEW RUN, %s: %d changes, tried %d: %d not there, %d whole, 0 in parts, 0 that no run can follow%n",
                fault, counting.changes(), tried.length, tried.length - made, made);
    }
}
