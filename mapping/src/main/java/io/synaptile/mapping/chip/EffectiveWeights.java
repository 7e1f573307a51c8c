/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.mapping.codec.CrossbarLayout;
import io.synaptile.mapping.codec.SramBranch;
import io.synaptile.mapping.codec.WeightCodec;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the layers of one chip, the first copy of each, are worth as plain weights, where reads are exact and nothing is
 * converted.
 */
public final class EffectiveWeights {
    /** What single precision leaves of a difference of equal conductances, as a share of full scale; below one step of 16 bits. */
    static final float ROUNDING = 2e-6f;

    private EffectiveWeights() {}

    /**
     * Which weights of a layer are not 0 as they are written: on the steps of codec and cell where all cells reach their
     * targets, with the SRAM words beside them, or in digital words. The same for all chips.
     *
     * @return one entry per weight, canonical order
     */
    public static boolean[] nonZero(ChipDesign design, int layer) {
        Network.Node node = design.network().node(layer);
        boolean tiled = design.tiles().layer(layer).isPresent();
        float[] written = tiled
                ? onTiles(design, node, design.targets(layer))
                : DigitalWeights.stored(design.weights().get(layer), design.hardware());
        float zero = tiled ? ROUNDING * design.weights().get(layer).fullScale() : 0f;
        boolean[] nonZero = new boolean[written.length];
        for (int i = 0; i < nonZero.length; i++) {
            nonZero[i] = Math.abs(written[i]) > zero;
        }
        return nonZero;
    }

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
                            ? onTiles(design, node, seen(chip, node))
                            : DigitalWeights.stored(design.weights().get(node.id()), design.hardware()));
        }
        return weights;
    }

    /** Biases that rows of the first copy of their layer hold, and no others, under the names that they have in the network. */
    public static Parameters biases(ChipDesign design, ChipInstance chip) {
        Map<ParameterId, float[]> biases = new TreeMap<>();
        design.biases().forEach((layer, rows) -> {
            Network.Node node = design.network().node(layer);
            float[] matrix = decoded(design, node, seen(chip, node));
            float[] sums = new float[rows.values()[0].length];
            for (int i = matrix.length - rows.count() * sums.length; i < matrix.length; i++) {
                sums[i % sums.length] += rows.factor() * matrix[i];
            }
            biases.put(new ParameterId(rows.node(), Role.BIAS), sums);
        });
        return Parameters.of(biases);
    }

    /** What the cells of a layer hold, in units of the weight, {@code [rows, outputs]}. */
    private static float[] decoded(ChipDesign design, Network.Node node, float[][] conductances) {
        float[] matrix = design.matrix(node.id());
        design.codecs().get(node.id()).decode(conductances, matrix, matrix);
        LayerTiles tiles = design.tiles().layer(node.id()).orElseThrow();
        if (tiles.pattern().isPresent()) {
            boolean[] there = Crossings.of(tiles);
            for (int i = 0; i < matrix.length; i++) {
                matrix[i] = there[i] ? matrix[i] : 0f;
            }
        }
        return matrix;
    }

    /** Where a matrix has weights that are not 0, neither as they are nor as cells that reach their targets hold them. */
    static boolean[] written(float[] matrix, WeightCodec codec, float fullScale) {
        float[][] targets = new float[codec.planes()][matrix.length];
        codec.encode(matrix, targets);
        float[] held = matrix.clone();
        codec.decode(targets, held, held);
        boolean[] written = new boolean[matrix.length];
        for (int i = 0; i < written.length; i++) {
            written[i] = matrix[i] != 0f && Math.abs(held[i]) > ROUNDING * fullScale;
        }
        return written;
    }

    private static float[][] seen(ChipInstance chip, Network.Node node) {
        ProgrammedLayer cells = chip.layers().get(node.id());
        return cells.seen(cells.held());
    }

    private static float[] onTiles(ChipDesign design, Network.Node node, float[][] conductances) {
        CrossbarLayout layout = CrossbarLayout.of(node);
        float[] matrix = decoded(design, node, conductances);
        LayerTiles tiles = design.tiles().layer(node.id()).orElseThrow();
        float[] whole = new float[layout.rows() * layout.outputs()];
        for (int row = 0; row < tiles.inputRows(); row++) {
            System.arraycopy(
                    matrix, row * layout.outputs(), whole, tiles.source(row) * layout.outputs(), layout.outputs());
        }
        float[] weights = layout.fromMatrix(whole);
        SramBranch sram = design.sram().get(node.id());
        if (sram != null) {
            for (int i = 0; i < weights.length; i++) {
                weights[i] = sram.rramGain() * weights[i] + sram.gain() * sram.words()[i];
            }
        }
        return weights;
    }
}
