/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Panels of curves below each other, as an SVG drawing or a page that holds it: one file without outside references, equal
 * curves give equal bytes.
 */
public final class CurvePage {
    private static final int WIDTH = 860;
    private static final double LEFT = 60;
    private static final double RIGHT = 24;
    private static final double TITLE = 30;
    private static final double LEGEND = 22;
    private static final double PLOT = 240;
    private static final double GAP = 26;
    private static final double ROOM = 0.04;
    private static final double RADIUS = 2.6;
    private static final int COLOURS = 10;
    private static final double LETTER = 7;
    private static final double SWATCH = 12;

    private CurvePage() {}

    /**
     * One curve, drawn as a line.
     *
     * @param name for the legend; empty for none
     * @param colour number of a colour; curves that belong together share one
     * @param dots whether the points are drawn as dots instead of a line
     * @param low lower edge of a band around it, as long as {@code x}; empty for no band
     * @param high upper edge
     */
    public record Curve(String name, int colour, boolean dots, double[] x, double[] y, double[] low, double[] high) {
        /** A line. */
        public static Curve line(String name, int colour, double[] x, double[] y) {
            return new Curve(name, colour, false, x, y, new double[0], new double[0]);
        }

        /** Dots. */
        public static Curve dots(String name, int colour, double[] x, double[] y) {
            return new Curve(name, colour, true, x, y, new double[0], new double[0]);
        }

        /** A line inside a band. */
        public static Curve band(String name, int colour, double[] x, double[] y, double[] low, double[] high) {
            return new Curve(name, colour, false, x, y, low, high);
        }
    }

    /** Curves over common axes; quantities with their unit in the titles of the axes. */
    public record Panel(String title, String xTitle, String yTitle, List<Curve> curves) {
        public Panel {
            curves = List.copyOf(curves);
        }
    }

    /** The content of a file of that name: a page where it ends with {@code .html}, else an SVG drawing. */
    public static String text(String fileName, String title, List<Panel> panels) {
        String drawing = svg(title, panels);
        return fileName.endsWith(".html")
                ? "<!DOCTYPE html>\n<meta charset='utf-8'>\n<title>" + Svg.escape(title) + "</title>\n" + drawing
                : drawing;
    }

    /** The drawing as text. */
    static String svg(String title, List<Panel> panels) {
        Svg svg = new Svg(WIDTH, title);
        return svg.file(draw(svg, panels), style());
    }

    /** The drawing as a part of a page that has the style of curves. */
    static String inPage(String title, List<Panel> panels) {
        Svg svg = new Svg(WIDTH, title);
        return svg.finish(draw(svg, panels));
    }

    private static double draw(Svg svg, List<Panel> panels) {
        double top = 0;
        for (Panel panel : panels) {
            top = draw(svg, panel, top) + GAP;
        }
        return top;
    }

    private static double draw(Svg svg, Panel panel, double start) {
        svg.text(LEFT, start + TITLE - 8, "title", panel.title());
        double at = LEFT;
        double line = start + TITLE;
        for (Curve curve : panel.curves()) {
            if (!curve.name().isEmpty()) {
                double width = SWATCH + LETTER * curve.name().length() + SWATCH;
                if (at > LEFT && at + width > WIDTH) {
                    at = LEFT;
                    line += LEGEND;
                }
                svg.rectangle(at, line + 4, SWATCH - 3, SWATCH - 3, colour("s", curve), 1, "");
                svg.text(at + SWATCH, line + 12, "label", curve.name());
                at += width;
            }
        }
        double top = line + 2 * LEGEND;
        double bottom = top + PLOT;
        Axis x = axis(panel.curves().stream().flatMapToDouble(curve -> Arrays.stream(curve.x())), LEFT, WIDTH - RIGHT);
        Axis y = axis(
                panel.curves().stream()
                        .flatMapToDouble(curve -> DoubleStream.concat(
                                Arrays.stream(curve.y()),
                                DoubleStream.concat(Arrays.stream(curve.low()), Arrays.stream(curve.high())))),
                bottom,
                top);
        x.draw(svg, top, bottom, panel.xTitle());
        y.drawUpright(svg, LEFT, WIDTH - RIGHT, panel.yTitle());
        panel.curves().forEach(curve -> draw(svg, curve, x, y));
        return bottom + Axis.HEIGHT;
    }

    private static void draw(Svg svg, Curve curve, Axis x, Axis y) {
        int count = curve.x().length;
        if (curve.low().length > 0) {
            double[] edge = new double[4 * count];
            for (int i = 0; i < count; i++) {
                edge[2 * i] = x.position(curve.x()[i]);
                edge[2 * i + 1] = y.position(curve.low()[i]);
                edge[4 * count - 2 * i - 2] = edge[2 * i];
                edge[4 * count - 2 * i - 1] = y.position(curve.high()[i]);
            }
            svg.polygon(edge, "area " + colour("s", curve));
        }
        double[] points = new double[2 * count];
        for (int i = 0; i < count; i++) {
            points[2 * i] = x.position(curve.x()[i]);
            points[2 * i + 1] = y.position(curve.y()[i]);
            if (curve.dots()) {
                svg.circle(points[2 * i], points[2 * i + 1], RADIUS, colour("s", curve), "");
            }
        }
        if (!curve.dots()) {
            svg.polyline(points, "line " + colour("l", curve));
        }
    }

    private static String colour(String prefix, Curve curve) {
        return prefix + Math.floorMod(curve.colour(), COLOURS);
    }

    /** An axis that holds all values with some room; one unit wide where they are all the same. */
    private static Axis axis(DoubleStream values, double left, double right) {
        double[] sorted = values.filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return new Axis(0, 1, left, right, 0);
        }
        double low = sorted[0];
        double high = sorted[sorted.length - 1];
        double room = high > low ? ROOM * (high - low) : 0.5;
        // Between whole numbers, such as epochs and steps, there is nothing to be read.
        boolean whole = Arrays.stream(sorted).allMatch(value -> value == Math.rint(value));
        return new Axis(low - room, high + room, left, right, whole ? 1 : 0);
    }

    /** Style sheet of drawings that are files of their own. */
    static String style() {
        try (InputStream css = CurvePage.class.getResourceAsStream("curves.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the style of a drawing", e);
        }
    }
}
