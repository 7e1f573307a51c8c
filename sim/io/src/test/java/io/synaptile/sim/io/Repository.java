/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the tests find files of the repository and, on developers' machines, published data beside it. */
public final class Repository {
    private Repository() {}

    /** A path of the repository; the tests run in the folder of their module. */
    public static Path file(String relative) {
        return above(relative).orElseThrow(() -> new IllegalStateException(relative + " is not in the repository"));
    }

    /** A path of the data folder beside the repository, if there is one. */
    public static Optional<Path> sharedData(String relative) {
        return above("shared/data/" + relative);
    }

    private static Optional<Path> above(String relative) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(relative))) {
                return Optional.of(folder.resolve(relative));
            }
        }
        return Optional.empty();
    }
}
