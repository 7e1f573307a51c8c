/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Area of a chip or a part of it by component.
 *
 * @param lines components with an area and a count above 0, in report order
 * @param unknown components that exist and whose area the table does not know; they are missing from the total
 */
public record AreaBreakdown(List<AreaLine> lines, Set<AreaComponent> unknown) {
    public AreaBreakdown {
        lines = List.copyOf(lines);
        EnumSet<AreaComponent> copy = EnumSet.noneOf(AreaComponent.class);
        copy.addAll(unknown);
        unknown = Collections.unmodifiableSet(copy);
    }

    /** Area of all components without space between them, um2. */
    public double squareMicrometres() {
        return lines.stream().mapToDouble(AreaLine::squareMicrometres).sum();
    }
}
