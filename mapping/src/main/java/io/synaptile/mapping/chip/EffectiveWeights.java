/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.mapping.codec.CrossbarLayout;
import io.synaptile.mapping.codec.SramBranch;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.network.Network;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the layers of one chip, the first copy of each, are worth as plain weights, where reads are exact and nothing is
 * converted.
 */
public final class EffectiveWeights {
    private EffectiveWeights() {}

    /**
     * Weights of every synapse layer, canonical order, by node id: programmed cells with the SRAM words beside them, and
     * stored digital words.
     */
    public static Map<Integer, float[]> of(ChipDesign design, ChipInstance chip) {
        Map<Integer, float[]> weights = new TreeMap<>();
        for (Network.Node node : design.network().synapses()) {
            Optional<LayerTiles> tiles = design.tiles().layer(node.id());
            weights.put(
                    node.id(),
                    tiles.isPresent()
                            ? onTiles(design, chip, node)
                            : DigitalWeights.stored(design.weights().get(node.id()), design.hardware()));
        }
        return weights;
    }

    private static float[] onTiles(ChipDesign design, ChipInstance chip, Network.Node node) {
        CrossbarLayout layout = CrossbarLayout.of(node);
        float[] matrix = layout.toMatrix(design.weights().get(node.id()).values());
        ProgrammedLayer cells = chip.layers().get(node.id());
        design.codecs().get(node.id()).decode(cells.seen(cells.held()), matrix, matrix);
        float[] weights = layout.fromMatrix(matrix);
        SramBranch sram = design.sram().get(node.id());
        if (sram != null) {
            for (int i = 0; i < weights.length; i++) {
                weights[i] = sram.rramGain() * weights[i] + sram.gain() * sram.words()[i];
            }
        }
        return weights;
    }
}
