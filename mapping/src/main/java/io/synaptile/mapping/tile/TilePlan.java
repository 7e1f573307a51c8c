/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

import java.util.List;
import java.util.Optional;

/**
 * Which tile holds which part of which layer.
 *
 * @param layers the layers on tiles, in network order
 * @param assignments all tiles, layer by layer
 */
public record TilePlan(List<LayerTiles> layers, List<TileAssignment> assignments) {
    public TilePlan {
        layers = List.copyOf(layers);
        assignments = List.copyOf(assignments);
    }

    /** A plan of whole layers. */
    static TilePlan of(List<LayerTiles> layers) {
        return new TilePlan(
                layers,
                layers.stream().flatMap(layer -> layer.assignments().stream()).toList());
    }

    /** The tiles of a node, empty if it is not on tiles. */
    public Optional<LayerTiles> layer(int node) {
        return layers.stream().filter(layer -> layer.layer() == node).findFirst();
    }

    /** Number of tiles. */
    public int tiles() {
        return assignments.size();
    }

    /** Cells that hold weights. */
    public long cellsUsed() {
        return layers.stream().mapToLong(LayerTiles::cellsUsed).sum();
    }

    /** Used cells over cells of all tiles, 0 to 1; 0 if nothing is on tiles. */
    public double utilisation() {
        double cells = layers.stream()
                .mapToDouble(layer -> (double) layer.tiles() * layer.tileRows() * layer.tileColumns())
                .sum();
        return cells == 0 ? 0 : cellsUsed() / cells;
    }
}
