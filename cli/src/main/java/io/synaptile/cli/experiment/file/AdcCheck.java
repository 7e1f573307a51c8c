/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment.file;

import io.synaptile.cli.plugin.PlugIns;
import java.util.Set;
import java.util.TreeSet;

/** Asks the provider of the converters whether the options it is given make a model. */
final class AdcCheck {
    private static final String BLOCK = "hardware.readout.adc";

    private AdcCheck() {}

    /** @throws ConfigException at the line of the kind or option that is refused */
    static void check(ExperimentFile file, PlugIns plugIns) {
        HardwareBlock.Readout.Adc adc = file.experiment().hardware().readout().adc();
        Set<String> known;
        try {
            known = adc.isNone() ? Set.of() : plugIns.adc(adc.kind()).options();
        } catch (IllegalArgumentException e) {
            throw file.problem(BLOCK + ".kind", BLOCK + ".kind: " + e.getMessage() + plugIns.leftOut());
        }
        for (String option : adc.options().keySet()) {
            if (!known.contains(option)) {
                String key = BLOCK + "." + option;
                throw file.problem(
                        key,
                        "unknown key " + key + " (converter " + adc.kind() + " has "
                                + (known.isEmpty() ? "no options" : String.join(", ", new TreeSet<>(known))) + ")");
            }
        }
        if (adc.isNone()) {
            return;
        }
        try {
            plugIns.adc(adc.kind()).create(adc.options());
        } catch (IllegalArgumentException e) {
            throw known.stream()
                    .filter(option -> e.getMessage().startsWith(option + " "))
                    .findFirst()
                    .map(option -> file.problem(BLOCK + "." + option, BLOCK + "." + e.getMessage()))
                    .orElseGet(() -> file.problem(BLOCK, BLOCK + ": " + e.getMessage()));
        }
    }
}
