/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Energy of an activity by component, with the products it is made of: every event that happened times what one of it costs.
 *
 * <pre>
 *   E = sum over events e of count(e) unit_energy(e)
 * </pre>
 *
 * @param lines events with a price and a count above 0, in the order of the events
 * @param unpriced components in which something happened that the table has no price for; their energy is missing from the
 *     total
 */
public record EnergyBreakdown(List<EnergyLine> lines, Set<EnergyComponent> unpriced) {
    public EnergyBreakdown {
        lines = List.copyOf(lines);
        EnumSet<EnergyComponent> copy = EnumSet.noneOf(EnergyComponent.class);
        copy.addAll(unpriced);
        unpriced = Collections.unmodifiableSet(copy);
    }

    /**
     * Energy of an activity. A count for whose component the table has no price at all is not dropped silently: the component
     * is listed in {@link #unpriced()}. Conversions that resolve fewer bits than the converter has are priced by their own
     * bits.
     *
     * @param widths word widths of the hardware that was active
     */
    public static EnergyBreakdown of(PhysicalActivity activity, EnergyTable table, WordWidths widths) {
        List<EnergyLine> lines = new ArrayList<>();
        Set<EnergyComponent> active = EnumSet.noneOf(EnergyComponent.class);
        Set<EnergyComponent> priced = EnumSet.noneOf(EnergyComponent.class);
        for (EnergyEvent event : EnergyEvent.values()) {
            Optional<UnitEnergy> unit = table.unit(event, widths);
            if (unit.isPresent()) {
                priced.add(event.component());
            }
            double count = activity.of(event.count());
            if (count > 0) {
                if (!event.alternative()) {
                    active.add(event.component());
                }
                if (unit.isPresent()
                        && (event != EnergyEvent.ADC_CONVERSION
                                || activity.conversionsByBits().isEmpty())) {
                    lines.add(new EnergyLine(event, count, unit.get()));
                } else if (unit.isPresent()) {
                    lines.addAll(conversions(activity, table, widths));
                }
            }
        }
        active.removeAll(priced);
        return new EnergyBreakdown(lines, active);
    }

    /** One product for every resolution that converters took. */
    private static List<EnergyLine> conversions(PhysicalActivity activity, EnergyTable table, WordWidths widths) {
        List<EnergyLine> lines = new ArrayList<>();
        activity.conversionsByBits().forEach((bits, conversions) -> {
            UnitEnergy unit =
                    table.unit(EnergyEvent.ADC_CONVERSION, widths.withAdc(bits)).orElseThrow();
            lines.add(new EnergyLine(EnergyEvent.ADC_CONVERSION, conversions, unit));
        });
        return lines;
    }

    /** Energy of every component in report order, pJ; 0 for a component without a line. */
    public Map<EnergyComponent, Double> components() {
        Map<EnergyComponent, Double> sums = new EnumMap<>(EnergyComponent.class);
        for (EnergyComponent component : EnergyComponent.values()) {
            sums.put(component, 0d);
        }
        for (EnergyLine line : lines) {
            sums.merge(line.event().component(), line.energyPicojoules(), Double::sum);
        }
        return Collections.unmodifiableMap(sums);
    }

    /** Energy of one component, pJ. */
    public double of(EnergyComponent component) {
        return components().get(component);
    }

    /** Products of one component. */
    public List<EnergyLine> linesOf(EnergyComponent component) {
        return lines.stream()
                .filter(line -> line.event().component() == component)
                .toList();
    }

    /** Energy of all components, pJ. */
    public double totalPicojoules() {
        return components().values().stream().mapToDouble(Double::doubleValue).reduce(0, Double::sum);
    }

    /** Both together, for example two layers; lines are kept apart. */
    public EnergyBreakdown plus(EnergyBreakdown other) {
        List<EnergyLine> all = new ArrayList<>(lines);
        all.addAll(other.lines);
        Set<EnergyComponent> missing = EnumSet.noneOf(EnergyComponent.class);
        missing.addAll(unpriced);
        missing.addAll(other.unpriced);
        return new EnergyBreakdown(all, missing);
    }

    /** The same with every count multiplied, for example by 1 / samples. */
    public EnergyBreakdown times(double factor) {
        return new EnergyBreakdown(
                lines.stream()
                        .map(line -> new EnergyLine(line.event(), line.count() * factor, line.unit()))
                        .toList(),
                unpriced);
    }

    /**
     * Whether the total adds energies of more than one technology node, or of an unstated node, to others; a report must say
     * so. Prices of 0 do not count.
     */
    public boolean mixesNodes() {
        Set<Integer> nodes = new TreeSet<>();
        for (EnergyLine line : lines) {
            if (line.unit().picojoules() > 0) {
                nodes.add(line.unit().nodeNanometres().orElse(0));
            }
        }
        return nodes.size() > 1;
    }
}
