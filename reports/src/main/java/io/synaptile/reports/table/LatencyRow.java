/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * One statistic of a latency distribution.
 *
 * @param kind quantity with its unit, {@code host_latency_us} or {@code chip_latency_ns}
 * @param statistic {@code p50}, {@code p90}, {@code p99}, {@code p99.9}, {@code max}, {@code mean} or {@code count}
 * @param value in the unit of {@code kind}; a number for {@code count}
 */
public record LatencyRow(
        @Cell(name = "point", label = "Point") int point,
        @Cell(name = "kind", label = "Kind") String kind,
        @Cell(name = "statistic", label = "Statistic") String statistic,
        @Cell(name = "value", label = "Value") double value) {}
