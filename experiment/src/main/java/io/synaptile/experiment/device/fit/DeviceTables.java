/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.device.fit;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tables of a cell as text.
 *
 * @param relaxation empty for a cell that stays as programmed
 */
public record DeviceTables(String states, Optional<String> relaxation) {
    /** The cell that they describe, made as an experiment would make it. */
    public CellModel cell() {
        try {
            Path folder = Files.createTempDirectory("device");
            Path statesFile = folder.resolve("states.csv");
            Path relaxationFile = folder.resolve("relaxation.csv");
            try {
                Map<String, Object> options = new TreeMap<>();
                options.put("states", Files.writeString(statesFile, states));
                if (relaxation.isPresent()) {
                    options.put("relaxation", Files.writeString(relaxationFile, relaxation.get()));
                }
                return CellModels.load().create("table", options);
            } catch (IllegalArgumentException e) {
                // The user knows nothing of these files.
                throw new IllegalArgumentException(
                        e.getMessage().replace(folder + folder.getFileSystem().getSeparator(), "fitted "), e);
            } finally {
                Files.deleteIfExists(statesFile);
                Files.deleteIfExists(relaxationFile);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder for the fitted tables", e);
        }
    }
}
