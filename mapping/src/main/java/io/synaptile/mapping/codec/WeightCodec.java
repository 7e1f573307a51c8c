/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

/**
 * Writes a weight as the conductances of one or more cells (physical columns) and reads it back.
 *
 * <p>Codecs work cell by cell: element i of every array belongs to the same weight. Law, tested for every codec: decode of
 * encode is quantisation to the codec's grid, and with an exact cell and a grid that contains the weights it is the
 * identity.
 */
public interface WeightCodec {
    /** Name used in experiment files, for example {@code differential-pair}. */
    String id();

    /** Physical columns (cells) per weight. */
    int columnsPerWeight();

    /**
     * Target conductances of weights in [-1, 1] times full scale.
     *
     * @param weights weights; magnitudes above full scale saturate
     * @param targets receives uS, shape {@code [columnsPerWeight][weights.length]}
     */
    void encode(float[] weights, float[][] targets);

    /** Factor of each physical column in the digital sum: significance of its slice, negative for the negative column. */
    float[] columnGain();

    /** What a conductance is worth in units of the weight before its column gain; linear in the conductance. */
    float cellValue(float microsiemens);

    /** Weight units per microsiemens, the slope of {@link #cellValue}. */
    float valuePerMicrosiemens();

    /**
     * Effective weights of programmed cells.
     *
     * @param conductances uS, shape {@code [columnsPerWeight][weights.length]}
     */
    default void decode(float[][] conductances, float[] weights) {
        float[] gain = columnGain();
        for (int i = 0; i < weights.length; i++) {
            float sum = 0f;
            for (int p = 0; p < gain.length; p++) {
                sum += gain[p] * cellValue(conductances[p][i]);
            }
            weights[i] = sum;
        }
    }
}
