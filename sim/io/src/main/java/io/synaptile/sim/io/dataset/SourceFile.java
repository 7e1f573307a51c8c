/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that a data set was read from.
 *
 * @param sha256 of the bytes as stored (compressed, if it is), lower-case hexadecimal
 * @param reading what a table of text was taken for, where that had to be found out
 */
public record SourceFile(Path path, String sha256, Optional<String> reading) {
    /** A file that can be read in one way only. */
    public SourceFile(Path path, String sha256) {
        this(path, sha256, Optional.empty());
    }
}
