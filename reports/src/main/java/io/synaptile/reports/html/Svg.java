/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.html;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An SVG drawing under construction. Colours come from the classes of the page's style sheet, so that dark mode works. What has
 * no finite place, because a table does not say its value, is left out.
 */
final class Svg {
    private final StringBuilder body = new StringBuilder();
    private final int width;
    private final String title;

    /** @param title read out by screen readers */
    Svg(int width, String title) {
        this.width = width;
        this.title = title;
    }

    Svg text(double x, double y, String cssClass, String text) {
        if (!Double.isFinite(x + y)) {
            return this;
        }
        body.append("<text x='%s' y='%s' class='%s'>%s</text>".formatted(number(x), number(y), cssClass, escape(text)));
        return this;
    }

    Svg line(double x1, double y1, double x2, double y2, String cssClass) {
        if (!Double.isFinite(x1 + y1 + x2 + y2)) {
            return this;
        }
        body.append("<line x1='%s' y1='%s' x2='%s' y2='%s' class='%s'/>"
                .formatted(number(x1), number(y1), number(x2), number(y2), cssClass));
        return this;
    }

    /** @param points x and y in turn */
    Svg polyline(double[] points, String cssClass) {
        body.append("<polyline points='%s' class='%s' fill='none'/>".formatted(list(points), cssClass));
        return this;
    }

    /** @param points x and y in turn */
    Svg polygon(double[] points, String cssClass) {
        body.append("<polygon points='%s' class='%s'/>".formatted(list(points), cssClass));
        return this;
    }

    /** @param tooltip empty for none */
    Svg rectangle(double x, double y, double w, double h, String cssClass, double opacity, String tooltip) {
        if (!Double.isFinite(x + y + w + h + opacity)) {
            return this;
        }
        body.append("<rect x='%s' y='%s' width='%s' height='%s' class='%s'%s>%s</rect>"
                .formatted(
                        number(x),
                        number(y),
                        number(Math.max(0, w)),
                        number(Math.max(0, h)),
                        cssClass,
                        opacity < 1 ? " fill-opacity='" + number(opacity) + "'" : "",
                        titleElement(tooltip)));
        return this;
    }

    Svg circle(double x, double y, double radius, String cssClass, String tooltip) {
        if (!Double.isFinite(x + y)) {
            return this;
        }
        body.append("<circle cx='%s' cy='%s' r='%s' class='%s'>%s</circle>"
                .formatted(number(x), number(y), number(radius), cssClass, titleElement(tooltip)));
        return this;
    }

    String finish(double height) {
        return String.format(
                Locale.ROOT,
                "<svg viewBox='0 0 %d %s' role='img' style='max-width:%dpx'><title>%s</title>%s</svg>",
                width,
                number(height),
                width,
                escape(title),
                body);
    }

    /** The drawing as a file of its own. */
    String file(double height, String style) {
        return String.format(
                Locale.ROOT,
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %s' width='%d'><title>%s</title><style>%s</style>%s</svg>\n",
                width,
                number(height),
                width,
                escape(title),
                style,
                body);
    }

    private static String list(double[] points) {
        return IntStream.range(0, points.length / 2)
                .filter(i -> Double.isFinite(points[2 * i] + points[2 * i + 1]))
                .mapToObj(i -> number(points[2 * i]) + " " + number(points[2 * i + 1]))
                .collect(Collectors.joining(" "));
    }

    private static String titleElement(String tooltip) {
        return tooltip.isEmpty() ? "" : "<title>" + escape(tooltip) + "</title>";
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;")
                .replace("\"", "&quot;");
    }
}
