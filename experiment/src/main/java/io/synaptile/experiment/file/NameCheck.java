/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.devices.cost.EnergyEntry;
import io.synaptile.devices.cost.EnergyEvent;
import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.text.message.Quoted;
import io.synaptile.text.message.Spelling;
import java.util.List;

/** Whether there is what an experiment names, in the product or in a plug-in. */
final class NameCheck {
    private static final String ENERGY = "hardware.energy";

    private NameCheck() {}

    /** @throws ConfigException at the line of the name that is unknown */
    static void check(ExperimentFile file, PlugIns plugIns) {
        HardwareBlock hardware = file.experiment().hardware();
        hardware.codecs().forEach((key, name) -> require(file, plugIns, key, name, plugIns.codecs(), ""));
        String table = hardware.energy().table();
        if (!table.endsWith(".csv")) {
            String or = " or a file that ends in .csv";
            require(file, plugIns, ENERGY, table, plugIns.energyTables(), or);
        }
        hardware.energy().prices().forEach((key, price) -> requirePrice(file, key, price));
    }

    private static void requirePrice(ExperimentFile file, String name, Object price) {
        String key = ENERGY + "." + name;
        List<String> known = EnergyEvent.keys().stream()
                .map(event -> event + HardwareBlock.Energy.UNIT)
                .toList();
        if (!known.contains(name)) {
            String meant = Spelling.nearest(name, known)
                    .map(near -> "; did you mean " + ENERGY + "." + near + "?")
                    .orElse("");
            throw file.problem(
                    key,
                    "unknown key " + Quoted.bare(key) + meant
                            + " (hardware.energy has table, and the events of 'synaptile energy"
                            + " show' with _pJ behind)");
        }
        double picojoules = price instanceof Number number ? number.doubleValue() : Double.NaN;
        if (!(picojoules >= 0 && picojoules <= EnergyEntry.LARGEST_PICOJOULES)) {
            throw file.problem(
                    key,
                    key + " must be a number of at least 0 and at most " + EnergyEntry.LARGEST_PICOJOULES + ", got "
                            + Quoted.bare(String.valueOf(price)));
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
