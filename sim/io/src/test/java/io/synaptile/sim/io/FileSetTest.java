/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.io.faults.FailingDisk;
import io.synaptile.sim.io.faults.FailingDisk.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileSetTest {
    private static final Map<String, String> OLD = Map.of(
            "a.csv", "old a", "b.csv", "old b", "chips/0.npz", "old 0", "chips/1.npz", "old 1", "notes.txt", "mine");
    private static final Map<String, String> NEW =
            Map.of("a.csv", "new a", "b.csv", "new b", "c.csv", "new c", "chips/0.npz", "new 0", "notes.txt", "mine");

    @TempDir
    private Path parent;

    private Path folder;
    private Path work;

    @BeforeEach
    void make() throws IOException {
        reset();
    }

    /** The old files, some of them behind a link to another folder, and one of the new files beside. */
    private void reset() throws IOException {
        folder = Files.createTempDirectory(parent, "run");
        work = Files.createTempDirectory(parent, "work");
        Path elsewhere = Files.createTempDirectory(parent, "disk");
        Files.createSymbolicLink(folder.resolve("chips"), elsewhere);
        for (Map.Entry<String, String> file : OLD.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        Files.writeString(work.resolve("c.csv"), "new c");
    }

    private void change(FailingDisk disk) {
        try (FileSet set = FileSet.begin(disk.path(folder))) {
            set.write("a.csv", "new a");
            set.write("chips/0.npz", "new 0");
            set.write("b.csv", "new b");
            set.take(disk.path(work.resolve("c.csv")), "c.csv");
            set.remove("chips/1.npz");
            set.remove("a.csv");
            set.commit();
        }
    }

    private Map<String, String> content() throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Stream.concat(Files.list(folder), Files.list(folder.resolve("chips")))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList()) {
                content.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return content;
    }

    private static Map<String, String> withoutChipsBehindLinks(Map<String, String> expected) {
        Map<String, String> seen = new TreeMap<>(expected);
        seen.put("chips/1.npz", "old 1");
        return seen;
    }

    @Test
    void allFilesChangeAndWhatALinkLeadsToIsWrittenButNotDeleted() throws IOException {
        change(FailingDisk.counting());
        assertThat(content()).isEqualTo(withoutChipsBehindLinks(NEW));
        assertThat(folder.resolve("chips")).isSymbolicLink();
        assertThat(work.resolve("c.csv")).doesNotExist();
    }

    /** Every change of the disk in turn is the one before which the process is killed, or that finds the disk full. */
    @ParameterizedTest
    @EnumSource(Fault.class)
    void atEveryChangeTheFolderIsTheOldOneOrTheNewOne(Fault fault) throws IOException {
        FailingDisk counting = FailingDisk.counting();
        change(counting);
        long changes = counting.changes();
        assertThat(changes).isGreaterThan(20);
        int old = 0;
        for (long chosen = 0; chosen < changes; chosen++) {
            reset();
            try {
                change(FailingDisk.failing(fault, chosen));
            } catch (UncheckedIOException e) {
                assertThat(e.getMessage()).as("change " + chosen).contains(parent.toString());
            }
            boolean certain = FileSet.isInterrupted(folder);
            FileSet.settle(folder);
            Map<String, String> found = content();
            boolean isOld = found.equals(OLD);
            old += isOld ? 1 : 0;
            assertThat(isOld || found.equals(withoutChipsBehindLinks(NEW)))
                    .as("after change " + chosen + " of " + changes + ": " + found)
                    .isTrue();
            assertThat(certain && isOld).isFalse();
            FileSet.begin(folder).close();
            try (Stream<Path> entries = Files.list(folder)) {
                assertThat(entries.map(entry -> entry.getFileName().toString()))
                        .noneMatch(name -> name.startsWith("."));
            }
        }
        assertThat(old).isBetween(10, (int) changes - 5);
    }

    /** As a run does: its hidden folder goes when the run fails, also if it fails after the change was certain. */
    @ParameterizedTest
    @EnumSource(Fault.class)
    void filesThatWereTakenAreNotNeededWhereTheyWere(Fault fault) throws IOException {
        FailingDisk counting = FailingDisk.counting();
        change(counting);
        int completed = 0;
        for (long chosen = 0; chosen < counting.changes(); chosen++) {
            reset();
            try {
                change(FailingDisk.failing(fault, chosen));
            } catch (UncheckedIOException e) {
                Files.deleteIfExists(work.resolve("c.csv"));
            }
            completed += FileSet.isInterrupted(folder) ? 1 : 0;
            FileSet.settle(folder);
            assertThat(content()).as("change " + chosen).isIn(OLD, withoutChipsBehindLinks(NEW));
        }
        assertThat(completed).isGreaterThan(5);
    }

    @Test
    void aChangeThatCannotBeCompletedIsRefused() throws IOException {
        FailingDisk counting = FailingDisk.counting();
        change(counting);
        for (long chosen = counting.changes() - 1; !FileSet.isInterrupted(folder); chosen--) {
            reset();
            try {
                change(FailingDisk.failing(Fault.KILLED, chosen));
            } catch (UncheckedIOException e) {
                // Whether the change was certain by then is what the loop asks.
            }
        }
        Files.writeString(folder.resolve("a.csv"), "damaged");
        assertThatThrownBy(() -> FileSet.settle(folder))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("a change of this folder was interrupted and cannot be completed")
                .hasMessageContaining("a.csv is not the file that it lists");
    }

    @Test
    void aLockThatIsHeldIsRefusedAndOneThatWasLeftIsNot() throws IOException {
        Path file = folder.resolve(FolderLock.FILE);
        try (FolderLock lock = FolderLock.take(folder, file, "simulate")) {
            assertThat(lock.isExclusive()).isTrue();
            assertThatThrownBy(() -> FolderLock.take(folder, file, "map"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(folder + " is being written by another process: simulate, process "
                            + ProcessHandle.current().pid() + " on ")
                    .hasMessageEndingWith("; wait for it or stop it");
        }
        assertThat(file).doesNotExist();
        Files.writeString(file, "left by a process that was killed, with a longer name than that of the next");
        FolderLock.take(folder, file, "map").close();
        assertThat(file).doesNotExist();
    }
}
