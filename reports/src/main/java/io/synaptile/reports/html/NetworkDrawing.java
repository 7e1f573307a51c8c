/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.html;

import io.synaptile.reports.outcome.NetworkLayer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The graph of a network: layers from top to bottom, and lines beside them where a layer reads another than the one before. */
public final class NetworkDrawing {
    private static final int WIDTH = 860;
    private static final double LEFT = 8;
    private static final double BOX = 560;
    private static final double HEIGHT = 22;
    private static final double STEP = 34;
    private static final double LANE = 14;
    private static final int LANES = 18;
    /** Of a drawing that people can still read. */
    private static final int MOST_LAYERS = 400;

    private NetworkDrawing() {}

    /** The drawing as an SVG file; layers beyond the first 400 are not drawn. */
    public static String file(String title, List<NetworkLayer> layers) {
        Svg svg = new Svg(WIDTH, title);
        return svg.file(draw(svg, layers), CurvePage.style());
    }

    /** The drawing within a page. */
    static String inPage(String title, List<NetworkLayer> layers) {
        Svg svg = new Svg(WIDTH, title);
        return svg.finish(draw(svg, layers)) + notes(layers);
    }

    private static String notes(List<NetworkLayer> layers) {
        StringBuilder lines = new StringBuilder();
        for (NetworkLayer layer : layers) {
            if (!layer.note().isEmpty()) {
                lines.append("<p>")
                        .append(Svg.escape(layer.name() + ": " + layer.note()))
                        .append(".</p>");
            }
        }
        return lines.toString();
    }

    private static double draw(Svg svg, List<NetworkLayer> layers) {
        int count = Math.min(MOST_LAYERS, layers.size());
        Map<String, Integer> rows = new HashMap<>();
        /* By lane: the row down to which it is taken. */
        List<Integer> lanes = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            NetworkLayer layer = layers.get(row);
            rows.put(layer.name(), row);
            double y = row * STEP + 1;
            svg.rectangle(LEFT, y, BOX, HEIGHT, layer.tiles() > 0 ? "s0" : "s6", 0.18, tooltip(layer));
            svg.text(LEFT + 8, y + 15, "name start", layer.name());
            svg.text(LEFT + 130, y + 15, "label start", layer.kind());
            svg.text(LEFT + 330, y + 15, "value start", layer.output());
            svg.text(LEFT + BOX - 8, y + 15, "value end", numbers(layer));
            for (String input : layer.inputs()) {
                Integer from = rows.get(input);
                if (from != null && from == row - 1) {
                    svg.line(LEFT + 40, y - STEP + HEIGHT, LEFT + 40, y, "axis");
                } else if (from != null) {
                    skip(svg, from, row, lane(lanes, from, row));
                }
            }
        }
        double bottom = count * STEP;
        if (count < layers.size()) {
            svg.text(LEFT, bottom + 14, "label start", (layers.size() - count) + " layers more");
            bottom += 20;
        }
        return bottom;
    }

    /** The first lane that no line from above still runs in. */
    private static int lane(List<Integer> lanes, int from, int to) {
        for (int lane = 0; lane < lanes.size(); lane++) {
            if (lanes.get(lane) <= from) {
                lanes.set(lane, to);
                return lane;
            }
        }
        lanes.add(to);
        return lanes.size() - 1;
    }

    private static void skip(Svg svg, int from, int to, int lane) {
        double edge = LEFT + BOX;
        double x = edge + LANE * (1 + lane % LANES);
        double top = from * STEP + 1 + HEIGHT / 2;
        double bottom = to * STEP + 1 + HEIGHT / 2;
        svg.polyline(new double[] {edge, top, x, top, x, bottom, edge, bottom}, "axis");
        svg.polygon(new double[] {edge, bottom, edge + 6, bottom - 3, edge + 6, bottom + 3}, "axis");
    }

    private static String numbers(NetworkLayer layer) {
        List<String> said = new ArrayList<>();
        if (layer.parameters() > 0) {
            said.add(String.format(Locale.ROOT, "%,d parameters", layer.parameters()));
        }
        if (layer.tiles() > 0) {
            said.add(layer.tiles() + (layer.tiles() == 1 ? " tile" : " tiles"));
        }
        return String.join(", ", said);
    }

    private static String tooltip(NetworkLayer layer) {
        String reads = layer.inputs().isEmpty() ? "the input" : String.join(", ", layer.inputs());
        String macs = layer.macs() > 0
                ? String.format(Locale.ROOT, "; fan-in %d, %,d MACs in a step at most", layer.fanIn(), layer.macs())
                : "";
        return layer.name() + " reads " + reads + macs;
    }
}
