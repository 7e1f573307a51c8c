/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import io.synaptile.text.table.CsvText;
import io.synaptile.text.table.Quantity;
import io.synaptile.text.table.TextTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

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
    private static final String EVENT = "event";
    private static final String ENERGY = "energy";

    /** Widest converter that is priced by the survey. */
    private static final int MAX_SURVEY_BITS = 16;

    /** What the profiles describe, by name. */
    private static final SequencedMap<String, String> PROFILES = new LinkedHashMap<>();

    static {
        PROFILES.put(
                DEFAULT_PROFILE, "ISAAC-like chip at 32 nm: 128 x 128 arrays of RRAM, one converter per 128 columns");
        PROFILES.put("spikesim65", "chip of SpikeSim at 65 nm: 64 x 64 arrays of RRAM, one converter per 8 columns");
        PROFILES.put("neurosim22", "chip as NeuroSim 1.4 assumes one at 22 nm: 128 x 128 arrays of 1T1R cells");
        PROFILES.put(
                "neurram130", "NeuRRAM-like chip at 130 nm: 256 x 256 analogue RRAM pairs, one converter per column");
        PROFILES.put(
                "digital-sram65", "digital SRAM macros at 65 nm, for shifted words and layers that are not on tiles");
        PROFILES.put("reference-event", "constants of the reference cases of the event cost model; describes no chip");
    }

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
        return List.copyOf(PROFILES.sequencedKeySet());
    }

    /**
     * What a profile that comes with the product describes.
     *
     * @throws IllegalArgumentException listing the known profiles
     */
    public static String description(String profile) {
        requireProfile(profile);
        return PROFILES.get(profile);
    }

    private static void requireProfile(String name) {
        if (!PROFILES.containsKey(name)) {
            throw new IllegalArgumentException(
                    "unknown energy profile '" + name + "'; known: " + String.join(", ", PROFILES.keySet()));
        }
    }

    /**
     * A profile that comes with the product.
     *
     * @throws IllegalArgumentException listing the known profiles
     */
    public static EnergyTable profile(String name) {
        requireProfile(name);
        String resource = name + ".csv";
        try (InputStream in = EnergyTable.class.getResourceAsStream(resource)) {
            return parse(name, resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    /**
     * A user's table in the columns of the shipped ones: {@code event,energy_pJ,per,node_nm,precision_bits,scaled,source,note},
     * of which event, energy and source must be there, in any order and in any dialect of spreadsheets.
     *
     * @param notices told what the file was taken for, where that had to be found out
     * @throws IllegalArgumentException with file and line if it cannot be read or an entry is malformed
     */
    public static EnergyTable read(Path file, Consumer<String> notices) {
        TextTable table = TextTable.read(file.toString(), file, PriceRows.due(EVENT, ENERGY));
        EnergyTable read = of(file.getFileName().toString(), table);
        String unit = table.column(ENERGY).unit();
        boolean converted = table.factor(table.column(ENERGY), Quantity.ENERGY) != 1;
        if (converted || !table.isPlain()) {
            notices.accept(table.reading(converted ? List.of("energies in " + unit) : List.of()));
        }
        return read;
    }

    /**
     * Reads a table.
     *
     * @param origin file or resource, for messages
     */
    static EnergyTable parse(String name, String origin, String text) {
        return of(name, TextTable.of(origin, text, PriceRows.due(EVENT, ENERGY)));
    }

    private static EnergyTable of(String name, TextTable table) {
        if (table.column(ENERGY).unit().isEmpty()) {
            throw table.problem("the column energy needs a unit, for example energy_pJ");
        }
        return new EnergyTable(name, PriceRows.entries(table, List.of(EVENT, ENERGY), EnergyTable::entry));
    }

    private static EnergyEntry entry(PriceRows row) {
        return new EnergyEntry(
                EnergyEvent.ofKey(row.text(EVENT)),
                row.number(ENERGY, Quantity.ENERGY),
                row.numberOrOne("per"),
                row.whole("node_nm"),
                row.whole("precision_bits"),
                row.yesOrNo("scaled"),
                row.text("source"),
                row.text("note"));
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

    /**
     * The same with one event at a price of its own, at every word width. It takes the place of all entries of the event, and of
     * those that price the same energy in another way.
     *
     * @param picojoules of one event, at least 0
     * @param source of the price
     */
    public EnergyTable withPrice(EnergyEvent event, double picojoules, String source) {
        List<EnergyEvent> ways = EXCLUSIVE.stream()
                .filter(exclusive -> exclusive.contains(event))
                .findFirst()
                .orElse(List.of(event));
        List<EnergyEntry> priced = new ArrayList<>(entries());
        priced.removeIf(entry -> ways.contains(entry.event()));
        String over = entries().size() == priced.size() ? "not priced by " + name : "over " + name;
        priced.add(
                new EnergyEntry(event, picojoules, 1, OptionalInt.empty(), OptionalInt.empty(), false, source, over));
        return new EnergyTable(name, priced);
    }

    /** The table as a file in the form that {@link #read} takes, which gives the same entries again. */
    public String csv() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(HEADER.split(",")));
        for (EnergyEntry entry : entries()) {
            rows.add(List.of(
                    entry.event().key(),
                    Double.toString(entry.energyPicojoules()),
                    entry.per() == 1 ? "" : Double.toString(entry.per()),
                    whole(entry.nodeNanometres()),
                    whole(entry.precisionBits()),
                    entry.scaled() ? "yes" : "no",
                    entry.source(),
                    entry.note()));
        }
        return CsvText.of(rows);
    }

    private static String whole(OptionalInt number) {
        return number.isPresent() ? Integer.toString(number.getAsInt()) : "";
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
