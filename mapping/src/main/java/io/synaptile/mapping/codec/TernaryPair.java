/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import io.synaptile.devices.CellModel;

/**
 * Weights -a, 0, a on two cells that are either off (Gmin) or on (Gmax): (off, off) is 0, (on, off) is a, (off, on) is -a.
 *
 * <p>Other weights go to the nearest of the three, a/2 to 0. Column order: positive, negative.
 *
 * <p>Source: differential 2T2R ternary synapse of A. Laborieux et al. 2020, with multiplicative read-out by two columns
 * instead of their pre-charge sense amplifier.
 */
public final class TernaryPair implements WeightCodec {
    private final float magnitude;
    private final LinearCode code;

    /**
     * A codec for one layer.
     *
     * @param magnitude a, above 0
     */
    public TernaryPair(float magnitude, CellModel cell) {
        DifferentialPair.requireFullScale(magnitude);
        this.magnitude = magnitude;
        this.code = new LinearCode(1, cell);
    }

    @Override
    public String id() {
        return CodecKind.TERNARY_PAIR.id();
    }

    @Override
    public int columnsPerWeight() {
        return 2;
    }

    @Override
    public void encode(float[] weights, float[][] targets) {
        float half = 0.5f * magnitude;
        for (int i = 0; i < weights.length; i++) {
            targets[0][i] = code.target(weights[i] > half ? 1 : 0);
            targets[1][i] = code.target(weights[i] < -half ? 1 : 0);
        }
    }

    @Override
    public float[] columnGain() {
        return new float[] {1f, -1f};
    }

    @Override
    public float cellValue(float microsiemens) {
        return (float) (code.code(microsiemens) * magnitude);
    }

    @Override
    public float valuePerMicrosiemens() {
        return (float) (code.codesPerMicrosiemens() * magnitude);
    }
}
