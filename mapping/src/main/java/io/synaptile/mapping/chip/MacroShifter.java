/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.mapping.codec.SramBranch;
import io.synaptile.mapping.codec.SumRounding;
import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.sim.compute.ConverterErrors;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.text.message.RefusedException;
import java.util.Arrays;

/**
 * The shifter behind every SRAM macro, which drops the low bits of the sum of a read, in the terms of a plan: a converter of
 * the plane of words.
 *
 * <pre>
 *   n = sum of words over their step u,   result = u 2^s floor(n / 2^s)             shifted right by s, FLOOR
 *                                         result = u 2^s floor(n / 2^s + 1/2)       NEAREST
 * </pre>
 *
 * <p>The converter rounds to the nearest code, and halves to even; an offset of {@code -1/2 + e} or {@code e} codes turns that into the
 * above, e being half of the smallest part of a code that a sum can have: whole numbers of words, and inputs of
 * {@value #INPUT_PARTS}th parts from pooling. All of this is exact in single precision, or refused.
 *
 * @param converter of the plane of words
 * @param offset of that converter, in codes
 */
record MacroShifter(SynapsePlan.Converter converter, float offset) {
    /** Fractional inputs that are told from whole numbers: pooled spikes. */
    private static final int INPUT_PARTS = 16;

    /** Spikes that two layers send to one row. */
    private static final int LARGEST_INPUT = 2;

    private static final int FLOAT_BITS = 24;

    /**
     * The shifters of a layer.
     *
     * @param branch whose sums lose bits
     * @param rows of the fullest macro
     * @throws IllegalArgumentException if single precision cannot hold such sums
     */
    static MacroShifter of(SramBranch branch, int rows) {
        double parts = Math.scalb((double) INPUT_PARTS, -branch.shift());
        float step = Math.scalb(branch.wordStep(), -branch.shift());
        double most = Math.ceil(LARGEST_INPUT * rows / (double) step);
        if (2 * most * 2 * parts > Math.scalb(1d, FLOAT_BITS)) {
            throw RefusedException.of(
                    HardwareProperty.SRAM_ROUNDING,
                    " must be exact for words of " + branch.bits() + " bits on macros of " + rows
                            + " rows, whose sums single precision does not hold to the last bit");
        }
        SynapsePlan.Converter converter = new SynapsePlan.Converter((float) (-most * step), step, 2 * (int) most + 1);
        double early = branch.rounding() == SumRounding.FLOOR ? 0.5 : 0;
        return new MacroShifter(converter, (float) (0.5 / parts - early));
    }

    /**
     * Converters with those of the words.
     *
     * @param others of the planes before, or null
     * @param planes of the layer, of which the last is that of the words
     */
    SynapsePlan.Converter[] among(SynapsePlan.Converter[] others, int planes) {
        SynapsePlan.Converter[] all = others == null ? new SynapsePlan.Converter[planes] : others.clone();
        all[planes - 1] = converter;
        return all;
    }

    /**
     * Errors of converters with the offset of the words' ones.
     *
     * @param others of the planes before, or null
     */
    ConverterErrors among(ConverterErrors others, int planes, int rowTiles, int outputs) {
        int columns = rowTiles * planes * outputs;
        float[] gain = others == null ? new float[columns] : others.gain().clone();
        if (others == null) {
            Arrays.fill(gain, 1f);
        }
        float[] offsets = others == null ? new float[columns] : others.offset().clone();
        int[] table =
                others == null || others.table() == null ? null : others.table().clone();
        int[][] codes = table == null ? null : Arrays.copyOf(others.codes(), others.codes().length + 1);
        if (table != null) {
            codes[codes.length - 1] = new int[converter.codes()];
            Arrays.setAll(codes[codes.length - 1], code -> code);
        }
        for (int tile = 0; tile < rowTiles; tile++) {
            int first = (tile * planes + planes - 1) * outputs;
            Arrays.fill(gain, first, first + outputs, 1f);
            Arrays.fill(offsets, first, first + outputs, offset);
            if (table != null) {
                Arrays.fill(table, first, first + outputs, codes.length - 1);
            }
        }
        return new ConverterErrors(gain, offsets, table, codes);
    }
}
