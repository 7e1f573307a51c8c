/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import io.synaptile.devices.CellModel;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Effective weights of a layer after one programming of its cells: encode, program, decode. Variation-aware training draws
 * its variation here, so that it meets the same codec and cells as deployment, and columns that a tile has once for all
 * outputs are programmed once here too.
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
    private final int inputs;
    private final int outputsPerTile;

    /**
     * Scratch memory for a layer of one output.
     *
     * @param weights number of weights of the layer
     */
    public WeightVariation(WeightCodec codec, CellModel cell, int weights) {
        this(_ -> codec, codec, false, cell, weights, weights, 1);
    }

    private WeightVariation(
            Function<float[], WeightCodec> codecs,
            WeightCodec sample,
            boolean ownScale,
            CellModel cell,
            int weights,
            int inputs,
            int outputsPerTile) {
        this.codecs = codecs;
        this.sample = sample;
        this.ownScale = ownScale;
        this.cell = Objects.requireNonNull(cell);
        this.conductances = new float[sample.planes()][weights];
        this.inputs = inputs;
        this.outputsPerTile = outputsPerTile;
    }

    /** The variation of a layer of one output on a grid. */
    public static WeightVariation onGrid(
            WeightCodecProvider kind, WeightGrid grid, CellModel cell, int weightBits, int weights) {
        return onGrid(kind, grid, cell, weightBits, weights, 1, Integer.MAX_VALUE);
    }

    /**
     * The variation of a layer on a grid. Where the scale of the grid is the layer's own, it is that of the weights drawn.
     *
     * @param weightBits bits of the magnitude of unquantised weights
     * @param inputs weights of one output, the fan-in
     * @param outputs outputs of the layer
     * @param tileColumns physical columns of one tile
     * @throws IllegalArgumentException if the cell does not suit the codec
     */
    public static WeightVariation onGrid(
            WeightCodecProvider kind,
            WeightGrid grid,
            CellModel cell,
            int weightBits,
            int inputs,
            int outputs,
            int tileColumns) {
        int weights = inputs * outputs;
        WeightCodec blank = kind.codec(new LayerWeights(new float[weights], grid), cell, weightBits);
        return new WeightVariation(
                grid.ownScale() ? values -> kind.codec(new LayerWeights(values, grid), cell, weightBits) : _ -> blank,
                blank,
                grid.ownScale(),
                cell,
                weights,
                inputs,
                Math.max(1, (tileColumns - blank.columnsPerTile()) / blank.columnsPerWeight()));
    }

    /**
     * Draws one set of effective weights. Columns are programmed one after the other, each in the order of the weights.
     *
     * @param weights weights to write, output by output
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
        for (int p = 0; p < codec.columnsPerWeight(); p++) {
            cell.program(conductances[p], conductances[p], random);
        }
        for (int p = codec.columnsPerWeight(); p < conductances.length; p++) {
            programOncePerTile(conductances[p], random);
        }
        codec.decode(conductances, weights, effective);
    }

    /** Programs the cells of the first output of every tile, and gives them to its others. */
    private void programOncePerTile(float[] column, RandomGenerator random) {
        float[] own = new float[inputs];
        int outputs = column.length / inputs;
        for (int first = 0; first < outputs; first += outputsPerTile) {
            System.arraycopy(column, first * inputs, own, 0, inputs);
            cell.program(own, own, random);
            int end = Math.min(outputs - first, outputsPerTile) + first;
            for (int o = first; o < end; o++) {
                System.arraycopy(own, 0, column, o * inputs, inputs);
            }
        }
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
