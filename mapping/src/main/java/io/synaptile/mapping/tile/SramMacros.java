/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.codec.CrossbarLayout;
import io.synaptile.mapping.codec.SramBranch;
import io.synaptile.sim.network.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * How the SRAM words of one layer are cut into digital macros, along the same matrix as the tiles of its cells.
 *
 * @param assignments macros that store at least one word; {@code cellsUsed} counts bits
 * @param outputs output channels or features with at least one stored word
 */
public record SramMacros(List<TileAssignment> assignments, int outputs) {
    public SramMacros {
        assignments = List.copyOf(assignments);
    }

    /**
     * Cuts a layer.
     *
     * @param macro size of a macro, its columns in bits
     * @throws IllegalArgumentException naming the layer if a word does not fit a macro
     */
    public static SramMacros of(Network.Node node, SramBranch branch, TileSize macro) {
        CrossbarLayout layout = CrossbarLayout.of(node);
        LayerTiles grid = new LayerTiles(
                node.id(),
                node.name(),
                new CutMatrix(layout.rows(), layout.outputs(), 1),
                new Columns(branch.bitsPerWord(), 0),
                macro,
                1);
        boolean[] stored = branch.stored();
        boolean[] used = new boolean[layout.outputs()];
        List<TileAssignment> macros = new ArrayList<>();
        for (TileAssignment part : grid.assignments()) {
            long words = 0;
            for (int row = part.firstRow(); row < part.firstRow() + part.rows(); row++) {
                for (int o = part.firstOutput(); o < part.firstOutput() + part.outputs(); o++) {
                    int word = layout.weightIndex(row, o);
                    if (word >= 0 && stored[word]) {
                        words++;
                        used[o] = true;
                    }
                }
            }
            if (words > 0) {
                macros.add(part.using(words * branch.bitsPerWord()));
            }
        }
        int outputs = 0;
        for (boolean output : used) {
            outputs += output ? 1 : 0;
        }
        return new SramMacros(macros, outputs);
    }
}
