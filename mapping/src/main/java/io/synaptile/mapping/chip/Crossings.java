/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.mapping.tile.LayerTiles;

/** Which crossings of the rows and outputs of a layer tiles have, {@code [rows * outputs]}. */
final class Crossings {
    private Crossings() {}

    static boolean[] of(LayerTiles tiles) {
        boolean[] there = new boolean[tiles.rows() * tiles.outputs()];
        int[] tileOfRow = tiles.tileOfRow();
        int[][] first = tiles.firstOnTile();
        for (int i = 0; i < there.length; i++) {
            there[i] = first[tileOfRow[i / tiles.outputs()]][i % tiles.outputs()] >= 0;
        }
        return there;
    }
}
