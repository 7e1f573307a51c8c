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
                active.add(event.component());
                unit.ifPresent(price -> lines.add(new EnergyLine(event, count, price)));
            }
        }
        active.removeAll(priced);
        return new EnergyBreakdown(lines, active);
    }
}
