/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.validate;

import io.synaptile.devices.validation.ReferenceCase;
import io.synaptile.devices.validation.ReferenceTable;
import io.synaptile.sim.io.DataFileException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds files of reference cases. */
final class CaseFile {
    private static final long LARGEST_BYTES = 64L << 20;

    private CaseFile() {}

    /**
     * The cases of a file in a folder.
     *
     * @return empty if the folder has no such file
     * @throws DataFileException if it cannot be read or is no table of cases
     */
    static Optional<List<ReferenceCase>> in(Path folder, String name) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            long bytes = Files.size(file);
            if (bytes > LARGEST_BYTES) {
                throw new DataFileException(file, bytes + " bytes; a file of cases has at most " + LARGEST_BYTES);
            }
            return Optional.of(ReferenceTable.parse(file.toString(), Files.readString(file)));
        } catch (CharacterCodingException e) {
            throw new DataFileException(file, "is not text in UTF-8");
        } catch (IOException e) {
            throw new DataFileException(file, e);
        }
    }
}
