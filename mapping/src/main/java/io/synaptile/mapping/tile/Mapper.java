/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

import io.synaptile.mapping.codec.CrossbarLayout;
import io.synaptile.sim.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Cuts layers into tiles: a convolution is unrolled to one matrix of {@code Cin kh kw} rows, no tile holds parts of two
 * layers, and no layer is duplicated.
 */
public final class Mapper {
    private Mapper() {}

    /**
     * Places the given layers.
     *
     * @param columnsPerWeight physical columns of one output, by node id of the layers on tiles
     * @throws IllegalArgumentException naming the layer if one output does not fit a tile
     */
    public static TilePlan plan(
            Network network, int tileRows, int tileColumns, Map<Integer, Integer> columnsPerWeight) {
        List<LayerTiles> layers = new ArrayList<>();
        for (Network.Node node : network.synapses()) {
            Integer columns = columnsPerWeight.get(node.id());
            if (columns != null) {
                CrossbarLayout layout = CrossbarLayout.of(node);
                layers.add(new LayerTiles(
                        node.id(), node.name(), layout.rows(), layout.outputs(), columns, tileRows, tileColumns));
            }
        }
        return TilePlan.of(layers);
    }
}
