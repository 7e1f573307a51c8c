/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellModels;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Turns options of cells that name files into the paths of these files. */
final class CellFiles {
    private final Setting.Block root;
    private final CellModels installed;
    private final Path folder;

    /** @param folder where names written in a file are seen from; those of the command line are seen from where it is */
    CellFiles(Setting.Block root, CellModels installed, Path folder) {
        this.root = root;
        this.installed = installed;
        this.folder = folder;
    }

    /** Replaces the names in the settings; what is malformed in other ways is left to the binding. */
    void resolve() {
        String kind = kind("hardware.cell").orElse(HardwareBlock.Cell.DEFAULT_KIND);
        resolve("hardware.cell", kind);
        if (Tree.find(root, "hardware.per_layer") instanceof Setting.Block layers) {
            layers.entries().keySet().forEach(layer -> {
                String block = "hardware.per_layer." + layer + ".cell";
                resolve(block, kind(block).orElse(kind));
            });
        }
    }

    private Optional<String> kind(String block) {
        return Tree.find(root, block + ".kind") instanceof Setting.Scalar scalar
                ? Optional.ofNullable(scalar.text())
                : Optional.empty();
    }

    private void resolve(String block, String kind) {
        installed.providers().stream()
                .filter(provider -> provider.kind().equals(kind))
                .map(CellModelProvider::files)
                .forEach(options -> options.forEach(option -> resolveOption(block + "." + option)));
    }

    private void resolveOption(String key) {
        Setting written = Tree.find(root, key);
        // The settings of a design point come from those of its sweep, where it has been done.
        boolean done = written instanceof Setting.Scalar scalar && scalar.value() instanceof Path;
        if (written != null && !done) {
            Tree.put(root, key, new Setting.Scalar(path(key, written), written.describe(), written.origin()));
        }
    }

    private Path path(String key, Setting written) {
        if (!(written instanceof Setting.Scalar scalar) || !(scalar.value() instanceof String name)) {
            throw written.origin().problem(key, key + " must be the name of a file, got " + written.describe());
        }
        try {
            boolean typed = written.origin().file().equals(ExperimentFile.COMMAND_LINE);
            Path path = (typed ? Path.of(name) : folder.resolve(name))
                    .toAbsolutePath()
                    .normalize();
            if (!Files.isRegularFile(path)) {
                throw written.origin()
                        .problem(key, key + ": " + path + (Files.exists(path) ? " is not a file" : ": no such file"));
            }
            return path;
        } catch (InvalidPathException e) {
            throw written.origin().problem(key, key + " cannot be the name of a file: " + e.getReason());
        }
    }
}
