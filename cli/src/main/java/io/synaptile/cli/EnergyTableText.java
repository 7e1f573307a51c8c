/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.devices.cost.EnergyEntry;
import io.synaptile.devices.cost.EnergyEvent;
import io.synaptile.devices.cost.EnergyTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** An energy table as it is shown. */
final class EnergyTableText {
    /** Name of the fact that is a list of prices. */
    static final String PRICES = "prices";

    private EnergyTableText() {}

    /** What there is to say about a table, its prices last. */
    static Map<String, Object> facts(EnergyTable table) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(
                "timing_and_area",
                EnergyTable.profiles().contains(table.name())
                        ? "its own"
                        : "those of " + EnergyTable.DEFAULT_PROFILE
                                + ", unless hardware.cost.structure names another profile");
        List<Map<String, Object>> prices = new ArrayList<>();
        table.entries().forEach(entry -> prices.add(price(entry)));
        facts.put(
                "not_priced",
                EnergyEvent.keys().stream()
                        .filter(event -> !table.prices(EnergyEvent.ofKey(event)))
                        .toList());
        facts.put(PRICES, prices);
        return facts;
    }

    private static Map<String, Object> price(EnergyEntry entry) {
        Map<String, Object> price = new LinkedHashMap<>();
        price.put("event", entry.event().key());
        price.put("unit_energy_pJ", entry.unitPicojoules());
        price.put("node_nm", whole(entry.nodeNanometres()));
        price.put("precision_bits", whole(entry.precisionBits()));
        price.put("scaled", entry.scaled());
        price.put("source", entry.source());
        price.put("note", entry.note());
        return price;
    }

    private static Integer whole(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }

    /** A line for each price. */
    static void print(List<?> prices, PrintWriter out) {
        out.printf("%n  %-30s %12s %5s %5s  %s%n", "event", "pJ per event", "nm", "bits", "source");
        for (Object each : prices) {
            Map<?, ?> price = (Map<?, ?>) each;
            out.printf(
                    Locale.ROOT,
                    "  %-30s %12.6g %5s %5s  %s%n",
                    price.get("event"),
                    ((Number) price.get("unit_energy_pJ")).doubleValue(),
                    shown(price.get("node_nm")),
                    shown(price.get("precision_bits")),
                    price.get("source") + (Boolean.TRUE.equals(price.get("scaled")) ? " (scaled)" : ""));
        }
    }

    private static Object shown(Object number) {
        return number == null ? "-" : number;
    }
}
