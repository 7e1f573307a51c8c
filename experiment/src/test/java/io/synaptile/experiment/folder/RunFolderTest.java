/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.experiment.Progress;
import io.synaptile.sim.io.FolderLock;
import io.synaptile.sim.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    private static final Progress PROGRESS = line -> {
        throw new AssertionError(line);
    };

    @TempDir
    private Path parent;

    @Test
    void nothingIsSeenUnderTheFinalNameBeforeItIsPublished() throws Exception {
        Path target = parent.resolve("a/run");
        try (RunFolder folder = RunFolder.create(target, PROGRESS)) {
            Files.writeString(folder.path().resolve("results.csv"), "x");
            assertThat(target).doesNotExist();
            folder.publish();
        }
        assertThat(target.resolve("results.csv")).hasContent("x");
        assertThat(names(target.getParent())).containsExactly("run");
    }

    @Test
    void aFailedRunLeavesNothing() throws Exception {
        try (RunFolder folder = RunFolder.create(parent.resolve("run"), PROGRESS)) {
            Files.createDirectories(folder.path().resolve("checkpoints"));
            Files.writeString(folder.path().resolve("checkpoints/a"), "x");
        }
        assertThat(names(parent)).isEmpty();
    }

    @Test
    void theFilesOfAnEarlierRunGoAndThoseOfTheUserStay() throws Exception {
        Path target = parent.resolve("run");
        write(target, "old.csv", "results.csv", "chips/chip-0000.npz");
        Files.writeString(target.resolve("notes.txt"), "mine");
        try (RunFolder folder = RunFolder.create(target, PROGRESS)) {
            write(folder.path(), "results.csv", "model.safetensors");
            folder.publish();
        }
        assertThat(names(target))
                .containsExactly("chips", RunManifest.FILE, "model.safetensors", "notes.txt", "results.csv");
        assertThat(names(target.resolve("chips"))).isEmpty();
        assertThat(RunManifest.read(target).files()).containsOnlyKeys("results.csv", "model.safetensors");
        assertThat(names(parent)).containsExactly("run");
    }

    @Test
    void aLinkStaysALinkAndWhatItLeadsToIsWritten() throws Exception {
        Path disk = Files.createDirectory(parent.resolve("disk"));
        Path target = Files.createSymbolicLink(parent.resolve("run"), disk.resolve("elsewhere"));
        for (int i = 0; i < 2; i++) {
            try (RunFolder folder = RunFolder.create(target, PROGRESS)) {
                write(folder.path(), "results.csv");
                folder.publish();
            }
        }
        assertThat(target).isSymbolicLink();
        assertThat(names(disk)).containsExactly("elsewhere");
        assertThat(names(disk.resolve("elsewhere"))).containsExactly(RunManifest.FILE, "results.csv");
        assertThat(names(parent)).containsExactly("disk", "run");
    }

    @Test
    void chipsThatALinkLeadsToAreNotDeletedWithTheRun() throws Exception {
        Path disk = Files.createDirectory(parent.resolve("disk"));
        Path target = parent.resolve("run");
        write(target, "results.csv");
        Files.createSymbolicLink(target.resolve("chips"), disk);
        Files.writeString(disk.resolve("chip-0000.npz"), "x");
        try (RunFolder folder = RunFolder.create(target, PROGRESS)) {
            write(folder.path(), "results.csv");
            folder.publish();
        }
        assertThat(target.resolve("chips")).isSymbolicLink();
        assertThat(disk.resolve("chip-0000.npz")).exists();
    }

    @Test
    void aSecondWriterIsRefusedAndToldOfTheFirst() throws Exception {
        Path target = parent.resolve("run");
        write(target, "results.csv");
        try (RunFolder _ = RunFolder.create(target, PROGRESS)) {
            assertThatThrownBy(() -> RunFolder.create(target, PROGRESS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(target + " is being written by another process: run, process "
                            + ProcessHandle.current().pid() + " on ")
                    .hasMessageContaining(" since 2");
            assertThatThrownBy(() -> FolderLock.take(target, target.resolve(FolderLock.FILE), "simulate"))
                    .hasMessageContaining("is being written by another process: run");
        }
        assertThat(names(parent)).containsExactly("run");
        assertThat(names(target)).doesNotContain(FolderLock.FILE);
    }

    /** Files with a manifest that lists them. */
    private static void write(Path folder, String... names) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        for (String name : names) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), name);
            sums.put(name, Sha256.of(folder.resolve(name)));
        }
        RunManifest manifest = new RunManifest(new TreeMap<>(Map.of(RunManifest.CONFIGURATION, Map.of())));
        Files.write(folder.resolve(RunManifest.FILE), manifest.withFiles(sums).json());
    }

    @Test
    void aFolderOfSomethingElseIsNotTouched() throws Exception {
        Path target = parent.resolve("thesis");
        Files.createDirectories(target);
        Files.writeString(target.resolve("chapter1.tex"), "x");

        assertThatThrownBy(() -> RunFolder.create(target, PROGRESS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--out " + target + " exists and is not a run folder; name another folder or remove it");
        assertThat(names(target)).containsExactly("chapter1.tex");
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
