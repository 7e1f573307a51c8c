/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellModels;
import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.text.message.Spelling;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Asks the provider of every cell whether the options it is given make a cell. */
final class CellCheck {
    private CellCheck() {}

    /** @throws ConfigException at the line of the kind or option that is refused */
    static void check(ExperimentFile file, PlugIns plugIns) {
        HardwareBlock hardware = file.experiment().hardware();
        check(file, plugIns, "hardware.cell", hardware.cell());
        hardware.perLayer()
                .forEach((layer, own) ->
                        check(file, plugIns, "hardware.per_layer." + layer + ".cell", hardware.cell(own.cell())));
    }

    /** What the files of cells that passed {@link #check} were taken for, each once. */
    static List<String> notices(HardwareBlock hardware, PlugIns plugIns) {
        return hardware.cells().stream()
                .flatMap(cell -> plugIns.cells().provider(cell.kind()).notices(cell.options()).stream())
                .distinct()
                .toList();
    }

    private static void check(ExperimentFile file, PlugIns plugIns, String block, HardwareBlock.Cell cell) {
        CellModels installed = plugIns.cells();
        CellModelProvider provider = provider(file, plugIns, block, cell.kind());
        TreeSet<String> known = new TreeSet<>(provider.options());
        for (String option : cell.options().keySet()) {
            if (!known.contains(option)) {
                String meant = Spelling.nearest(option, known)
                        .map(near -> "; did you mean " + block + "." + near + "?")
                        .orElse("");
                String key = block + "." + option;
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
                    .max(Comparator.comparing(String::length));
            throw refused.map(option -> file.problem(block + "." + option, block + "." + e.getMessage()))
                    .orElseGet(() -> file.problem(block, block + ": " + e.getMessage()));
        }
    }

    private static CellModelProvider provider(ExperimentFile file, PlugIns plugIns, String block, String kind) {
        try {
            return plugIns.cells().provider(kind);
        } catch (IllegalArgumentException e) {
            // One of these may be where it was meant to come from.
            throw file.problem(block + ".kind", block + ".kind: " + e.getMessage() + plugIns.leftOut());
        }
    }
}
