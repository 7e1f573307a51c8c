/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import io.synaptile.devices.CellModel;

/**
 * A pair of cells that both leave the middle of the range, in opposite directions.
 *
 * <pre>
 *   j  = clamp(rint(w M / fullScale), -M, M)
 *   c+ = floor((M + j + 1) / 2),   c- = c+ - j,   each cut into slices
 *   w' = (fullScale / M) sum over k of 2^(k b) (c+_k - c-_k)
 * </pre>
 *
 * <p>Where M + j is odd the half step goes to the positive cell, so that the pair needs no more levels than one-sided pairs.
 * As there, a cell is worth 0 at Gmin. Column order: {@code plane * slices + slice}, plane 0 positive.
 *
 * <p>Source: the two-sided balanced cores of CrossSim, {@code G = Gmid ± w (Gmax - Gmin) / (2 wmax)}; the half step is ours.
 */
public final class TwoSidedPair implements WeightCodec {
    private final float fullScale;
    private final int steps;
    private final Slices slices;
    private final LinearCode code;

    /**
     * A codec for one layer.
     *
     * @param fullScale weight at M steps, above 0
     * @param steps M, 1 to 2^16 - 1
     */
    public TwoSidedPair(float fullScale, int steps, CellModel cell) {
        DifferentialPair.requireFullScale(fullScale);
        DifferentialPair.requireSteps(steps);
        this.fullScale = fullScale;
        this.steps = steps;
        this.slices = Slices.of(steps, cell);
        this.code = slices.code(cell);
    }

    @Override
    public String id() {
        return CodecKind.DIFFERENTIAL_TWO_SIDED.id();
    }

    @Override
    public int columnsPerWeight() {
        return 2 * slices.count();
    }

    @Override
    public void encode(float[] weights, float[][] targets) {
        double stepsPerUnit = steps / (double) fullScale;
        for (int i = 0; i < weights.length; i++) {
            int j = (int) Math.clamp(Math.rint(weights[i] * stepsPerUnit), -steps, steps);
            int positive = steps + j + 1 >> 1;
            for (int k = 0; k < slices.count(); k++) {
                targets[k][i] = code.target(slices.digit(positive, k));
                targets[slices.count() + k][i] = code.target(slices.digit(positive - j, k));
            }
        }
    }

    @Override
    public float[] columnGain() {
        float[] gain = new float[columnsPerWeight()];
        for (int k = 0; k < slices.count(); k++) {
            gain[k] = slices.significance(k);
            gain[slices.count() + k] = -gain[k];
        }
        return gain;
    }

    @Override
    public float cellValue(float microsiemens) {
        return (float) (code.code(microsiemens) * fullScale / steps);
    }

    @Override
    public float valuePerMicrosiemens() {
        return (float) (code.codesPerMicrosiemens() * fullScale / steps);
    }
}
