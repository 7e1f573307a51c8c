/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What the tiles of a chip leave out, all copies of layers counted.
 *
 * @param tiles that there are, and that there would be with all weights
 * @param cells that are used, likewise
 * @param columns of all tiles that are used, likewise
 * @param rows of the matrices of layers that are on tiles, likewise; those of a copy once, whatever column tiles they cross
 * @param outputs of layers that have columns on any tile, likewise
 */
public record LeftOut(Share tiles, Share cells, Share columns, Share rows, Share outputs) {
    /**
     * A part of a whole.
     *
     * @param there what there is
     * @param whole what there would be with all weights
     */
    public record Share(long there, long whole) {
        private Share plus(long moreThere, long moreWhole) {
            return new Share(there + moreThere, whole + moreWhole);
        }
    }

    private static final Share NONE = new Share(0, 0);

    /** What the tiles of some layers leave out. */
    public static LeftOut of(List<LayerTiles> layers) {
        LeftOut sum = new LeftOut(NONE, NONE, NONE, NONE, NONE);
        for (LayerTiles layer : layers) {
            sum = sum.plus(layer, layer.whole());
        }
        return sum;
    }

    private LeftOut plus(LayerTiles own, LayerTiles whole) {
        long copies = own.copies();
        return new LeftOut(
                tiles.plus(copies * own.tiles(), copies * whole.tiles()),
                cells.plus(copies * own.cellsUsed(), copies * whole.cellsUsed()),
                columns.plus(copies * columns(own), copies * columns(whole)),
                rows.plus(copies * own.rows(), copies * whole.rows()),
                outputs.plus(copies * outputs(own), copies * whole.outputs()));
    }

    private static long columns(LayerTiles layer) {
        return layer.assignments().stream()
                .mapToLong(part -> layer.physicalColumns(part.outputs(), 1))
                .sum();
    }

    private static long outputs(LayerTiles layer) {
        int[][] first = layer.firstOnTile();
        return IntStream.range(0, layer.outputs())
                .filter(output -> IntStream.range(0, first.length).anyMatch(rowTile -> first[rowTile][output] >= 0))
                .count();
    }
}
