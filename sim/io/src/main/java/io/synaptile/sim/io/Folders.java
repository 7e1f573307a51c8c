/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Whole folders. */
public final class Folders {
    private Folders() {}

    /**
     * Deletes a folder with all that is in it, or a file; links go, what they lead to stays. What vanishes meanwhile, or is not
     * there, is no error.
     *
     * @return whether all is gone; a folder stays where others write into it, and where a network file system keeps the name of
     *     an open file a little longer
     */
    public static boolean delete(Path folder) throws IOException {
        boolean[] gone = {true};
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException problem) throws IOException {
                if (problem != null && !(problem instanceof NoSuchFileException)) {
                    throw problem;
                }
                try {
                    Files.deleteIfExists(visited);
                } catch (DirectoryNotEmptyException e) {
                    gone[0] = false;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                if (problem instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw problem;
            }
        });
        return gone[0];
    }
}
