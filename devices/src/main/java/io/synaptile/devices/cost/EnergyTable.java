/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import io.synaptile.devices.cost.UnitEnergy.Derivation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Unit energies of one technology profile, every one with its source.
 *
 * <p>An event may have several entries, one per word width; energies at other widths follow by linear interpolation, or on
 * the line through the two outermost entries beyond them. An event with a single entry that states a width scales in
 * proportion to the width; one without a width is used as it is.
 */
public final class EnergyTable {
    /** Profile used unless another is asked for. */
    public static final String DEFAULT_PROFILE = "isaac32";

    private static final List<String> PROFILES = List.of(DEFAULT_PROFILE, "reference-event");

    private final String name;
    private final Map<EnergyEvent, List<EnergyEntry>> entries = new EnumMap<>(EnergyEvent.class);

    /**
     * Makes a table.
     *
     * @param name shown in reports
     * @throws IllegalArgumentException if an event is priced twice for the same width, or the same charge in two ways
     */
    public EnergyTable(String name, List<EnergyEntry> entries) {
        this.name = name;
        for (EnergyEntry entry : entries) {
            this.entries
                    .computeIfAbsent(entry.event(), event -> new ArrayList<>())
                    .add(entry);
        }
        this.entries.forEach((event, prices) -> {
            prices.sort(Comparator.comparingInt(e -> e.precisionBits().orElse(0)));
            requireDistinctWidths(event, prices);
        });
        refuseBoth(EnergyEvent.CELL_READ_PER_MICROSIEMENS, EnergyEvent.CELL_READ_PER_CELL);
        refuseBoth(EnergyEvent.SPIKE_HOP, EnergyEvent.SPIKE_HOP_BIT);
    }

    private void requireDistinctWidths(EnergyEvent event, List<EnergyEntry> prices) {
        for (int i = 1; i < prices.size(); i++) {
            int bits = prices.get(i).precisionBits().orElse(0);
            int before = prices.get(i - 1).precisionBits().orElse(0);
            if (bits == before || before == 0) {
                throw new IllegalArgumentException("energy table '" + name + "': event '" + event.key()
                        + "' has several entries; each needs its own precision_bits");
            }
        }
    }

    private void refuseBoth(EnergyEvent one, EnergyEvent other) {
        if (entries.containsKey(one) && entries.containsKey(other)) {
            throw new IllegalArgumentException("energy table '" + name + "' prices the same energy twice, by '"
                    + one.key() + "' and by '" + other.key() + "'");
        }
    }

    /** Names of the profiles that come with the product. */
    public static List<String> profiles() {
        return PROFILES;
    }

    /**
     * A profile that comes with the product.
     *
     * @throws IllegalArgumentException listing the known profiles
     */
    public static EnergyTable profile(String name) {
        if (!PROFILES.contains(name)) {
            throw new IllegalArgumentException(
                    "unknown energy profile '" + name + "'; known: " + String.join(", ", PROFILES));
        }
        String resource = name + ".csv";
        try (InputStream in = EnergyTable.class.getResourceAsStream(resource)) {
            return EnergyTableCsv.parse(name, resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    /**
     * A user's table in the format of the shipped ones: CSV with the header
     * {@code event,energy_pJ,per,node_nm,precision_bits,scaled,source,note}; lines that begin with # are comments.
     *
     * @throws UncheckedIOException with the path if the file cannot be read
     * @throws IllegalArgumentException with file and line for a malformed entry
     */
    public static EnergyTable read(Path file) {
        try {
            return EnergyTableCsv.parse(file.getFileName().toString(), file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read energy table " + file, e);
        }
    }

    /** Name of the profile or file. */
    public String name() {
        return name;
    }

    /** All entries in the order of the events, then of their widths. */
    public List<EnergyEntry> entries() {
        return entries.values().stream().flatMap(List::stream).toList();
    }

    /** Whether this table has a price for an event. */
    public boolean prices(EnergyEvent event) {
        return entries.containsKey(event);
    }

    /** Technology nodes of all entries whose source states one. */
    public SortedSet<Integer> nodesNanometres() {
        SortedSet<Integer> nodes = new TreeSet<>();
        for (EnergyEntry entry : entries()) {
            entry.nodeNanometres().ifPresent(nodes::add);
        }
        return nodes;
    }

    /** Whether entries of more than one node, or of an unstated node, stand beside each other. */
    public boolean mixesNodes() {
        boolean unstated = entries().stream().anyMatch(e -> e.nodeNanometres().isEmpty());
        return nodesNanometres().size() + (unstated ? 1 : 0) > 1;
    }

    /**
     * Energy of one event at the widths in use, or empty if this table does not price it.
     *
     * @throws IllegalArgumentException if extrapolation to the width would give an energy below 0
     */
    public Optional<UnitEnergy> unit(EnergyEvent event, WordWidths widths) {
        List<EnergyEntry> prices = entries.get(event);
        if (prices == null) {
            return Optional.empty();
        }
        if (prices.size() == 1) {
            return Optional.of(single(prices.getFirst(), widths.of(event)));
        }
        return Optional.of(onLine(prices, widths.of(event)));
    }

    private static UnitEnergy single(EnergyEntry entry, int bits) {
        OptionalInt stated = entry.precisionBits();
        if (stated.isEmpty() || stated.getAsInt() == bits) {
            return new UnitEnergy(entry.unitPicojoules(), entry, Derivation.TABLE);
        }
        double scaled = entry.unitPicojoules() * bits / stated.getAsInt();
        return new UnitEnergy(scaled, entry, Derivation.PROPORTIONAL_TO_BITS);
    }

    private UnitEnergy onLine(List<EnergyEntry> prices, int bits) {
        int upper = 1;
        while (upper < prices.size() - 1 && bits(prices.get(upper)) < bits) {
            upper++;
        }
        EnergyEntry narrow = prices.get(upper - 1);
        EnergyEntry wide = prices.get(upper);
        for (EnergyEntry entry : List.of(narrow, wide)) {
            if (bits(entry) == bits) {
                return new UnitEnergy(entry.unitPicojoules(), entry, Derivation.TABLE);
            }
        }
        double part = (double) (bits - bits(narrow)) / (bits(wide) - bits(narrow));
        double energy = narrow.unitPicojoules() + part * (wide.unitPicojoules() - narrow.unitPicojoules());
        if (energy < 0) {
            throw new IllegalArgumentException(
                    "energy table '" + name + "' cannot be extended to " + bits + " bits for '"
                            + narrow.event().key() + "'; its narrowest entry is " + bits(prices.getFirst()) + " bits");
        }
        boolean inside = part > 0 && part < 1;
        return new UnitEnergy(
                energy, part <= 0.5 ? narrow : wide, inside ? Derivation.INTERPOLATED : Derivation.EXTRAPOLATED);
    }

    private static int bits(EnergyEntry entry) {
        return entry.precisionBits().orElseThrow();
    }
}
