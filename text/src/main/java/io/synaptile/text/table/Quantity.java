/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** What a column measures, with the units it may be written in and the one unit that the product computes in. */
public enum Quantity {
    /** In uS. */
    CONDUCTANCE("uS", "conductances", Map.of("S", 1e6, "mS", 1e3, "uS", 1.0, "nS", 1e-3, "pS", 1e-6)),
    /** In ohm. */
    RESISTANCE("ohm", "resistances", Map.of("ohm", 1.0, "kohm", 1e3, "Mohm", 1e6, "Gohm", 1e9, "mohm", 1e-3)),
    /** In s. */
    TIME("s", "times", Map.of("s", 1.0, "ms", 1e-3, "us", 1e-6, "ns", 1e-9, "min", 60.0, "h", 3600.0)),
    /** In A. */
    CURRENT("A", "currents", Map.of("A", 1.0, "mA", 1e-3, "uA", 1e-6, "nA", 1e-9, "pA", 1e-12)),
    /** In V. */
    VOLTAGE("V", "voltages", Map.of("V", 1.0, "mV", 1e-3, "uV", 1e-6)),
    /** In pJ. */
    ENERGY("pJ", "energies", Map.of("J", 1e12, "mJ", 1e9, "uJ", 1e6, "nJ", 1e3, "pJ", 1.0, "fJ", 1e-3, "aJ", 1e-6));

    private final String unit;
    private final String plural;
    private final SequencedMap<String, Double> factors;

    Quantity(String unit, String plural, Map<String, Double> factors) {
        this.unit = unit;
        this.plural = plural;
        SequencedMap<String, Double> sorted = new LinkedHashMap<>();
        factors.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        this.factors = Collections.unmodifiableSequencedMap(sorted);
    }

    /** The unit that the product computes in. */
    public String unit() {
        return unit;
    }

    /** As the subject of a sentence about several values. */
    public String plural() {
        return plural;
    }

    /** Units that are understood, largest first. */
    public String units() {
        return String.join(", ", factors.keySet());
    }

    /**
     * What a value in a unit is multiplied by to be in {@link #unit}.
     *
     * @param symbol as written, with either micro sign or u, ohm or its sign; upper and lower case count where it makes a
     *     difference within the quantity
     * @return empty if the quantity has no such unit, or two that differ in their case only
     */
    public Optional<Double> factor(String symbol) {
        String plain = plain(symbol);
        Double exact = factors.get(plain);
        if (exact != null) {
            return Optional.of(exact);
        }
        double[] found = factors.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(plain))
                .mapToDouble(Map.Entry::getValue)
                .distinct()
                .toArray();
        return found.length == 1 ? Optional.of(found[0]) : Optional.empty();
    }

    /** Whether the unit is written exactly as one of these, in upper and lower case too. */
    boolean has(String symbol) {
        return factors.containsKey(plain(symbol));
    }

    /**
     * The quantity of a unit: the one that has it exactly, else the first that has it in another case.
     *
     * @param symbol as written
     */
    public static Optional<Quantity> of(String symbol) {
        for (Quantity quantity : values()) {
            if (quantity.has(symbol)) {
                return Optional.of(quantity);
            }
        }
        for (Quantity quantity : values()) {
            if (quantity.factor(symbol).isPresent()) {
                return Optional.of(quantity);
            }
        }
        return Optional.empty();
    }

    /** With u for the micro sign and the Greek letter, and ohm for the ohm sign and the Greek letter. */
    private static String plain(String symbol) {
        return symbol.strip()
                .replace('\u00b5', 'u')
                .replace('\u03bc', 'u')
                .replace("\u2126", "ohm")
                .replace("\u03a9", "ohm")
                .replace("Ohm", "ohm");
    }
}
