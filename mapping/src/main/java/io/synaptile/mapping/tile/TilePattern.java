/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

import io.synaptile.mapping.SparseMapping;
import io.synaptile.sim.compute.ArrayPattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the matrix of a layer is cut into tiles that leave out what holds no weight.
 *
 * <pre>
 *   skip      rows and outputs without a weight are left out; what remains is cut as a whole matrix is, and tiles without a weight
 *             are not there
 *   permute   rows are dealt to row tiles one by one: a row tile begins with the row of the most weights that is left, and takes on
 *             whichever row adds the fewest outputs to those that it has, of these the one with the most weights, of these
 *             the first, until it is full; it has columns for its own outputs alone
 * </pre>
 *
 * <p>The order of rows that permute deals is only taken where it needs fewer tiles, or as many with fewer columns, than their own
 * order. Rows stay in the groups of their matrix; rows that are always driven stay behind all others, in their order.
 *
 * @param cuts first row of each row tile
 * @param has rows and outputs that tiles have
 */
public record TilePattern(int[] cuts, ArrayPattern has) {
    /**
     * The pattern of a matrix. A matrix without any weight keeps its first row and output, since a layer on tiles has one at least.
     *
     * @param weights where the matrix has a weight, {@code [rows, outputs]}
     * @param mapping what is left out
     * @param tileRows rows of a tile
     * @param perTile outputs of a tile
     */
    static TilePattern of(CutMatrix matrix, boolean[] weights, SparseMapping mapping, int tileRows, int perTile) {
        Deal deal = new Deal(matrix, weights, tileRows, perTile);
        List<int[]> inOrder = deal.inOrder();
        if (mapping == SparseMapping.PERMUTE) {
            List<int[]> dealt = deal.dealt();
            return deal.pattern(deal.cost(dealt) < deal.cost(inOrder) ? dealt : inOrder, deal::ownOutputs);
        }
        return deal.pattern(inOrder, deal::gridOutputs);
    }

    /** Outputs of the arrays of a row tile. */
    @FunctionalInterface
    private interface Outputs {
        int[][] of(int[] rows);
    }

    /** The matrix under division. Row tiles are lists of rows in ascending order. */
    private static final class Deal {
        private final CutMatrix matrix;
        private final int tileRows;
        private final int perTile;
        /** Outputs at which a row has weights. */
        private final BitSet[] row;
        /** Outputs with a weight, ascending. */
        private final int[] outputs;

        Deal(CutMatrix matrix, boolean[] weights, int tileRows, int perTile) {
            this.matrix = matrix;
            this.tileRows = tileRows;
            this.perTile = perTile;
            row = new BitSet[matrix.rows()];
            BitSet all = new BitSet();
            for (int r = 0; r < row.length; r++) {
                row[r] = new BitSet(matrix.outputs());
                for (int o = 0; o < matrix.outputs(); o++) {
                    row[r].set(o, weights[r * matrix.outputs() + o]);
                }
                all.or(row[r]);
            }
            if (all.isEmpty()) {
                row[0].set(0);
                all.set(0);
            }
            outputs = all.stream().toArray();
        }

        private int inputRows() {
            return matrix.rows() - matrix.always();
        }

        /** Rows of a group that stay, without those that are always driven. */
        private int[] kept(int group) {
            int inGroup = matrix.rows() / matrix.groups();
            int end = Math.min((group + 1) * inGroup, inputRows());
            return IntStream.range(group * inGroup, end)
                    .filter(r -> !row[r].isEmpty())
                    .toArray();
        }

        /** Row tiles of rows in their own order. */
        List<int[]> inOrder() {
            List<int[]> tiles = new ArrayList<>();
            for (int group = 0; group < matrix.groups(); group++) {
                cut(kept(group), tiles);
            }
            return withAlways(tiles);
        }

        private void cut(int[] rows, List<int[]> into) {
            for (int from = 0; from < rows.length; from += tileRows) {
                into.add(Arrays.copyOfRange(rows, from, Math.min(rows.length, from + tileRows)));
            }
        }

        /** Rows that are always driven follow the last row, on its tile while there is room. */
        private List<int[]> withAlways(List<int[]> tiles) {
            for (int r = inputRows(); r < matrix.rows(); r++) {
                if (tiles.isEmpty() || tiles.getLast().length == tileRows) {
                    tiles.add(new int[] {r});
                } else {
                    int[] last = tiles.removeLast();
                    int[] more = Arrays.copyOf(last, last.length + 1);
                    more[last.length] = r;
                    tiles.add(more);
                }
            }
            return tiles;
        }

        /** Row tiles of rows that have weights at the same outputs. */
        List<int[]> dealt() {
            List<int[]> tiles = new ArrayList<>();
            for (int group = 0; group < matrix.groups(); group++) {
                new Dealing(kept(group)).into(tiles);
            }
            return withAlways(tiles);
        }

        /** Tiles before columns, to be compared. */
        long cost(List<int[]> tiles) {
            long arrays = 0;
            long columns = 0;
            for (int[] tile : tiles) {
                int own = union(tile).cardinality();
                columns += own;
                arrays += Math.ceilDiv(own, perTile);
            }
            return (arrays << Integer.SIZE) + columns;
        }

        private BitSet union(int[] rows) {
            BitSet all = new BitSet(matrix.outputs());
            for (int r : rows) {
                all.or(row[r]);
            }
            return all;
        }

        /** Outputs with a weight on a row tile, as many to an array as fit. */
        int[][] ownOutputs(int[] rows) {
            List<int[]> arrays = new ArrayList<>();
            int[] own = union(rows).stream().toArray();
            for (int from = 0; from < own.length; from += perTile) {
                arrays.add(Arrays.copyOfRange(own, from, Math.min(own.length, from + perTile)));
            }
            return arrays.toArray(int[][]::new);
        }

        /** All outputs that stay, as many to an array as fit, but for arrays without a weight. */
        int[][] gridOutputs(int[] rows) {
            List<int[]> arrays = new ArrayList<>();
            BitSet own = union(rows);
            for (int from = 0; from < outputs.length; from += perTile) {
                int[] array = Arrays.copyOfRange(outputs, from, Math.min(outputs.length, from + perTile));
                if (Arrays.stream(array).anyMatch(own::get)) {
                    arrays.add(array);
                }
            }
            return arrays.toArray(int[][]::new);
        }

        TilePattern pattern(List<int[]> tiles, Outputs ofTile) {
            int[] cuts = new int[tiles.size()];
            for (int tile = 1; tile < cuts.length; tile++) {
                cuts[tile] = cuts[tile - 1] + tiles.get(tile - 1).length;
            }
            int[] source = tiles.stream()
                    .flatMapToInt(Arrays::stream)
                    .filter(r -> r < inputRows())
                    .toArray();
            int[][][] columns = tiles.stream().map(ofTile::of).toArray(int[][][]::new);
            return new TilePattern(cuts, new ArrayPattern(inputRows(), source, columns));
        }

        /** The rows of one group, dealt to row tiles one by one. */
        private final class Dealing {
            private final int[] rows;
            private final boolean[] dealt;
            /** Outputs that a row would add to the row tile under way. */
            private final int[] adds;
            /** Numbers of the rows with a weight at an output. */
            private final int[][] ofOutput;

            Dealing(int[] rows) {
                this.rows = rows;
                dealt = new boolean[rows.length];
                adds = new int[rows.length];
                List<List<Integer>> lists = new ArrayList<>();
                for (int o = 0; o < matrix.outputs(); o++) {
                    lists.add(new ArrayList<>());
                }
                for (int i = 0; i < rows.length; i++) {
                    int number = i;
                    row[rows[i]].stream().forEach(o -> lists.get(o).add(number));
                }
                ofOutput = lists.stream()
                        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                        .toArray(int[][]::new);
            }

            void into(List<int[]> tiles) {
                for (int left = rows.length; left > 0; ) {
                    int[] tile = tile(Math.min(left, tileRows));
                    left -= tile.length;
                    tiles.add(tile);
                }
            }

            private int[] tile(int size) {
                BitSet has = new BitSet(matrix.outputs());
                for (int i = 0; i < rows.length; i++) {
                    adds[i] = row[rows[i]].cardinality();
                }
                int[] tile = new int[size];
                for (int taken = 0; taken < size; taken++) {
                    int next = taken == 0 ? fullest() : nearest();
                    dealt[next] = true;
                    tile[taken] = rows[next];
                    BitSet added = (BitSet) row[rows[next]].clone();
                    added.andNot(has);
                    has.or(added);
                    added.stream().forEach(o -> {
                        for (int other : ofOutput[o]) {
                            adds[other]--;
                        }
                    });
                }
                Arrays.sort(tile);
                return tile;
            }

            private int fullest() {
                int best = -1;
                for (int i = 0; i < rows.length; i++) {
                    if (!dealt[i] && (best < 0 || adds[i] > adds[best])) {
                        best = i;
                    }
                }
                return best;
            }

            private int nearest() {
                int best = -1;
                for (int i = 0; i < rows.length; i++) {
                    if (!dealt[i] && (best < 0 || adds[i] < adds[best] || adds[i] == adds[best] && isFuller(i, best))) {
                        best = i;
                    }
                }
                return best;
            }

            private boolean isFuller(int one, int other) {
                return row[rows[one]].cardinality() > row[rows[other]].cardinality();
            }
        }
    }
}
