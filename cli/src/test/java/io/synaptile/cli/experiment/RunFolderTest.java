/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    private static final Progress PROGRESS = new Progress() {
        @Override
        public void begin(String stage, long steps) {}

        @Override
        public void advance(long by, String status) {}

        @Override
        public void end(String result) {}

        @Override
        public void notice(String line) {
            throw new AssertionError(line);
        }
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
    void anEarlierRunIsReplacedAsAWhole() throws Exception {
        Path target = parent.resolve("run");
        Files.createDirectories(target);
        Files.writeString(target.resolve(RunManifest.FILE), "{}");
        Files.writeString(target.resolve("old.csv"), "old");
        try (RunFolder folder = RunFolder.create(target, PROGRESS)) {
            Files.writeString(folder.path().resolve(RunManifest.FILE), "{}");
            folder.publish();
        }
        assertThat(names(target)).containsExactly(RunManifest.FILE);
        assertThat(names(parent)).containsExactly("run");
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
