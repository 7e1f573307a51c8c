/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.html;

import io.synaptile.reports.table.Numbers;
import java.util.List;

/** Horizontal bars, each a stack of segments, with its total at the end. */
final class BarChart {
    /** @param series number of the colour */
    record Segment(int series, double value, String tooltip) {}

    record Bar(String label, List<Segment> segments) {
        double total() {
            return segments.stream().mapToDouble(Segment::value).sum();
        }
    }

    private static final int WIDTH = 860;
    private static final double ROW = 30;
    private static final double THICKNESS = 19;
    private static final double ROOM_FOR_TOTAL = 84;
    private static final double TOP = 4;

    private BarChart() {}

    static String draw(String title, String axisTitle, List<Bar> bars) {
        Svg svg = new Svg(WIDTH, title);
        double left = labelWidth(bars.stream().map(Bar::label).toList());
        double largest = bars.stream().mapToDouble(Bar::total).max().orElse(0);
        Axis axis = Axis.fromZero(largest, left, WIDTH - ROOM_FOR_TOTAL);
        double bottom = TOP + bars.size() * ROW;
        axis.draw(svg, TOP, bottom, axisTitle);
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double y = TOP + i * ROW + (ROW - THICKNESS) / 2;
            double middle = y + THICKNESS / 2 + 4;
            svg.text(left - 10, middle, "name end", bar.label());
            double sum = 0;
            for (Segment segment : bar.segments()) {
                double x = axis.position(sum);
                sum += segment.value();
                svg.rectangle(x, y, axis.position(sum) - x, THICKNESS, "s" + segment.series(), 1, segment.tooltip());
            }
            svg.text(axis.position(sum) + 7, middle, "value", Numbers.readable(sum));
        }
        return svg.finish(bottom + Axis.HEIGHT);
    }

    /** Space for row labels at the left of a chart, from the longest. */
    static double labelWidth(List<String> labels) {
        int longest = labels.stream().mapToInt(String::length).max().orElse(0);
        return Math.clamp(longest * 7.2 + 18, 60, 330);
    }
}
