/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import io.synaptile.devices.CellModel;
import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.text.message.RefusedException;
import java.util.Optional;

/**
 * Sign-magnitude weights on a positive and a negative column, each cut into bit slices.
 *
 * <pre>
 *   j   = min(rint(|w| M / fullScale), M)        whole steps, half to even
 *   j   = sum over k of c_k 2^(k b)              slice k holds b bits, least significant first
 *   w'  = (fullScale / M) sum over k of 2^(k b) (c_k of the positive column - c_k of the negative column)
 * </pre>
 *
 * <p>The column that does not carry the sign stays at code 0, that is at Gmin. A cell is worth 0 at Gmin; physically the
 * difference of the two columns removes what Gmin conducts. With a single slice code M is at Gmax, with several, and
 * wherever the codec is bit-sliced, code {@code 2^b - 1} is. A grid of M steps is read back exactly where fullScale / M is a power of two, else to float rounding.
 *
 * <p>Column order: {@code plane * slices + slice}, plane 0 positive.
 *
 * <p>Source: the usual differential encoding with bit slicing, for example A. Shafiee et al., ISAAC, ISCA 2016, section V
 * (slices); sign-magnitude with one column at Gmin is our choice.
 */
public final class DifferentialPair implements WeightCodec {
    private static final int PLANES = 2;
    /** Widest magnitude; keeps steps times slices exact in float. */
    static final int MAX_MAGNITUDE_BITS = 16;

    private final float fullScale;
    private final int steps;
    private final int cellBits;
    private final int slices;
    private final LinearCode code;
    private final CodecKind kind;

    /**
     * A codec for cells of one kind, whose last step is at Gmax where one slice holds all of them.
     *
     * @param fullScale weight at M steps, above 0
     * @param steps M, 1 to 2^16 - 1
     * @param cellBits b, bits of one slice, at least 1
     * @throws IllegalArgumentException if the cell has too few levels for a slice
     */
    public DifferentialPair(float fullScale, int steps, int cellBits, CellModel cell) {
        this(CodecKind.DIFFERENTIAL_PAIR, fullScale, steps, cellBits, cell);
    }

    private DifferentialPair(CodecKind kind, float fullScale, int steps, int cellBits, CellModel cell) {
        requireFullScale(fullScale);
        int magnitudeBits = requireSteps(steps);
        if (cellBits < 1) {
            throw RefusedException.mustBe(HardwareProperty.CELL_BITS, "at least 1", cellBits);
        }
        this.fullScale = fullScale;
        this.steps = steps;
        this.cellBits = Math.min(cellBits, magnitudeBits);
        this.slices = Math.ceilDiv(magnitudeBits, this.cellBits);
        boolean wholeRange = slices == 1 && kind == CodecKind.DIFFERENTIAL_PAIR;
        this.code = new LinearCode(wholeRange ? steps : (1 << this.cellBits) - 1, cell);
        this.kind = kind;
    }

    /**
     * Pairs of binary digits: code {@code 2^b - 1} is at Gmax in every slice, the only one too, so that a digit has the same
     * conductance whatever the grid of the weights is.
     */
    static DifferentialPair bitSliced(float fullScale, int steps, int cellBits, CellModel cell) {
        return new DifferentialPair(CodecKind.BIT_SLICED, fullScale, steps, cellBits, cell);
    }

    /** Bits that number the steps of a magnitude; refuses more than a float sum holds exactly. */
    static int requireSteps(int steps) {
        int magnitudeBits = Integer.SIZE - Integer.numberOfLeadingZeros(steps);
        if (steps < 1 || magnitudeBits > MAX_MAGNITUDE_BITS) {
            throw new IllegalArgumentException("weight steps must be 1 to 65535, got " + steps);
        }
        return magnitudeBits;
    }

    static void requireFullScale(float fullScale) {
        if (!(fullScale > 0f) || Float.isInfinite(fullScale)) {
            throw new IllegalArgumentException("full scale of the weights must be above 0, got " + fullScale);
        }
    }

    @Override
    public String id() {
        return kind.id();
    }

    /** Slices of one column of the pair. */
    public int slices() {
        return slices;
    }

    @Override
    public int columnsPerWeight() {
        return PLANES * slices;
    }

    /** Number of weights whose magnitude exceeds full scale and is cut. */
    public long saturated(float[] weights) {
        long count = 0;
        for (float weight : weights) {
            count += Math.abs(weight) > fullScale ? 1 : 0;
        }
        return count;
    }

    @Override
    public void encode(float[] weights, float[][] targets) {
        double stepsPerUnit = steps / (double) fullScale;
        int mask = (1 << cellBits) - 1;
        float off = code.target(0);
        for (int i = 0; i < weights.length; i++) {
            int magnitude = (int) Math.min(Math.rint(Math.abs(weights[i]) * stepsPerUnit), steps);
            int carrying = weights[i] < 0f ? slices : 0;
            for (int k = 0; k < slices; k++) {
                int digit = slices == 1 ? magnitude : magnitude >> k * cellBits & mask;
                targets[carrying + k][i] = code.target(digit);
                targets[slices - carrying + k][i] = off;
            }
        }
    }

    @Override
    public float[] columnGain() {
        float[] gain = new float[columnsPerWeight()];
        for (int k = 0; k < slices; k++) {
            gain[k] = Math.scalb(1f, k * cellBits);
            gain[slices + k] = -gain[k];
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

    /**
     * The encoding as numbers.
     *
     * @param ownScale whether full scale is that of the weights written, and not the one of this codec
     */
    PairCode numbers(boolean ownScale) {
        return new PairCode(
                ownScale ? Optional.empty() : Optional.of(fullScale),
                steps,
                cellBits,
                slices,
                code.targets(),
                code.codesPerMicrosiemens(),
                code.tolerance());
    }
}
