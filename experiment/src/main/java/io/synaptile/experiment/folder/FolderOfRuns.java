/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import io.synaptile.experiment.Progress;
import io.synaptile.sim.io.FileSet;
import io.synaptile.sim.io.FileWriteException;
import io.synaptile.sim.io.FolderLock;
import io.synaptile.sim.io.Links;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A folder that holds several runs and what is joined from them.
 *
 * @param path as the user named it
 * @param marker file that tells such a folder from others
 * @param kind for example {@code sweep}
 */
public record FolderOfRuns(Path path, String marker, String kind) {
    /** @throws IllegalArgumentException if there is something else at its place */
    public void refuseForeign() {
        if (!Files.exists(path) || Files.isRegularFile(path.resolve(marker))) {
            return;
        }
        try (Stream<Path> entries = Files.list(path)) {
            if (entries.allMatch(entry -> entry.endsWith(FolderLock.FILE))) {
                return;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("--out " + path + " is not a folder that can be read", e);
        }
        throw new IllegalArgumentException(
                "--out " + path + " exists and is not the folder of a " + kind + "; name another folder or remove it");
    }

    /** Makes the folder where there is none and fills it while no other process does; removes it if it is still empty then. */
    public <T> T fill(Progress progress, Supplier<T> work) {
        Path place = Links.follow(path);
        boolean isNew = !Files.exists(place);
        try {
            Files.createDirectories(place);
        } catch (IOException e) {
            throw FileWriteException.of(place, e);
        }
        try (FolderLock lock = FolderLock.take(path, place.resolve(FolderLock.FILE), kind)) {
            if (!lock.isExclusive()) {
                progress.notice(FolderLock.notice(path));
            }
            FileSet.finish(path);
            return work.get();
        } catch (IOException e) {
            throw FileWriteException.of(place.resolve(FolderLock.FILE), e);
        } finally {
            if (isNew) {
                removeIfEmpty(place);
            }
        }
    }

    /** What came to nothing leaves nothing. */
    private static void removeIfEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // It holds what was computed.
        }
    }
}
