/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import io.synaptile.devices.CellModel;
import java.util.Optional;

/**
 * One column per bit and no second column for negative weights: 2^m is added to these, and digital logic subtracts it again
 * for every driven input that a mask of one bit per weight marks.
 *
 * <pre>
 *   j  = clamp(rint(w M / fullScale), -M, M),   m bits number M,   n = j where j >= 0, else j + 2^m
 *   w' = (fullScale / M) (sum over k of 2^k (c_k + g) - g (2^m - 1) - [j &lt; 0] 2^m),   c_k bit k of n at Gmin or Gmax
 * </pre>
 *
 * <p>A column carries all its current, g is that of Gmin in codes; it is counted and subtracted with the mask. The cell's
 * levels between the two ends stay unused.
 *
 * <p>Source: the released inference engine of SpikeSim (A. Moitra et al., IEEE TCAD 2023), which stores
 * {@code w + 2^(bits-1)}; taking Gmin out is ours.
 */
public final class BinaryPlanes implements WeightCodec {
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
    public BinaryPlanes(float fullScale, int steps, CellModel cell) {
        DifferentialPair.requireFullScale(fullScale);
        int bits = DifferentialPair.requireSteps(steps);
        this.fullScale = fullScale;
        this.steps = steps;
        this.slices = Slices.of((1 << bits) - 1, 1);
        this.code = slices.code(cell);
    }

    @Override
    public String id() {
        return CodecKind.BINARY_PLANES.id();
    }

    @Override
    public int columnsPerWeight() {
        return slices.count();
    }

    @Override
    public int maskBits() {
        return 1;
    }

    private int step(float weight) {
        return (int) Math.clamp(Math.rint(weight * (steps / (double) fullScale)), -steps, steps);
    }

    /** What is added to a negative weight, 2^m. */
    private int shift() {
        return slices.max() + 1;
    }

    @Override
    public void encode(float[] weights, float[][] targets) {
        for (int i = 0; i < weights.length; i++) {
            int j = step(weights[i]);
            int number = j < 0 ? j + shift() : j;
            for (int k = 0; k < slices.count(); k++) {
                targets[k][i] = code.target(number >> k & 1);
            }
        }
    }

    @Override
    public float[] columnGain() {
        float[] gain = new float[slices.count()];
        for (int k = 0; k < gain.length; k++) {
            gain[k] = slices.significance(k);
        }
        return gain;
    }

    @Override
    public Optional<float[]> counted(float[] weights) {
        float[] subtracted = new float[weights.length];
        double pedestal = code.pedestal() * slices.ones();
        for (int i = 0; i < weights.length; i++) {
            subtracted[i] = (float) (-(pedestal + (step(weights[i]) < 0 ? shift() : 0)) * fullScale / steps);
        }
        return Optional.of(subtracted);
    }

    @Override
    public float cellValue(float microsiemens) {
        return (float) ((code.code(microsiemens) + code.pedestal()) * fullScale / steps);
    }

    @Override
    public float valuePerMicrosiemens() {
        return (float) (code.codesPerMicrosiemens() * fullScale / steps);
    }
}
