/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

import java.util.List;
import java.util.Optional;

/**
 * Which tile holds which part of which layer.
 *
 * @param layers the layers on tiles, in network order
 * @param assignments tiles of one copy of every layer, layer by layer
 * @param placement where the tiles of all copies are on the chip
 */
public record TilePlan(List<LayerTiles> layers, List<TileAssignment> assignments, ChipPlacement placement) {
    public TilePlan {
        layers = List.copyOf(layers);
        assignments = List.copyOf(assignments);
    }

    /** A plan of whole layers. */
    static TilePlan of(List<LayerTiles> layers, ChipPlacement placement) {
        return new TilePlan(
                layers,
                layers.stream().flatMap(layer -> layer.assignments().stream()).toList(),
                placement);
    }

    /** The tiles of a node, empty if it is not on tiles. */
    public Optional<LayerTiles> layer(int node) {
        return layers.stream().filter(layer -> layer.layer() == node).findFirst();
    }

    /** How often the chip has a layer; 1 for one that is not on tiles. */
    public int copies(int node) {
        return layer(node).map(LayerTiles::copies).orElse(1);
    }

    /** Number of tiles, copies included. */
    public int tiles() {
        return placement.places().size();
    }

    /** Cells that hold weights, copies included. */
    public long cellsUsed() {
        return layers.stream()
                .mapToLong(layer -> layer.copies() * layer.cellsUsed())
                .sum();
    }

    /** Used cells over cells of all tiles, 0 to 1; 0 if nothing is on tiles. */
    public double utilisation() {
        double cells = layers.stream()
                .mapToDouble(layer -> layer.copies() * layer.tiles() * layer.cellsPerTile())
                .sum();
        return cells == 0 ? 0 : cellsUsed() / cells;
    }
}
