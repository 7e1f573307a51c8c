/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

import java.util.List;

/**
 * What distinguishes one design point.
 *
 * @param values of the swept keys, in the order of the table's columns
 */
public record PointRow(int point, List<String> values) {
    public PointRow {
        values = List.copyOf(values);
    }
}
