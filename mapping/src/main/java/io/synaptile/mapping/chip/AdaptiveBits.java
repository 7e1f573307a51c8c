/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.converter.AdcSpec;
import io.synaptile.mapping.tile.LayerTiles;

/** How many bits a converter that stops early takes for a read. */
public final class AdaptiveBits {
    private static final int MOST_CELL_BITS = 8;

    private AdaptiveBits() {}

    /**
     * Bits of a read by driven rows: those of the largest sum that these can make, and its sign where pairs share a column, at
     * most all.
     *
     * @param bits of the converter
     */
    public static int[] needed(int bits, LayerTiles tiles, CellModel cell) {
        int[] needed = new int[tiles.largestRows() + 1];
        int cellBits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(cell.levels() - 1));
        for (int driven = 1; driven < needed.length; driven++) {
            int sum = AdcSpec.bitsForExactSum(driven, Math.min(cellBits, MOST_CELL_BITS));
            needed[driven] = Math.min(bits, sum + (tiles.pairsOnColumns() ? 1 : 0));
        }
        return needed;
    }
}
