/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.conformance;

import io.synaptile.devices.cost.EnergyEntry;
import io.synaptile.devices.cost.EnergyEvent;
import io.synaptile.devices.cost.EnergyTable;
import io.synaptile.devices.cost.EnergyTableProvider;
import io.synaptile.devices.cost.UnitEnergy;
import io.synaptile.devices.cost.WordWidths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds an energy table, and its provider, against their contracts. */
public final class EnergyTableConformance {
    private static final int LEAST_ADC_BITS = 4;
    private static final int MOST_ADC_BITS = 8;

    /** A microjoule: more is no single event but a mistake of units. */
    private static final double MOST_PICOJOULES = 1e6;

    private EnergyTableConformance() {}

    /** Every check of a provider and of its table. */
    public static List<Finding> check(EnergyTableProvider provider) {
        List<Finding> findings = new ArrayList<>();
        findings.add(ProviderChecks.named("name", provider::name));
        findings.add(ProviderChecks.described(provider::description));
        List<EnergyTable> given = new ArrayList<>();
        findings.add(Finding.of("there is a table", () -> {
            EnergyTable table = provider.table();
            if (table == null) {
                return "table gave null";
            }
            given.add(table);
            return "";
        }));
        given.forEach(table -> {
            findings.add(Finding.of(
                    "the table is the same every time",
                    () -> table.entries().equals(provider.table().entries()) ? "" : "two tables differ"));
            findings.addAll(check(table));
        });
        return findings;
    }

    /** Every check of a table. */
    public static List<Finding> check(EnergyTable table) {
        return List.of(
                Finding.of("it prices at least one event", () -> table.entries().isEmpty() ? "it has no entry" : ""),
                Finding.of(
                        "every event costs a finite energy of at least 0 at converters of " + LEAST_ADC_BITS + " to "
                                + MOST_ADC_BITS + " bits",
                        () -> prices(table)),
                Finding.of("prices are in picojoules for one event", () -> units(table)),
                Finding.of(
                        "every price names its source",
                        () -> first(table, entry -> entry.source().isBlank() ? "has none" : "")),
                Finding.of(
                        "every price states its technology node, or in its note why it has none",
                        () -> first(
                                table,
                                entry -> entry.nodeNanometres().isEmpty()
                                                && entry.note().isBlank()
                                        ? "states neither"
                                        : "")),
                Finding.of(
                        "what is marked as scaled says from where",
                        () -> first(
                                table,
                                entry -> entry.scaled()
                                                && entry.note().isBlank()
                                                && !entry.source().contains("scaled")
                                        ? "does not"
                                        : "")));
    }

    private static String prices(EnergyTable table) {
        for (EnergyEvent event : EnergyEvent.values()) {
            for (int bits = LEAST_ADC_BITS; bits <= MOST_ADC_BITS; bits++) {
                Optional<UnitEnergy> unit = table.unit(event, WordWidths.ofAdc(bits));
                double picojoules = unit.map(UnitEnergy::picojoules).orElse(0d);
                if (!(picojoules >= 0) || Double.isInfinite(picojoules)) {
                    return event.key() + " costs " + picojoules + " pJ";
                }
            }
        }
        return "";
    }

    private static String units(EnergyTable table) {
        return first(
                table,
                entry -> entry.unitPicojoules() > MOST_PICOJOULES
                        ? "costs " + entry.unitPicojoules() + " pJ; is it in pJ?"
                        : "");
    }

    /** The first entry that has something wrong, with what it is. */
    private static String first(EnergyTable table, Asked asked) {
        for (EnergyEntry entry : table.entries()) {
            String problem = asked.of(entry);
            if (!problem.isEmpty()) {
                return entry.event().key() + " " + problem;
            }
        }
        return "";
    }

    /** What is asked of one entry; the answer is empty if nothing is wrong. */
    @FunctionalInterface
    private interface Asked {
        String of(EnergyEntry entry);
    }
}
