/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/** One named figure of a design point, with its unit; empty for a pure number. */
public record MetricRow(int point, String metric, String unit, double value) {}
