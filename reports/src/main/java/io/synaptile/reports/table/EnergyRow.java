/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/** Energy of one component of one layer per inference, mean over the instances of a design point. */
public record EnergyRow(int point, String layer, String component, double energyPicojoules) {}
