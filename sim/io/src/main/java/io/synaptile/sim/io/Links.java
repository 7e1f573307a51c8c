/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a name leads, so that what is written through a symbolic link never takes the place of the link. */
public final class Links {
    private static final int LONGEST_CHAIN = 40;

    private Links() {}

    /**
     * The place that a name stands for, which need not exist: links on the way and at its end are followed, those too whose
     * target is missing.
     *
     * @throws DataFileException if links go in a circle or cannot be read
     */
    public static Path follow(Path name) {
        try {
            return follow(name.toAbsolutePath(), 0);
        } catch (IOException e) {
            throw new DataFileException(name, e);
        }
    }

    private static Path follow(Path name, int links) throws IOException {
        if (links > LONGEST_CHAIN) {
            throw new FileSystemLoopException(name.toString());
        }
        if (Files.exists(name)) {
            return real(name);
        }
        Path parent = name.getParent();
        if (parent == null) {
            return name;
        }
        Path place = follow(parent, links).resolve(name.getFileName()).normalize();
        if (Files.isSymbolicLink(place)) {
            return follow(place.resolveSibling(Files.readSymbolicLink(place)), links + 1);
        }
        return place;
    }

    /** A pipe that is reached through a process's list of open files has no name of its own. */
    private static Path real(Path existing) throws IOException {
        boolean named = Files.isRegularFile(existing) || Files.isDirectory(existing);
        return named ? existing.toRealPath() : existing;
    }
}
