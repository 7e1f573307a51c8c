/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Event energy model: every event that happened times what one of it costs.
 *
 * <pre>
 *   E = sum over events e of count(e) unit_energy(e)
 * </pre>
 *
 * <p>Conversions that resolve fewer bits than the converter has are priced by their own bits.
 */
public final class EnergyModel {
    private EnergyModel() {}

    /**
     * Energy of an activity. A count for whose component the table has no price at all is not dropped silently: the component
     * is listed in {@link EnergyBreakdown#unpriced()}.
     *
     * @param widths word widths of the hardware that was active
     */
    public static EnergyBreakdown energy(PhysicalActivity activity, EnergyTable table, WordWidths widths) {
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
                unit.ifPresent(price -> lines.addAll(lines(event, count, price, activity, table, widths)));
            }
        }
        active.removeAll(priced);
        return new EnergyBreakdown(lines, active);
    }

    /** One product, or one for every resolution that converters took. */
    private static List<EnergyLine> lines(
            EnergyEvent event,
            double count,
            UnitEnergy price,
            PhysicalActivity activity,
            EnergyTable table,
            WordWidths widths) {
        if (event != EnergyEvent.ADC_CONVERSION || activity.conversionsByBits().isEmpty()) {
            return List.of(new EnergyLine(event, count, price));
        }
        List<EnergyLine> lines = new ArrayList<>();
        activity.conversionsByBits()
                .forEach((bits, conversions) -> lines.add(new EnergyLine(
                        event,
                        conversions,
                        table.unit(event, widths.withAdc(bits)).orElseThrow())));
        return lines;
    }
}
