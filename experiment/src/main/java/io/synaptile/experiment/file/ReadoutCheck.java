/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.devices.ModelProvider;
import io.synaptile.experiment.plugin.PlugIns;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Asks the providers of converters and of array read-outs whether the options they are given make a model. */
final class ReadoutCheck {
    private ReadoutCheck() {}

    /** @throws ConfigException at the line of the kind or option that is refused */
    static void check(ExperimentFile file, PlugIns plugIns) {
        HardwareBlock.Readout readout = file.experiment().hardware().readout();
        check(
                file,
                new Chosen(
                        "hardware.readout.adc",
                        "converter",
                        readout.adc().kind(),
                        readout.adc().isNone()),
                readout.adc().options(),
                plugIns,
                plugIns::adc);
        check(
                file,
                new Chosen(
                        "hardware.readout.array",
                        "array read-out",
                        readout.array().kind(),
                        readout.array().isNone()),
                readout.array().options(),
                plugIns,
                plugIns::arrayReadout);
    }

    /**
     * What a block names.
     *
     * @param block dotted key
     * @param sort what a model is called
     * @param kind value of its {@code kind}
     * @param isNone whether that kind is none
     */
    private record Chosen(String block, String sort, String kind, boolean isNone) {}

    private static void check(
            ExperimentFile file,
            Chosen chosen,
            Map<String, Object> options,
            PlugIns plugIns,
            Function<String, ? extends ModelProvider<?>> providers) {
        String block = chosen.block();
        Set<String> known;
        try {
            known = chosen.isNone() ? Set.of() : providers.apply(chosen.kind()).options();
        } catch (IllegalArgumentException e) {
            throw file.problem(block + ".kind", block + ".kind: " + e.getMessage() + plugIns.leftOut());
        }
        for (String option : options.keySet()) {
            if (!known.contains(option)) {
                String key = block + "." + option;
                throw file.problem(
                        key,
                        "unknown key " + key + " (" + chosen.sort() + " " + chosen.kind() + " has "
                                + (known.isEmpty() ? "no options" : String.join(", ", new TreeSet<>(known))) + ")");
            }
        }
        if (chosen.isNone()) {
            return;
        }
        try {
            providers.apply(chosen.kind()).create(options);
        } catch (IllegalArgumentException e) {
            throw known.stream()
                    .filter(option -> e.getMessage().startsWith(option + " "))
                    .findFirst()
                    .map(option -> file.problem(block + "." + option, block + "." + e.getMessage()))
                    .orElseGet(() -> file.problem(block, block + ": " + e.getMessage()));
        }
    }
}
