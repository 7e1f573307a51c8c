/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.html;

import io.synaptile.reports.table.Numbers;
import java.util.stream.LongStream;

/**
 * An axis: values to positions, and ticks at multiples of 1, 2 or 5 times a power of ten. Horizontal as named; upright where
 * {@code left} is the bottom and {@code right} the top.
 *
 * @param finest smallest distance between ticks, 0 for any
 */
record Axis(double low, double high, double left, double right, double finest) {
    private static final int WANTED_TICKS = 6;
    private static final double TICK_LENGTH = 4;
    private static final double LABEL_DROP = 17;
    private static final double TITLE_DROP = 35;

    /** Height that {@link #draw} takes below its line. */
    static final double HEIGHT = 42;

    /** An axis from zero to a little above {@code largest}; to 1 where nothing is above zero. */
    static Axis fromZero(double largest, double left, double right) {
        double end = largest > 0 ? largest : 1;
        double step = step(end);
        return new Axis(0, Math.ceil(end / step) * step, left, right, 0);
    }

    /** An axis of whole numbers from zero to at least {@code largest}. */
    static Axis counting(int largest, double left, double right) {
        double step = Math.max(1, step(largest));
        return new Axis(0, Math.ceil(largest / step) * step, left, right, 1);
    }

    /** An axis that holds both ends with some room, inside the bounds. */
    static Axis around(double smallest, double largest, double lower, double upper, double left, double right) {
        double first = Math.clamp(smallest, lower, upper);
        double last = Math.clamp(largest, lower, upper);
        double room = Math.max((last - first) * 0.12, 0.25);
        double step = step(last - first + 2 * room);
        double low = Math.max(lower, Math.floor((first - room) / step) * step);
        double high = Math.min(upper, Math.ceil((last + room) / step) * step);
        return new Axis(low, high, left, right, 0);
    }

    double position(double value) {
        return left + (value - low) / (high - low) * (right - left);
    }

    /** Draws the axis at height {@code bottom} with grid lines up to {@code top}. */
    void draw(Svg svg, double top, double bottom, String title) {
        for (double tick : ticks()) {
            double x = position(tick);
            svg.line(x, top, x, bottom + TICK_LENGTH, "grid");
            svg.text(x, bottom + LABEL_DROP, "tick middle", Numbers.readable(tick));
        }
        svg.line(left, bottom, right, bottom, "axis");
        svg.text((left + right) / 2, bottom + TITLE_DROP, "label middle", title);
    }

    /** Draws the axis upright at {@code start} with grid lines up to {@code end}; the title stands above it. */
    void drawUpright(Svg svg, double start, double end, String title) {
        for (double tick : ticks()) {
            double y = position(tick);
            svg.line(start - TICK_LENGTH, y, end, y, "grid");
            svg.text(start - 2 * TICK_LENGTH, y + TICK_LENGTH, "tick end", Numbers.readable(tick));
        }
        svg.line(start, left, start, right, "axis");
        svg.text(start, right - 2 * TICK_LENGTH, "label start", title);
    }

    /** None on an axis without extent. */
    private double[] ticks() {
        if (!(high > low)) {
            return new double[0];
        }
        double step = Math.max(finest, step(high - low));
        long first = (long) Math.ceil(low / step - 1e-9);
        long last = (long) Math.floor(high / step + 1e-9);
        return LongStream.rangeClosed(first, last).mapToDouble(i -> i * step).toArray();
    }

    private static double step(double extent) {
        double raw = extent / WANTED_TICKS;
        double magnitude = Math.pow(10, Math.floor(Math.log10(raw)));
        double leading = raw / magnitude;
        return magnitude * (leading <= 1.4 ? 1 : leading <= 3 ? 2 : leading <= 7 ? 5 : 10);
    }
}
