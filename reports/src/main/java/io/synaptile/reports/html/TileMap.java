/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.html;

import io.synaptile.reports.table.Numbers;
import io.synaptile.reports.table.TileRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Every tile of a chip as a square, grouped by layer and laid out as the weight matrix is cut. The filled corner is the part
 * of rows and columns in use; its strength is the share of cells used within it.
 */
final class TileMap {
    private static final int WIDTH = 860;
    private static final double LARGEST_SIDE = 44;
    private static final double SMALLEST_SIDE = 5;
    private static final double GAP = 3;
    private static final double BLOCK_GAP = 34;
    private static final double HEADING = 36;

    private TileMap() {}

    static String draw(List<TileRow> tiles, int tileRows, int tileColumns) {
        Map<String, List<TileRow>> byLayer = new LinkedHashMap<>();
        for (TileRow tile : tiles) {
            boolean sram = tile.memory().equals(TileRow.SRAM);
            String name = tile.copy() == 0 ? tile.layer() : tile.layer() + ", copy " + (tile.copy() + 1);
            String block = sram ? name + ", SRAM" : name;
            byLayer.computeIfAbsent(block, layer -> new ArrayList<>()).add(tile);
        }
        double side = Math.clamp(
                (double) WIDTH
                                / byLayer.values().stream()
                                        .mapToInt(TileMap::across)
                                        .max()
                                        .orElse(1)
                        - GAP,
                SMALLEST_SIDE,
                LARGEST_SIDE);
        Svg svg = new Svg(WIDTH, "Use of each tile, by layer");
        double x = 1;
        double y = 0;
        double bandHeight = 0;
        for (Map.Entry<String, List<TileRow>> layer : byLayer.entrySet()) {
            List<TileRow> block = layer.getValue();
            double percent = block.stream()
                    .mapToDouble(TileRow::utilisationPercent)
                    .average()
                    .orElse(0);
            String detail =
                    block.size() + (block.size() == 1 ? " tile, " : " tiles, ") + Numbers.fixed(percent, 1) + " %";
            double width = Math.max(
                    across(block) * (side + GAP),
                    6.6 * Math.max(detail.length(), layer.getKey().length()));
            if (x > 1 && x + width > WIDTH) {
                x = 1;
                y += bandHeight;
                bandHeight = 0;
            }
            svg.text(x, y + 12, "name", layer.getKey());
            svg.text(x, y + 27, "tick", detail);
            for (TileRow tile : block) {
                draw(svg, tile, x, y + HEADING, side, tileRows, tileColumns);
            }
            x += width + BLOCK_GAP;
            bandHeight = Math.max(bandHeight, HEADING + down(block) * (side + GAP) + 16);
        }
        return svg.finish(y + bandHeight);
    }

    private static void draw(
            Svg svg, TileRow tile, double left, double top, double side, int tileRows, int tileColumns) {
        double x = left + tile.columnTile() * (side + GAP);
        double y = top + tile.rowTile() * (side + GAP);
        double inside = (double) tile.cellsUsed() / Math.max(1L, (long) tile.rows() * tile.columns());
        String tooltip = String.format(
                Locale.ROOT,
                "%s, tile %d: %d of %d rows, %d of %d columns, %d cells used (%s %%)",
                tile.layer(),
                tile.tile(),
                tile.rows(),
                tileRows,
                tile.columns(),
                tileColumns,
                tile.cellsUsed(),
                Numbers.fixed(tile.utilisationPercent(), 1));
        svg.rectangle(x, y, side, side, "tile", 1, tooltip);
        svg.rectangle(
                x,
                y,
                side * tile.columns() / tileColumns,
                side * tile.rows() / tileRows,
                "s0",
                0.25 + 0.75 * Math.min(1, inside),
                tooltip);
    }

    private static int across(List<TileRow> tiles) {
        return tiles.stream().mapToInt(TileRow::columnTile).max().orElse(0) + 1;
    }

    private static int down(List<TileRow> tiles) {
        return tiles.stream().mapToInt(TileRow::rowTile).max().orElse(0) + 1;
    }
}
