/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.cost;

import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.TileProgrammer;
import io.synaptile.mapping.tile.LayerTiles;
import java.util.Map;
import java.util.TreeMap;

/** Conductance that a driven row loads its driver with where every cell is on target. */
public final class TargetLoad {
    private TargetLoad() {}

    /**
     * Conductance of every row over its physical columns, uS, by node id; columns that an array has once count once per array.
     */
    public static Map<Integer, double[]> perRow(ChipDesign design) {
        Map<Integer, double[]> loads = new TreeMap<>();
        TileProgrammer.onTarget(design).layers().forEach((node, cells) -> {
            LayerTiles tiles = design.tiles().layer(node).orElseThrow();
            loads.put(node, load(tiles, cells.conductances()));
        });
        return loads;
    }

    private static double[] load(LayerTiles tiles, float[][] planes) {
        double[] load = new double[tiles.rows()];
        int[] tileOfRow = tiles.tileOfRow();
        int[][] first = tiles.firstOnTile();
        for (int p = 0; p < planes.length; p++) {
            boolean oncePerTile = p >= tiles.columnsPerWeight();
            for (int row = 0; row < load.length; row++) {
                int[] firstOfTile = first[tileOfRow[row]];
                for (int output = 0; output < tiles.outputs(); output++) {
                    if (oncePerTile ? firstOfTile[output] == output : firstOfTile[output] >= 0) {
                        load[row] += planes[p][row * tiles.outputs() + output];
                    }
                }
            }
        }
        return load;
    }
}
