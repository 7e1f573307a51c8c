/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.cost;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows of each tile that lie inside the input map at the output positions of a layer; on the border a convolution sees fewer.
 *
 * @param ofTiles how many (position, row tile) see a number of rows
 * @param always the same of row tiles with rows that are always driven, which are always read; these rows are not seen
 * @param alwaysDriven such rows, at all positions together
 * @param ofPositions how many positions see a number of rows
 * @param all rows seen at all positions together
 */
record RowsSeen(
        Map<Integer, Long> ofTiles,
        Map<Integer, Long> always,
        double alwaysDriven,
        Map<Integer, Long> ofPositions,
        double all) {
    /**
     * Rows of a layer.
     *
     * @param cuts first row of every tile
     * @param alwaysRows rows behind those of the inputs
     */
    static RowsSeen of(Network.Node node, int[] cuts, int alwaysRows) {
        Map<Integer, Long> always = new TreeMap<>();
        Map<Integer, Long> ofTiles = new TreeMap<>();
        Map<Integer, Long> ofPositions = new TreeMap<>();
        double all = 0;
        int end = node.ungrouped().fanIn();
        int positions = node.layer() instanceof Layer.Conv2d ? node.out().positions() : 1;
        for (int position = 0; position < positions; position++) {
            int seen = 0;
            for (int i = 0; i < cuts.length; i++) {
                int last = i + 1 < cuts.length ? cuts[i + 1] : end + alwaysRows;
                int rows = rows(node, position, Math.min(cuts[i], end), Math.min(last, end));
                (last > end ? always : ofTiles).merge(rows, 1L, Long::sum);
                seen += rows;
            }
            ofPositions.merge(seen, 1L, Long::sum);
            all += seen;
        }
        return new RowsSeen(ofTiles, always, (double) alwaysRows * positions, ofPositions, all);
    }

    /** Tiles read, over all positions, where an input is not 0 with a probability. */
    double tilesRead(double probability) {
        return read(ofTiles, probability) + count(always);
    }

    /** Positions read, where an input is not 0 with a probability. */
    double positionsRead(double probability) {
        return always.isEmpty() ? read(ofPositions, probability) : count(ofPositions);
    }

    private static double count(Map<Integer, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static double read(Map<Integer, Long> counts, double probability) {
        double read = 0;
        for (Map.Entry<Integer, Long> rows : counts.entrySet()) {
            read += rows.getValue() * (1 - Math.pow(1 - probability, rows.getKey()));
        }
        return read;
    }

    /** Rows {@code first} to {@code end} that lie in the map; row {@code (ky kw + kx) Cin + ci}. */
    private static int rows(Network.Node node, int position, int first, int end) {
        if (!(node.layer() instanceof Layer.Conv2d conv)) {
            return end - first;
        }
        int channels = node.in().channels();
        int rows = 0;
        for (int tap = first / channels; tap * channels < end; tap++) {
            int width = conv.kernel().columns();
            int y = conv.line(position / node.out().width(), tap / width);
            int x = conv.column(position % node.out().width(), tap % width);
            boolean inside =
                    y >= 0 && y < node.in().height() && x >= 0 && x < node.in().width();
            rows += inside ? Math.min(end, (tap + 1) * channels) - Math.max(first, tap * channels) : 0;
        }
        return rows;
    }
}
