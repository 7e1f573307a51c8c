/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.html;

import io.synaptile.reports.table.Numbers;
import io.synaptile.reports.table.StepRow;
import io.synaptile.reports.table.SummaryRow;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Accuracy against the time step, and beside it against the energy spent up to that step. */
final class StepChart {
    private static final int WIDTH = 860;
    private static final double LEFT = 44;
    private static final double GAP = 36;
    private static final double RIGHT = 16;
    private static final double TOP = 30;
    private static final double BOTTOM = 230;
    private static final double RADIUS = 4;

    /** More dots than this would be a band. */
    private static final int MOST_DOTS = 64;

    private StepChart() {}

    /** @param steps at least one */
    static String draw(List<StepRow> steps, SummaryRow summary) {
        double low = summary.accuracyMeanPercent();
        double high = low;
        double energy = summary.energyMeanPicojoules();
        for (StepRow row : steps) {
            low = Math.min(low, row.accuracyMeanPercent());
            high = Math.max(high, row.accuracyMeanPercent());
            energy = Math.max(energy, row.energyMeanPicojoules());
        }
        Svg svg = new Svg(WIDTH, "Accuracy against time step and energy");
        double middle = WIDTH / 2.0;
        Axis accuracy = Axis.around(low, high, 0, 100, BOTTOM, TOP);
        Axis step = Axis.fromZero(steps.size(), LEFT, middle - GAP / 2);
        Axis spent = Axis.fromZero(energy, middle + GAP / 2, WIDTH - RIGHT);
        boolean early = summary.timeStepsUsedMean() < steps.size();
        step.draw(svg, TOP, BOTTOM, "time step");
        spent.draw(svg, TOP, BOTTOM, "energy per inference, pJ");
        accuracy.drawUpright(svg, LEFT, WIDTH - RIGHT, "accuracy on the test samples, %");
        curve(svg, steps, step, StepRow::timeStep, accuracy);
        curve(svg, steps, spent, StepRow::energyMeanPicojoules, accuracy);
        if (early) {
            String run = "this run: " + Numbers.fixed(summary.accuracyMeanPercent(), 2) + " % with "
                    + Numbers.fixed(summary.timeStepsUsedMean(), 2) + " steps and "
                    + Numbers.readable(summary.energyMeanPicojoules()) + " pJ";
            double y = accuracy.position(summary.accuracyMeanPercent());
            svg.circle(step.position(summary.timeStepsUsedMean()), y, RADIUS + 2, "s1", run);
            svg.circle(spent.position(summary.energyMeanPicojoules()), y, RADIUS + 2, "s1", run);
        }
        return svg.finish(BOTTOM + Axis.HEIGHT);
    }

    private static void curve(Svg svg, List<StepRow> steps, Axis axis, ToDoubleFunction<StepRow> value, Axis accuracy) {
        double[] points = new double[2 * steps.size()];
        for (int i = 0; i < steps.size(); i++) {
            points[2 * i] = axis.position(value.applyAsDouble(steps.get(i)));
            points[2 * i + 1] = accuracy.position(steps.get(i).accuracyMeanPercent());
        }
        svg.polyline(points, "mean-line");
        if (steps.size() <= MOST_DOTS) {
            for (int i = 0; i < steps.size(); i++) {
                StepRow row = steps.get(i);
                String tooltip = "step " + row.timeStep() + ": " + Numbers.fixed(row.accuracyMeanPercent(), 2) + " %, "
                        + Numbers.readable(row.energyMeanPicojoules()) + " pJ";
                svg.circle(points[2 * i], points[2 * i + 1], RADIUS, "s0", tooltip);
            }
        }
    }
}
