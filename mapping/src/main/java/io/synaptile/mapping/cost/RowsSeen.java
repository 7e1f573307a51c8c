/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.cost;

import io.synaptile.sim.compute.ArrayPattern;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Rows of each tile that lie inside the input map at the output positions of a layer; on the border a convolution sees fewer.
 *
 * @param ofTiles how many (position, row tile) see a number of rows; apart by arrays and outputs where tiles leave out some
 * @param always the same of row tiles with rows that are always driven, which are always read; these rows are not seen
 * @param alwaysDriven such rows, at all positions together
 * @param ofPositions how many positions see a number of rows
 * @param all rows seen at all positions together
 */
record RowsSeen(
        Map<Part, Long> ofTiles,
        Map<Part, Long> always,
        double alwaysDriven,
        Map<Integer, Long> ofPositions,
        double all) {
    /**
     * What a position sees of a row tile.
     *
     * @param rows inside the input map
     * @param arrays of the row tile, 0 where all have as many
     * @param outputs with columns on the row tile, 0 where all have as many
     */
    record Part(int rows, int arrays, int outputs) implements Comparable<Part> {
        private static final Comparator<Part> ORDER =
                Comparator.comparingInt(Part::rows).thenComparing(Part::arrays).thenComparing(Part::outputs);

        @Override
        public int compareTo(Part other) {
            return ORDER.compare(this, other);
        }
    }

    /** Rows of a layer on tiles that leave out nothing. */
    static RowsSeen of(Network.Node node, int[] cuts, int alwaysRows) {
        return of(node, cuts, alwaysRows, Optional.empty());
    }

    /**
     * Rows of a layer.
     *
     * @param cuts first row of every tile
     * @param alwaysRows rows behind those of the inputs
     * @param pattern what tiles have where they leave out rows or columns
     */
    static RowsSeen of(Network.Node node, int[] cuts, int alwaysRows, Optional<ArrayPattern> pattern) {
        Map<Part, Long> always = new TreeMap<>();
        Map<Part, Long> ofTiles = new TreeMap<>();
        Map<Integer, Long> ofPositions = new TreeMap<>();
        double all = 0;
        int end =
                pattern.map(own -> own.source().length).orElse(node.ungrouped().fanIn());
        int positions = node.layer() instanceof Layer.Conv2d ? node.out().positions() : 1;
        for (int position = 0; position < positions; position++) {
            int seen = 0;
            for (int i = 0; i < cuts.length; i++) {
                int last = i + 1 < cuts.length ? cuts[i + 1] : end + alwaysRows;
                int tile = i;
                int from = Math.min(cuts[i], end);
                int rows = pattern.isEmpty()
                        ? rows(node, position, from, Math.min(last, end))
                        : rows(node, position, Arrays.copyOfRange(pattern.get().source(), from, Math.min(last, end)));
                Part part = new Part(
                        rows,
                        pattern.map(own -> own.arrays(tile)).orElse(0),
                        pattern.map(own -> own.outputsOf(tile)).orElse(0));
                (last > end ? always : ofTiles).merge(part, 1L, Long::sum);
                seen += rows;
            }
            ofPositions.merge(seen, 1L, Long::sum);
            all += seen;
        }
        return new RowsSeen(ofTiles, always, (double) alwaysRows * positions, ofPositions, all);
    }

    /** Tiles read, over all positions, where an input is not 0 with a probability. */
    double tilesRead(double probability) {
        return sum(probability, _ -> 1);
    }

    /** Something of every tile, summed over those that are read, where an input is not 0 with a probability. */
    double sum(double probability, ToIntFunction<Part> of) {
        double sum = 0;
        for (Map.Entry<Part, Long> part : ofTiles.entrySet()) {
            double read = 1 - Math.pow(1 - probability, part.getKey().rows());
            sum += of.applyAsInt(part.getKey()) * part.getValue() * read;
        }
        double unconditional = 0;
        for (Map.Entry<Part, Long> part : always.entrySet()) {
            unconditional += of.applyAsInt(part.getKey()) * part.getValue();
        }
        return sum + unconditional;
    }

    /** Something of every tile, summed over its rows at all positions, those that are always driven left out. */
    double ofRows(ToIntFunction<Part> of) {
        double sum = 0;
        for (Map<Part, Long> parts : List.of(ofTiles, always)) {
            for (Map.Entry<Part, Long> part : parts.entrySet()) {
                sum += (double) of.applyAsInt(part.getKey()) * part.getKey().rows() * part.getValue();
            }
        }
        return sum;
    }

    /** Positions read, where an input is not 0 with a probability. */
    double positionsRead(double probability) {
        return always.isEmpty() ? read(ofPositions, probability) : count(ofPositions);
    }

    private static double count(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static double read(Map<Integer, Long> counts, double probability) {
        double read = 0;
        for (Map.Entry<Integer, Long> rows : counts.entrySet()) {
            read += rows.getValue() * (1 - Math.pow(1 - probability, rows.getKey()));
        }
        return read;
    }

    /** Rows of a list that lie in the map. */
    private static int rows(Network.Node node, int position, int[] of) {
        int rows = 0;
        for (int row : of) {
            rows += rows(node, position, row, row + 1);
        }
        return rows;
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
