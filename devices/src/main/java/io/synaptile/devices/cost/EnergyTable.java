/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

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
import java.util.OptionalDouble;
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

    private static final String HEADER = "event,energy_pJ,per,node_nm,precision_bits,scaled,source,note";

    /** Widest converter that is priced by the survey. */
    private static final int MAX_SURVEY_BITS = 16;

    private static final List<String> PROFILES =
            List.of(DEFAULT_PROFILE, "spikesim65", "neurosim22", "neurram130", "digital-sram65", "reference-event");

    /** Ways to price the same energy, of which a table may use one. */
    private static final List<List<EnergyEvent>> EXCLUSIVE = List.of(
            List.of(
                    EnergyEvent.CELL_READ_PER_MICROSIEMENS,
                    EnergyEvent.CELL_READ_PER_CELL,
                    EnergyEvent.CELL_READ_PER_COLUMN,
                    EnergyEvent.ARRAY_READ),
            List.of(EnergyEvent.SRAM_MAC, EnergyEvent.SRAM_READ_BIT),
            List.of(EnergyEvent.NEURON_UPDATE, EnergyEvent.NEURON_UPDATE_PER_PE_CYCLE),
            List.of(EnergyEvent.MEMBRANE_ACCESS, EnergyEvent.MEMBRANE_ACCESS_PER_PE_CYCLE),
            List.of(EnergyEvent.INPUT_BUFFER_BIT, EnergyEvent.INPUT_BUFFER_PER_PE_CYCLE),
            List.of(EnergyEvent.SPIKE_HOP, EnergyEvent.SPIKE_HOP_BIT, EnergyEvent.SPIKE_TRANSPORT_PER_PE_CYCLE));

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
        EXCLUSIVE.forEach(this::refuseSeveral);
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

    private void refuseSeveral(List<EnergyEvent> ways) {
        List<EnergyEvent> priced =
                ways.stream().filter(entries::containsKey).limit(2).toList();
        if (priced.size() == 2) {
            throw new IllegalArgumentException("energy table '" + name + "' prices the same energy twice, by '"
                    + priced.getFirst().key() + "' and by '" + priced.getLast().key() + "'");
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
            return parse(name, resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
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
            return parse(file.getFileName().toString(), file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read energy table " + file, e);
        }
    }

    /**
     * Reads a table.
     *
     * @param origin file or resource, for messages
     */
    static EnergyTable parse(String name, String origin, String text) {
        List<EnergyEntry> entries = PriceCsv.parse(origin, text, HEADER, EnergyTable::entry);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException(origin + ": no energy entry found");
        }
        return new EnergyTable(name, entries);
    }

    private static EnergyEntry entry(List<String> fields) {
        return new EnergyEntry(
                EnergyEvent.ofKey(fields.get(0)),
                PriceCsv.number("energy_pJ", fields.get(1)),
                fields.get(2).isEmpty() ? 1 : PriceCsv.number("per", fields.get(2)),
                PriceCsv.whole("node_nm", fields.get(3)),
                PriceCsv.whole("precision_bits", fields.get(4)),
                PriceCsv.yesOrNo("scaled", fields.get(5)),
                fields.get(6),
                fields.get(7));
    }

    /**
     * The same with digital blocks at another technology node or voltage; the prices are marked as scaled. Prices of an
     * unstated node stay as they are, and so do those of cells, drivers and converters.
     *
     * @param nanometres node, or empty to stay at that of each price
     * @param volt supply voltage, or empty for the nominal one of the node
     * @throws IllegalArgumentException if the scaling law does not cover the node or voltage, or the node of a price
     */
    public EnergyTable scaledTo(OptionalInt nanometres, OptionalDouble volt) {
        List<EnergyEntry> scaled = new ArrayList<>();
        for (EnergyEntry entry : entries()) {
            boolean follows = entry.event().digital() && entry.nodeNanometres().isPresent();
            scaled.add(follows ? scaledTo(entry, nanometres, volt) : entry);
        }
        return new EnergyTable(name, scaled);
    }

    private static EnergyEntry scaledTo(EnergyEntry entry, OptionalInt nanometres, OptionalDouble volt) {
        int from = entry.nodeNanometres().getAsInt();
        int to = nanometres.orElse(from);
        if (from == to && volt.isEmpty()) {
            return entry;
        }
        double factor = volt.isPresent()
                ? TechnologyScaling.energyFactor(from, to, volt.getAsDouble())
                : TechnologyScaling.energyFactor(from, to);
        String at = volt.isPresent() ? to + " nm and " + volt.getAsDouble() + " V" : to + " nm";
        return entry.scaledTo(to, factor, "scaled from " + from + " nm to " + at + " with Stillmaker and Baas 2017");
    }

    /** The same with conversions priced by the survey of published converters. */
    public EnergyTable withAdc(AdcSurvey survey) {
        List<EnergyEntry> priced = new ArrayList<>(entries());
        priced.removeIf(entry -> entry.event() == EnergyEvent.ADC_CONVERSION);
        for (int bits = 1; bits <= MAX_SURVEY_BITS; bits++) {
            priced.add(new EnergyEntry(
                    EnergyEvent.ADC_CONVERSION,
                    survey.picojoules(bits),
                    1,
                    OptionalInt.of(survey.nanometres()),
                    OptionalInt.of(bits),
                    false,
                    survey.source(),
                    ""));
        }
        return new EnergyTable(name, priced);
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
     * Energy of one event at the widths in use, or empty if this table prices neither it nor the event that stands for it.
     *
     * @throws IllegalArgumentException if extrapolation to the width would give an energy below 0
     */
    public Optional<UnitEnergy> unit(EnergyEvent event, WordWidths widths) {
        List<EnergyEntry> prices = entries.get(event);
        if (prices == null) {
            return event.substitute().flatMap(other -> unit(other, widths));
        }
        int bits = widths.of(event);
        ByWidth.Value value = ByWidth.of(
                prices.stream().map(EnergyEntry::precisionBits).toList(),
                prices.stream().mapToDouble(EnergyEntry::unitPicojoules).toArray(),
                bits);
        if (value.amount() < 0) {
            throw new IllegalArgumentException("energy table '" + name + "' cannot be extended to " + bits
                    + " bits for '" + event.key() + "'; its narrowest entry is "
                    + prices.getFirst().precisionBits().orElseThrow() + " bits");
        }
        return Optional.of(new UnitEnergy(value.amount(), prices.get(value.nearest()), value.derivation()));
    }
}
