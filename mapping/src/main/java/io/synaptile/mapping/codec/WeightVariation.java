/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import io.synaptile.devices.CellModel;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Effective weights of a layer after one programming of its cells: encode, program, decode. Variation-aware training draws
 * its variation here, so that it meets the same codec and cells as deployment.
 *
 * <p>Keeps scratch memory for one layer; not thread-safe.
 */
public final class WeightVariation {
    private final Function<float[], WeightCodec> codecs;
    /** The codec of some weights. */
    private final WeightCodec sample;

    private final boolean ownScale;
    private final CellModel cell;
    private final float[][] conductances;

    /**
     * Scratch memory for one layer.
     *
     * @param weights number of weights of the layer
     */
    public WeightVariation(WeightCodec codec, CellModel cell, int weights) {
        this(_ -> codec, codec, false, cell, weights);
    }

    private WeightVariation(
            Function<float[], WeightCodec> codecs, WeightCodec sample, boolean ownScale, CellModel cell, int weights) {
        this.codecs = codecs;
        this.sample = sample;
        this.ownScale = ownScale;
        this.cell = Objects.requireNonNull(cell);
        this.conductances = new float[sample.columnsPerWeight()][weights];
    }

    /**
     * The variation of a layer on a grid. Where the scale of the grid is the layer's own, it is that of the weights drawn.
     *
     * @param weightBits bits of the magnitude of unquantised weights
     * @param weights number of weights of the layer
     * @throws IllegalArgumentException if the cell does not suit the codec
     */
    public static WeightVariation onGrid(CodecKind kind, WeightGrid grid, CellModel cell, int weightBits, int weights) {
        WeightCodec blank = kind.codec(new LayerWeights(new float[weights], grid), cell, weightBits);
        return grid.ownScale()
                ? new WeightVariation(
                        values -> kind.codec(new LayerWeights(values, grid), cell, weightBits),
                        blank,
                        true,
                        cell,
                        weights)
                : new WeightVariation(blank, cell, weights);
    }

    /**
     * Draws one set of effective weights. Columns are programmed one after the other, each in the order of the weights.
     *
     * @param weights weights to write, in any order
     * @param effective receives what the cells hold, same order; may be {@code weights} itself
     * @param random source of programming variation, owned by the caller
     * @throws IllegalArgumentException if the number of weights is not that of the layer
     */
    public void draw(float[] weights, float[] effective, RandomGenerator random) {
        if (weights.length != conductances[0].length || effective.length != weights.length) {
            throw new IllegalArgumentException("variation of a layer of " + conductances[0].length
                    + " weights asked for " + weights.length + " into " + effective.length);
        }
        WeightCodec codec = codecs.apply(weights);
        codec.encode(weights, conductances);
        for (float[] column : conductances) {
            cell.program(column, column, random);
        }
        codec.decode(conductances, effective);
    }

    /** The encoding as numbers; empty unless it is that of a differential pair. */
    public Optional<PairCode> pairCode() {
        return sample instanceof DifferentialPair pair ? Optional.of(pair.numbers(ownScale)) : Optional.empty();
    }

    /** The cells that are programmed. */
    public CellModel cell() {
        return cell;
    }
}
