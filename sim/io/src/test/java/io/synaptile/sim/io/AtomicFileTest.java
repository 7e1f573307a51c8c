/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void replacesWhatWasThereAndCreatesFolders() throws IOException {
        Path file = folder.resolve("a/b/c.txt");
        AtomicFile.write(file, out -> out.write("first".getBytes(StandardCharsets.UTF_8)));
        AtomicFile.write(file, out -> out.write("second".getBytes(StandardCharsets.UTF_8)));

        assertThat(file).hasContent("second");
        try (var entries = Files.list(file.getParent())) {
            assertThat(entries).containsExactly(file);
        }
    }

    @Test
    void aFailureKeepsTheOldFileAndLeavesNothingBehind() throws IOException {
        Path file = folder.resolve("c.txt");
        Files.writeString(file, "old");

        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("disk full");
                }))
                .isInstanceOf(FileWriteException.class)
                .hasMessage(file + ": cannot be written: disk full");

        assertThat(file).hasContent("old");
        try (var entries = Files.list(folder)) {
            assertThat(entries).containsExactly(file);
        }
    }

    @Test
    void aLinkIsWrittenThroughAlsoWhereItsTargetIsMissing() throws IOException {
        Path file = folder.resolve("elsewhere/c.txt");
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), Path.of("elsewhere/c.txt"));
        AtomicFile.write(link, out -> out.write("first".getBytes(StandardCharsets.UTF_8)));
        AtomicFile.write(link, out -> out.write("second".getBytes(StandardCharsets.UTF_8)));

        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("second");
    }

    @Test
    void linksInACircleAreRefused() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
        assertThatThrownBy(() -> AtomicFile.write(link, out -> out.write(1))).isInstanceOf(DataFileException.class);
    }

    @Test
    void aNameThatIsAFolderOrBelowAFileIsTheUsersMistake() throws IOException {
        Files.writeString(folder.resolve("file"), "x");
        Files.createDirectory(folder.resolve("folder"));
        assertThatThrownBy(() -> AtomicFile.write(folder.resolve("file/c.txt"), out -> out.write(1)))
                .isInstanceOf(DataFileException.class);
        assertThatThrownBy(() -> AtomicFile.write(folder.resolve("folder"), out -> out.write(1)))
                .isInstanceOf(DataFileException.class)
                .hasMessage(folder.resolve("folder") + ": is a folder, not a file");
    }

    @Test
    void aFullDiskIsNamedWithTheFile() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        assertThatThrownBy(() -> AtomicFile.write(full, out -> out.write(1)))
                .isInstanceOf(FileWriteException.class)
                .hasMessageStartingWith(full + ": cannot be written: ");
    }
}
