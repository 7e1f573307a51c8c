/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import io.synaptile.text.table.TextTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Areas of the parts of a chip in one technology profile, every one with its source. */
public final class AreaTable {
    private static final String COMPONENT = "component";
    private static final String AREA = "um2";

    private final Map<AreaComponent, List<AreaEntry>> entries = new EnumMap<>(AreaComponent.class);

    AreaTable(List<AreaEntry> areas) {
        for (AreaEntry area : areas) {
            entries.computeIfAbsent(area.component(), component -> new ArrayList<>())
                    .add(area);
        }
        entries.values()
                .forEach(list -> list.sort(
                        Comparator.comparingInt(area -> area.precisionBits().orElse(0))));
    }

    /**
     * The table that belongs to a shipped energy profile, empty for one that describes no chip.
     *
     * @throws IllegalArgumentException listing the known profiles
     */
    public static Optional<AreaTable> profile(String name) {
        if (!EnergyTable.profiles().contains(name)) {
            throw new IllegalArgumentException(
                    "unknown area profile '" + name + "'; known: " + String.join(", ", EnergyTable.profiles()));
        }
        String resource = name + "-area.csv";
        try (InputStream in = AreaTable.class.getResourceAsStream(resource)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(parse(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    /** Reads a table; {@code origin} is for messages. */
    static AreaTable parse(String origin, String text) {
        TextTable table = TextTable.of(origin, text, PriceRows.due(COMPONENT, AREA));
        return new AreaTable(PriceRows.entries(
                table,
                List.of(COMPONENT, AREA),
                row -> new AreaEntry(
                        AreaComponent.ofId(row.text(COMPONENT)),
                        row.number(AREA),
                        row.numberOrOne("per"),
                        row.whole("node_nm").orElseThrow(() -> new IllegalArgumentException("node_nm must be given")),
                        row.whole("precision_bits"),
                        row.yesOrNo("scaled"),
                        row.text("source"),
                        row.text("note"))));
    }

    /** All entries in the order of the components, then of their widths. */
    public List<AreaEntry> entries() {
        return entries.values().stream().flatMap(List::stream).toList();
    }

    /** The same with digital blocks at another technology node, marked as scaled. */
    public AreaTable scaledTo(int nanometres) {
        List<AreaEntry> scaled = new ArrayList<>();
        for (AreaEntry area : entries()) {
            boolean follows = area.component().digital() && area.nodeNanometres() != nanometres;
            scaled.add(follows ? scaledTo(area, nanometres) : area);
        }
        return new AreaTable(scaled);
    }

    private static AreaEntry scaledTo(AreaEntry area, int nanometres) {
        String how = "scaled from " + area.nodeNanometres() + " nm with Stillmaker and Baas 2017";
        return new AreaEntry(
                area.component(),
                area.squareMicrometres() * TechnologyScaling.areaFactor(area.nodeNanometres(), nanometres),
                area.per(),
                nanometres,
                area.precisionBits(),
                true,
                area.source(),
                area.note().isEmpty() ? how : area.note() + "; " + how);
    }

    /** The same with converters as large as the survey of published converters gives. */
    public AreaTable withAdc(AdcSurvey survey, int bits) {
        List<AreaEntry> areas = new ArrayList<>(entries());
        areas.removeIf(area -> area.component() == AreaComponent.ADC);
        areas.add(new AreaEntry(
                AreaComponent.ADC,
                survey.squareMicrometres(bits),
                1,
                survey.nanometres(),
                OptionalInt.of(bits),
                false,
                survey.source(),
                ""));
        return new AreaTable(areas);
    }

    /**
     * Area of the parts of a chip, one line per component that the table knows and the chip has.
     *
     * @param counts pieces of every component
     */
    public AreaBreakdown area(Map<AreaComponent, Double> counts, WordWidths widths) {
        List<AreaLine> lines = new ArrayList<>();
        Set<AreaComponent> unknown = EnumSet.noneOf(AreaComponent.class);
        new TreeMap<>(counts).forEach((component, count) -> {
            List<AreaEntry> areas = entries.get(component);
            if (count > 0 && areas == null) {
                unknown.add(component);
            } else if (count > 0) {
                ByWidth.Value unit = ByWidth.of(
                        areas.stream().map(AreaEntry::precisionBits).toList(),
                        areas.stream()
                                .mapToDouble(AreaEntry::unitSquareMicrometres)
                                .toArray(),
                        component.width(widths));
                // A line through two converters may end below 0 for one of very few bits; then the smallest known
                // holds.
                double um2 =
                        unit.amount() > 0 ? unit.amount() : areas.getFirst().unitSquareMicrometres();
                lines.add(new AreaLine(component, count, um2, areas.get(unit.nearest()), unit.derivation()));
            }
        });
        return new AreaBreakdown(lines, unknown);
    }
}
