/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * One time step of one design point: what would be found if every sample stopped after it.
 *
 * @param timeStep from 1
 * @param accuracyMeanPercent mean over the chip instances
 * @param energyMeanPicojoules of one inference up to and including this step, mean over the chip instances
 */
public record StepRow(int point, int timeStep, double accuracyMeanPercent, double energyMeanPicojoules) {}
