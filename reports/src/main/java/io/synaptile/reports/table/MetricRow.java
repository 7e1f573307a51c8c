/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/** One named figure of a design point, with its unit; empty for a pure number. */
public record MetricRow(
        @Cell(name = "point", label = "Point") int point,
        @Cell(name = "metric", label = "Metric") String metric,
        @Cell(name = "unit", label = "Unit") String unit,
        @Cell(name = "value", label = "Value") double value) {}
