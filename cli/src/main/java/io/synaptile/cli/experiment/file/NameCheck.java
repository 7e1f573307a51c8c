/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment.file;

import io.synaptile.cli.plugin.PlugIns;
import io.synaptile.text.message.Quoted;
import java.util.List;

/** Whether there is what an experiment names, in the product or in a plug-in. */
final class NameCheck {
    private static final String ENERGY = "hardware.energy";

    private NameCheck() {}

    /** @throws ConfigException at the line of the name that is unknown */
    static void check(ExperimentFile file, PlugIns plugIns) {
        HardwareBlock hardware = file.experiment().hardware();
        hardware.codecs().forEach((key, name) -> require(file, plugIns, key, name, plugIns.codecs(), ""));
        if (!hardware.energy().endsWith(".csv")) {
            String or = " or a file that ends in .csv";
            require(file, plugIns, ENERGY, hardware.energy(), plugIns.energyTables(), or);
        }
    }

    private static void require(
            ExperimentFile file, PlugIns plugIns, String key, String name, List<String> known, String or) {
        if (!known.contains(name)) {
            throw file.problem(
                    key,
                    key + " must be one of " + String.join(", ", known) + or + ", got " + Quoted.of(name)
                            + plugIns.leftOut());
        }
    }
}
