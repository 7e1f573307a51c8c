/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.html;

import io.synaptile.reports.outcome.RunReport;
import io.synaptile.reports.table.Numbers;
import io.synaptile.reports.table.SummaryRow;
import java.util.ArrayList;
import java.util.List;

/** Design points one below the other: mean accuracy with its 95 % interval, worst instance, software accuracy. */
final class IntervalChart {
    private static final int WIDTH = 860;
    private static final double ROW = 28;
    private static final double TOP = 4;
    private static final double RIGHT = 66;

    private IntervalChart() {}

    static String draw(RunReport run) {
        List<String> labels = new ArrayList<>();
        double low = 100;
        double high = 0;
        for (SummaryRow row : run.summary()) {
            labels.add(run.labelOf(row.point()));
            double software = run.resultsOf(row.point()).getFirst().softwareAccuracyPercent();
            low = Math.min(low, Math.min(software, row.accuracyMinPercent()));
            high = Math.max(high, Math.max(software, row.accuracyMeanPercent()));
        }
        double left = BarChart.labelWidth(labels);
        Axis axis = Axis.around(low, high, 0, 100, left, WIDTH - RIGHT);
        Svg svg = new Svg(WIDTH, "Accuracy of each design point, in percent");
        double bottom = TOP + labels.size() * ROW;
        axis.draw(svg, TOP, bottom, "accuracy on the test samples, %");
        for (int i = 0; i < labels.size(); i++) {
            SummaryRow row = run.summary().get(i);
            double y = TOP + (i + 0.5) * ROW;
            double software =
                    axis.position(run.resultsOf(row.point()).getFirst().softwareAccuracyPercent());
            double mean = row.accuracyMeanPercent();
            svg.text(left - 10, y + 4, "name end", labels.get(i));
            svg.line(software, y - 9, software, y + 9, "software-line");
            svg.line(axis.position(row.accuracyMinPercent()), y, axis.position(mean), y, "whisker");
            svg.line(
                    axis.position(row.accuracyMinPercent()),
                    y - 4,
                    axis.position(row.accuracyMinPercent()),
                    y + 4,
                    "whisker");
            if (!Double.isNaN(row.accuracyCi95Percent())) {
                double from = axis.position(Math.max(axis.low(), mean - row.accuracyCi95Percent()));
                double to = axis.position(Math.min(axis.high(), mean + row.accuracyCi95Percent()));
                svg.rectangle(from, y - 7, to - from, 14, "band", 1, "95 % interval of the mean");
            }
            svg.circle(axis.position(mean), y, 5, "dot", labels.get(i) + ": mean " + Numbers.fixed(mean, 2) + " %");
            svg.text(WIDTH - RIGHT + 10, y + 4, "value", Numbers.fixed(mean, 2));
        }
        return svg.finish(bottom + Axis.HEIGHT);
    }
}
