/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import java.util.Optional;

/**
 * Writes a weight as the conductances of one or more cells (physical columns) and reads it back.
 *
 * <p>Codecs work cell by cell: element i of every array belongs to the same weight. Law, tested for every codec: decode of
 * encode is quantisation to the codec's grid, and with an exact cell and a grid that contains the weights it is the
 * identity.
 *
 * <p>Planes of a weight are its own columns, then the columns that its tile has once for all outputs, such as a dummy column:
 * element i of such a plane is the cell on the row of weight i, the same cell for all outputs of the tile.
 */
public interface WeightCodec {
    /** Name used in experiment files, for example {@code differential-pair}. */
    String id();

    /** Physical columns (cells) per weight. */
    int columnsPerWeight();

    /** Further physical columns of every tile, whose sums all its outputs use. */
    default int columnsPerTile() {
        return 0;
    }

    /** Physical columns whose sums make up one output: its own, then those of its tile. */
    default int planes() {
        return columnsPerWeight() + columnsPerTile();
    }

    /** Bits that digital logic keeps for every weight beside its cells. */
    default int maskBits() {
        return 0;
    }

    /**
     * Target conductances of weights in [-1, 1] times full scale.
     *
     * @param weights weights; magnitudes above full scale saturate
     * @param targets receives uS, shape {@code [planes][weights.length]}
     */
    void encode(float[] weights, float[][] targets);

    /**
     * Factor of each plane in the digital sum: significance of its slice, negative for the negative column and for columns
     * that are subtracted.
     */
    float[] columnGain();

    /**
     * What digital logic adds to an output for every driven input, in units of the weight: an offset that is counted instead
     * of read. Exact, and the same on every chip. Empty where a weight is in its cells alone.
     *
     * @param weights weights that were written
     */
    default Optional<float[]> counted(float[] weights) {
        return Optional.empty();
    }

    /** What a conductance is worth in units of the weight before the gain of its column; linear in the conductance. */
    float cellValue(float microsiemens);

    /** Weight units per microsiemens, the slope of {@link #cellValue}. */
    float valuePerMicrosiemens();

    /**
     * Effective weights of programmed cells.
     *
     * @param conductances uS, shape {@code [planes][weights.length]}
     * @param written the weights that were encoded
     * @param weights receives the effective weights; may be {@code written} itself
     */
    default void decode(float[][] conductances, float[] written, float[] weights) {
        float[] gain = columnGain();
        float[] counted = counted(written).orElseGet(() -> new float[weights.length]);
        for (int i = 0; i < weights.length; i++) {
            float sum = 0f;
            for (int p = 0; p < gain.length; p++) {
                sum += gain[p] * cellValue(conductances[p][i]);
            }
            weights[i] = sum + counted[i];
        }
    }
}
