/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import io.synaptile.devices.CellModel;
import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.text.message.RefusedException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Weights shifted to be positive, one column per slice, and a reference that takes the shift back.
 *
 * <pre>
 *   c  = clamp(rint((w / fullScale + 1) C / 2), 0, C)
 *   w' = (2 fullScale / C) sum over k of 2^(k b) (c_k + g - r_k),    g = Gmin in codes
 * </pre>
 *
 * <p>C is 2M for a grid of M steps, or M where its levels are all odd steps. A column carries all its current, that of Gmin
 * too. What is subtracted depends on the kind:
 *
 * <ul>
 *   <li>{@code offset-column}: digital logic counts the driven rows and subtracts {@code C / 2} and Gmin for each; exact.
 *   <li>{@code unit-column}: one more column per slice and tile holds the digits of {@code C / 2} on every row. It is
 *       programmed, read and converted like the others, and its errors are common to all outputs of the tile.
 *   <li>{@code dummy-column}: the same, every cell in the middle of the codes that its slice uses, so that the columns of a
 *       zero weight and of the dummy carry the same current.
 * </ul>
 *
 * <p>Middles of slices add up to {@code C / 2} only if C + 1 is a power of two: weights of even grids need a cell that holds
 * all codes. Unquantised weights go to the odd steps then.
 *
 * <p>Sources: digital offset and unit column as in CrossSim (the latter after A. Shafiee et al., ISAAC, ISCA 2016, section V);
 * dummy column at mid-conductance as in NeuroSim.
 */
public final class OffsetColumn implements WeightCodec {
    private final CodecKind kind;
    private final float fullScale;
    private final Slices slices;
    private final LinearCode code;
    private final double step;

    /**
     * A codec for one layer.
     *
     * @param kind which of the three references
     * @param fullScale largest weight, above 0
     * @param grid levels of the weights
     * @param weightBits bits of the magnitude where there are no levels
     * @throws IllegalArgumentException if a dummy column cannot stand for the middle of the slices
     */
    static OffsetColumn of(CodecKind kind, float fullScale, WeightGrid grid, int weightBits, CellModel cell) {
        DifferentialPair.requireFullScale(fullScale);
        int steps = grid.steps(weightBits);
        DifferentialPair.requireSteps(steps);
        boolean free = grid instanceof WeightGrid.None && kind == CodecKind.DUMMY_COLUMN;
        int last = free ? 2 * steps + 1 : grid.oddSteps() && kind != CodecKind.UNIT_COLUMN ? steps : 2 * steps;
        OffsetColumn codec = new OffsetColumn(kind, fullScale, Slices.of(last, cell), cell);
        if (kind == CodecKind.DUMMY_COLUMN && codec.slices.count() > 1 && (last + 1 & last) != 0) {
            throw RefusedException.of(
                    HardwareProperty.CODEC,
                    " dummy-column needs a cell of at least " + (last + 1) + " levels for weights of " + (2 * steps + 1)
                            + " levels, cell '" + cell.id() + "' has " + cell.levels() + "; raise ",
                    HardwareProperty.CELL_BITS,
                    ", or take codec unit-column or offset-column");
        }
        return codec;
    }

    private OffsetColumn(CodecKind kind, float fullScale, Slices slices, CellModel cell) {
        this.kind = kind;
        this.fullScale = fullScale;
        this.slices = slices;
        this.code = slices.code(cell);
        this.step = 2.0 * fullScale / slices.max();
    }

    @Override
    public String id() {
        return kind.id();
    }

    @Override
    public int columnsPerWeight() {
        return slices.count();
    }

    @Override
    public int columnsPerTile() {
        return kind == CodecKind.OFFSET_COLUMN ? 0 : slices.count();
    }

    @Override
    public void encode(float[] weights, float[][] targets) {
        double half = slices.max() / 2.0;
        for (int i = 0; i < weights.length; i++) {
            int number = (int) Math.clamp(Math.rint((weights[i] / (double) fullScale) * half + half), 0, slices.max());
            for (int k = 0; k < slices.count(); k++) {
                targets[k][i] = code.target(slices.digit(number, k));
            }
        }
        for (int k = 0; k < columnsPerTile(); k++) {
            double reference =
                    kind == CodecKind.UNIT_COLUMN ? slices.digit(slices.max() / 2, k) : slices.largestDigit(k) / 2.0;
            Arrays.fill(targets[slices.count() + k], code.target(reference));
        }
    }

    @Override
    public float[] columnGain() {
        float[] gain = new float[planes()];
        for (int p = 0; p < gain.length; p++) {
            float significance = slices.significance(p % slices.count());
            gain[p] = p < slices.count() ? significance : -significance;
        }
        return gain;
    }

    @Override
    public Optional<float[]> counted(float[] weights) {
        if (kind != CodecKind.OFFSET_COLUMN) {
            return Optional.empty();
        }
        float[] offset = new float[weights.length];
        Arrays.fill(offset, (float) (-step * (slices.max() / 2.0 + code.pedestal() * slices.ones())));
        return Optional.of(offset);
    }

    @Override
    public float cellValue(float microsiemens) {
        return (float) ((code.code(microsiemens) + code.pedestal()) * step);
    }

    @Override
    public float valuePerMicrosiemens() {
        return (float) (code.codesPerMicrosiemens() * step);
    }
}
