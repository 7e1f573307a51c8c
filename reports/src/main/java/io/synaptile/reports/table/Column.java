/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

import java.util.function.Function;

/**
 * A metric and where a row has it.
 *
 * @param value returns a String, Integer or Long, or Double according to the metric's type
 * @param <R> type of a row
 */
public record Column<R>(Metric metric, Function<? super R, ?> value) {}
