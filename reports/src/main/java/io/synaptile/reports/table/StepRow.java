/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * One time step of one design point: what would be found if every sample stopped after it.
 *
 * @param timeStep from 1
 * @param accuracyMeanPercent mean over the chip instances
 * @param energyMeanPicojoules of one inference up to and including this step, mean over the chip instances
 */
public record StepRow(
        @Cell(name = "point", label = "Point") int point,
        @Cell(name = "time_step", label = "Time step") int timeStep,

        @Cell(name = "accuracy_mean_percent", label = "Accuracy, mean", unit = "%")
        double accuracyMeanPercent,

        @Cell(name = "energy_mean_pJ", label = "Energy, mean", unit = "pJ")
        double energyMeanPicojoules) {}
