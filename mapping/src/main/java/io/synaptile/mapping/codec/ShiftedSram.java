/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import io.synaptile.devices.CellModel;

/**
 * Weights as digital words whose sum is scaled by a power of two.
 *
 * <pre>
 *   c = clamp(rint(w / (2^shift u)) + 2^(bits-1), 0, 2^bits - 1),    w' = 2^shift u (c - 2^(bits-1)),   u = 2^(1-bits)
 * </pre>
 *
 * <p>The word is two's complement with its sign bit inverted, so weights reach from {@code -2^shift} to one step below
 * {@code 2^shift}. The k-bit quantiser's levels skip 0 and reach both ends, so words of k + 1 bits hold them exactly.
 *
 * <p>Source: the shift is that of G. Krishnan et al., hybrid RRAM/SRAM in-memory computing, IEEE TCAD 2022 (abstract).
 */
public final class ShiftedSram implements WeightCodec {
    private final int offset;
    private final int largest;
    private final float gain;
    private final float step;
    private final LinearCode code;

    /**
     * A codec for words of one length.
     *
     * @param bits word length, 2 to 16
     * @param shift power of two applied to the digital sum, -16 to 16
     */
    public ShiftedSram(int bits, int shift, CellModel cell) {
        if (bits < 2 || bits > 16) {
            throw new IllegalArgumentException("bits of a shifted SRAM word must be 2 to 16, got " + bits);
        }
        if (shift < -16 || shift > 16) {
            throw new IllegalArgumentException("shift must be between -16 and 16, got " + shift);
        }
        offset = 1 << bits - 1;
        largest = (1 << bits) - 1;
        gain = Math.scalb(1f, shift);
        step = 1f / offset;
        code = new LinearCode(largest, cell);
    }

    @Override
    public String id() {
        return CodecKind.SHIFTED_SRAM.id();
    }

    @Override
    public int columnsPerWeight() {
        return 1;
    }

    @Override
    public void encode(float[] weights, float[][] targets) {
        double wordsPerUnit = offset / (double) gain;
        for (int i = 0; i < weights.length; i++) {
            double word = Math.rint(weights[i] * wordsPerUnit) + offset;
            targets[0][i] = code.target((int) Math.clamp(word, 0, largest));
        }
    }

    @Override
    public float[] columnGain() {
        return new float[] {gain};
    }

    @Override
    public float cellValue(float microsiemens) {
        return (float) ((code.code(microsiemens) - offset) * step);
    }

    @Override
    public float valuePerMicrosiemens() {
        return (float) (code.codesPerMicrosiemens() * step);
    }
}
