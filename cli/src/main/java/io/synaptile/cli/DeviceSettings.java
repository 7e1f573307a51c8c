/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.HardwareBlock;
import io.synaptile.experiment.plugin.PlugIns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A cell with its options on a command line, read as they would be in an experiment file. */
final class DeviceSettings {
    /** An experiment of which only the cell is looked at. */
    private static final String ANY = "{name: device, data: {set: digits}, network: {arch: mlp}}";

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            description = "Kind of cell, as in hardware.cell.kind; check takes any part.")
    private String kind;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "OPTION=VALUE",
            description = "Its options, as under hardware.cell.")
    private List<String> options = List.of();

    /**
     * The cell with its options.
     *
     * @throws io.synaptile.experiment.file.ConfigException as for an experiment file
     */
    HardwareBlock.Cell cell(PlugIns plugIns) {
        return hardware(plugIns, "hardware.cell").cell();
    }

    /**
     * An experiment's hardware with the kind and its options below a block.
     *
     * @param block dotted key
     * @throws io.synaptile.experiment.file.ConfigException as for an experiment file
     */
    HardwareBlock hardware(PlugIns plugIns, String block) {
        return experiment(plugIns, block).experiment().hardware();
    }

    /** As {@link #hardware}, with what there is to say about the settings. */
    ExperimentFile experiment(PlugIns plugIns, String block) {
        List<String> settings = new ArrayList<>(List.of(block + ".kind=" + kind));
        options.forEach(option -> settings.add(block + "." + option));
        return ExperimentFile.parse(Path.of("device"), ANY, settings, plugIns);
    }

    String kind() {
        return kind;
    }

    boolean hasOptions() {
        return !options.isEmpty();
    }
}
