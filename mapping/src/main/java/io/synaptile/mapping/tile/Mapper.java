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
     * @param columns of every layer on tiles, by node id
     * @throws IllegalArgumentException naming the layer if one output does not fit a tile
     */
    public static TilePlan plan(Network network, int tileRows, int tileColumns, Map<Integer, Columns> columns) {
        List<LayerTiles> layers = new ArrayList<>();
        for (Network.Node node : network.synapses()) {
            Columns own = columns.get(node.id());
            if (own != null) {
                CrossbarLayout layout = CrossbarLayout.of(node);
                layers.add(new LayerTiles(
                        node.id(),
                        node.name(),
                        layout.rows(),
                        layout.outputs(),
                        own.perWeight(),
                        own.perTile(),
                        tileRows,
                        tileColumns));
            }
        }
        return TilePlan.of(layers);
    }
}
