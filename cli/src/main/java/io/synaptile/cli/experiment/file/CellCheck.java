/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment.file;

import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellModels;
import java.util.Optional;
import java.util.TreeSet;

/** Asks the provider of a cell whether the options it is given make a cell. */
final class CellCheck {
    private static final String BLOCK = "hardware.cell";

    private CellCheck() {}

    /** @throws ConfigException at the line of the kind or option that is refused */
    static void check(ExperimentFile file, CellModels installed) {
        HardwareBlock.Cell cell = file.experiment().hardware().cell();
        CellModelProvider provider = provider(file, installed, cell.kind());
        TreeSet<String> known = new TreeSet<>(provider.options());
        for (String option : cell.options().keySet()) {
            if (!known.contains(option)) {
                String meant = Spelling.nearest(option, known)
                        .map(near -> "; did you mean " + BLOCK + "." + near + "?")
                        .orElse("");
                String key = BLOCK + "." + option;
                throw file.problem(
                        key,
                        "unknown key " + key + meant + " (cell " + cell.kind() + " has " + String.join(", ", known)
                                + ")");
            }
        }
        try {
            installed.create(cell.kind(), cell.options());
        } catch (IllegalArgumentException e) {
            Optional<String> refused = known.stream()
                    .filter(option -> e.getMessage().startsWith(option))
                    .findFirst();
            throw refused.map(option -> file.problem(BLOCK + "." + option, BLOCK + "." + e.getMessage()))
                    .orElseGet(() -> file.problem(BLOCK, BLOCK + ": " + e.getMessage()));
        }
    }

    private static CellModelProvider provider(ExperimentFile file, CellModels installed, String kind) {
        try {
            return installed.provider(kind);
        } catch (IllegalArgumentException e) {
            throw file.problem(BLOCK + ".kind", BLOCK + ".kind: " + e.getMessage());
        }
    }
}
