/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @TempDir
    private Path dir;

    @Test
    void linksGoAndWhatTheyLeadToStays() throws IOException {
        Path outside =
                Files.writeString(Files.createDirectory(dir.resolve("outside")).resolve("file"), "kept");
        Path folder = Files.createDirectories(dir.resolve("folder/inner/deep"));
        Files.writeString(folder.resolve("file"), "goes");
        Files.createSymbolicLink(folder.resolve("link"), outside.getParent());
        assertThat(Folders.delete(dir.resolve("folder"))).isTrue();
        assertThat(dir.resolve("folder")).doesNotExist();
        assertThat(outside).hasContent("kept");
    }

    @Test
    void whatIsNotThereIsGone() throws IOException {
        assertThat(Folders.delete(dir.resolve("nothing"))).isTrue();
    }

    @Test
    void foldersThatOthersFillMeanwhileDoNotFailAndAreGoneInTheEnd() throws Exception {
        Path folder = Files.createDirectory(dir.resolve("busy"));
        AtomicBoolean writing = new AtomicBoolean(true);
        Thread other = Thread.ofPlatform().start(() -> {
            for (int i = 0; writing.get(); i++) {
                try {
                    Files.createDirectories(folder.resolve("part" + i % 7));
                    Files.writeString(folder.resolve("part" + i % 7).resolve("file" + i % 31), "text");
                } catch (IOException e) {
                    // The folder was deleted in between, which is what this test is about.
                }
            }
        });
        for (int i = 0; i < 200; i++) {
            Folders.delete(folder);
        }
        writing.set(false);
        other.join();
        assertThat(Folders.delete(folder)).isTrue();
        assertThat(folder).doesNotExist();
    }
}
