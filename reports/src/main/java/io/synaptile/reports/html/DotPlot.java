/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.html;

import io.synaptile.reports.table.Numbers;
import io.synaptile.reports.table.ResultRow;
import io.synaptile.reports.table.SummaryRow;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Accuracy of every chip instance as a dot, stacked where they coincide, with their mean and the software accuracy. */
final class DotPlot {
    private static final int WIDTH = 860;
    private static final double LEFT = 24;
    private static final double RADIUS = 5.5;
    private static final double PITCH = 12.5;
    private static final double LABELS = 44;
    private static final double HEADROOM = 14;

    private DotPlot() {}

    static String draw(SummaryRow summary, List<ResultRow> instances) {
        double software = instances.getFirst().softwareAccuracyPercent();
        double low = Math.min(software, summary.accuracyMinPercent());
        double high = Math.max(
                software,
                instances.stream().mapToDouble(ResultRow::accuracyPercent).max().orElse(software));
        Axis axis = Axis.around(low, high, 0, 100, LEFT, WIDTH - LEFT);
        List<ResultRow> ordered = instances.stream()
                .sorted(Comparator.comparingDouble(ResultRow::accuracyPercent))
                .toList();
        int[] levels = levels(axis, ordered);
        int tallest = Arrays.stream(levels).max().orElse(0) + 1;
        double bottom = LABELS + HEADROOM + tallest * PITCH;
        Svg svg = new Svg(WIDTH, "Accuracy of each chip instance, in percent");
        double mean = summary.accuracyMeanPercent();
        if (!Double.isNaN(summary.accuracyCi95Percent())) {
            double from = axis.position(Math.max(axis.low(), mean - summary.accuracyCi95Percent()));
            double to = axis.position(Math.min(axis.high(), mean + summary.accuracyCi95Percent()));
            svg.rectangle(from, LABELS, to - from, bottom - LABELS, "band", 1, "95 % interval of the mean");
        }
        axis.draw(svg, LABELS, bottom, "accuracy on the test samples, %");
        marker(svg, axis, mean, bottom, 14, "mean", "deployed mean " + Numbers.fixed(mean, 2) + " %");
        marker(svg, axis, software, bottom, 32, "software", "software " + Numbers.fixed(software, 2) + " %");
        for (int i = 0; i < levels.length; i++) {
            ResultRow row = ordered.get(i);
            svg.circle(
                    axis.position(row.accuracyPercent()),
                    bottom - RADIUS - 2 - levels[i] * PITCH,
                    RADIUS,
                    "dot",
                    "instance " + row.instance() + ": " + Numbers.exact(row.accuracyPercent()) + " %");
        }
        return svg.finish(bottom + Axis.HEIGHT);
    }

    /** The lowest level of each dot, taken from left to right, on which it touches no other. */
    private static int[] levels(Axis axis, List<ResultRow> ordered) {
        int[] levels = new int[ordered.size()];
        double[] lastOnLevel = new double[ordered.size()];
        Arrays.fill(lastOnLevel, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < levels.length; i++) {
            double x = axis.position(ordered.get(i).accuracyPercent());
            while (x - lastOnLevel[levels[i]] < 2 * RADIUS) {
                levels[i]++;
            }
            lastOnLevel[levels[i]] = x;
        }
        return levels;
    }

    /** A vertical line whose label stays inside the drawing. */
    private static void marker(
            Svg svg, Axis axis, double value, double bottom, double labelY, String cssClass, String label) {
        double x = axis.position(value);
        boolean rightHalf = x > WIDTH / 2.0;
        svg.line(x, labelY - 10, x, bottom, cssClass + "-line");
        svg.text(x + (rightHalf ? -7 : 7), labelY, "value " + (rightHalf ? "end" : "start"), label);
    }
}
