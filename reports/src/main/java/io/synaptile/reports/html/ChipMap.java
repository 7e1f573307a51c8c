/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.html;

import io.synaptile.reports.table.ChipTileRow;
import io.synaptile.reports.table.LayerRow;
import io.synaptile.reports.table.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The mesh of a chip: every chip tile as a square, the stronger the more of its cells are used, with the layers it holds; links
 * between neighbours; below it how far events travel to every layer.
 */
final class ChipMap {
    private static final int WIDTH = 860;
    private static final double LARGEST_SIDE = 108;
    private static final double SMALLEST_SIDE = 4;
    private static final double LINK = 0.14;
    private static final double LINE = 15;
    private static final double INSET = 7;
    private static final double LETTER = 6.6;
    private static final double SCALE_WIDTH = 150;
    private static final double SCALE_HEIGHT = 11;
    private static final int SCALE_STEPS = 30;
    private static final double PALEST = 0.06;

    /** Strength from which text is drawn in the colour of the page. */
    private static final double DARK = 0.7;

    /** Larger meshes are cut to the part that is in use. */
    private static final int LARGEST_MESH = 64;

    private final List<ChipTileRow> tiles;
    private final int columns;
    private final int rows;
    private final double side;
    private final double pitch;
    private final Svg svg = new Svg(WIDTH, "Chip tiles on their mesh, by use");

    private ChipMap(List<ChipTileRow> tiles) {
        this.tiles = tiles;
        ChipTileRow first = tiles.getFirst();
        this.columns = first.meshColumns() <= LARGEST_MESH
                ? first.meshColumns()
                : 1 + tiles.stream().mapToInt(ChipTileRow::meshX).max().orElse(0);
        this.rows = first.meshRows() <= LARGEST_MESH
                ? first.meshRows()
                : 1 + tiles.stream().mapToInt(ChipTileRow::meshY).max().orElse(0);
        this.side = Math.clamp(WIDTH / (columns * (1 + LINK)), SMALLEST_SIDE, LARGEST_SIDE);
        this.pitch = side * (1 + LINK);
    }

    /**
     * Draws a chip.
     *
     * @param tiles at least one, all of one design point
     * @param layers of the same point
     */
    static String draw(List<ChipTileRow> tiles, List<LayerRow> layers) {
        return new ChipMap(tiles).drawn(layers);
    }

    private String drawn(List<LayerRow> layers) {
        ChipTileRow first = tiles.getFirst();
        int there = Math.max(tiles.size(), first.meshColumns() * first.meshRows());
        String heading = tiles.size() + (tiles.size() == 1 ? " chip tile" : " chip tiles") + " in use, mesh of "
                + first.meshColumns() + " \u00d7 " + first.meshRows()
                + (columns * rows < there ? ", of which the part in use is drawn" : "");
        svg.text(1, 12, "name", heading);
        double top = 26;
        links(top);
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                svg.rectangle(1 + x * pitch, top + y * pitch, side, side, "tile", 1, "");
            }
        }
        tiles.forEach(tile -> draw(tile, 1 + tile.meshX() * pitch, top + tile.meshY() * pitch));
        double below = top + rows * pitch + 14;
        scale(below);
        return svg.finish(hops(layers, below + 34));
    }

    private void links(double top) {
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                double middleX = 1 + x * pitch + side / 2;
                double middleY = top + y * pitch + side / 2;
                if (x + 1 < columns) {
                    svg.line(middleX, middleY, middleX + pitch, middleY, "axis");
                }
                if (y + 1 < rows) {
                    svg.line(middleX, middleY, middleX, middleY + pitch, "axis");
                }
            }
        }
    }

    private void draw(ChipTileRow tile, double x, double y) {
        String percent = Numbers.fixed(tile.utilisationPercent(), 1) + " %";
        String tooltip = String.format(
                Locale.ROOT,
                "chip tile %d at column %d, row %d: %s; %d of %d arrays, %s of the cells used",
                tile.chipTile(),
                tile.meshX(),
                tile.meshY(),
                tile.layers(),
                tile.arrays(),
                tile.arraysThere(),
                percent);
        double strength = strength(tile.utilisationPercent());
        svg.rectangle(x, y, side, side, "s0", strength, tooltip);
        String colour = strength >= DARK ? " light" : "";
        int lines = (int) ((side - 2 * INSET) / LINE);
        int letters = (int) ((side - 2 * INSET) / LETTER);
        List<String> text = lines < 1 ? List.of() : text(tile, lines, letters);
        for (int i = 0; i < text.size(); i++) {
            String cssClass = (i == 0 ? "name" : "value") + colour;
            svg.text(x + INSET, y + INSET + 10 + i * LINE, cssClass, text.get(i));
        }
    }

    /** Layers, then use and arrays, as far as they find room. */
    private static List<String> text(ChipTileRow tile, int lines, int letters) {
        List<String> names = List.of(tile.layers().split(" "));
        int room = Math.max(1, lines - 2);
        List<String> text = new ArrayList<>(names.subList(0, Math.min(room, names.size())));
        if (names.size() > room) {
            text.set(room - 1, names.get(room - 1) + " +" + (names.size() - room));
        }
        text.replaceAll(name -> cut(name, letters));
        List.of(
                        Numbers.fixed(tile.utilisationPercent(), 0) + " %",
                        tile.arrays() + "/" + tile.arraysThere() + " arrays")
                .stream()
                .filter(figure -> figure.length() <= letters)
                .forEach(text::add);
        return text.stream().filter(line -> !line.isEmpty()).limit(lines).toList();
    }

    /** Nothing rather than a letter or two. */
    private static String cut(String text, int letters) {
        if (text.length() <= letters) {
            return text;
        }
        return letters < 4 ? "" : text.substring(0, letters - 1) + "\u2026";
    }

    private static double strength(double percent) {
        return PALEST + (1 - PALEST) * Math.clamp(percent / 100, 0, 1);
    }

    private void scale(double y) {
        double step = SCALE_WIDTH / SCALE_STEPS;
        IntStream.range(0, SCALE_STEPS)
                .forEach(i -> svg.rectangle(
                        1 + i * step, y, step, SCALE_HEIGHT, "s0", strength(100.0 * i / (SCALE_STEPS - 1)), ""));
        svg.text(1, y + SCALE_HEIGHT + 14, "tick", "0");
        svg.text(1 + SCALE_WIDTH, y + SCALE_HEIGHT + 14, "tick end", "100");
        svg.text(1 + SCALE_WIDTH + 12, y + SCALE_HEIGHT - 1, "tick", "cells used, %");
    }

    /** Hops of an event to every layer, in lines; gives where the drawing ends. */
    private double hops(List<LayerRow> layers, double top) {
        double y = top + 16;
        svg.text(1, y, "name", "Hops of an event on its way to a layer, mean");
        double x = 1;
        y += LINE + 3;
        for (LayerRow layer : layers) {
            if (!Double.isNaN(layer.hopsPerEvent())) {
                String text = layer.layer() + ": " + Numbers.readable(layer.hopsPerEvent());
                double width = LETTER * text.length() + 18;
                if (x > 1 && x + width > WIDTH) {
                    x = 1;
                    y += LINE;
                }
                svg.text(x, y, "tick", text);
                x += width;
            }
        }
        return y + 8;
    }
}
