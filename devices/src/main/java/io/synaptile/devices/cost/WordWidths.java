/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

/**
 * Word widths that unit energies depend on, in bits.
 *
 * @param adc resolution of the column converter
 * @param sum accumulators, shift-adders and partial sums
 * @param membrane membrane potential
 * @param sramWord stored word of a digital SRAM macro
 */
public record WordWidths(int adc, int sum, int membrane, int sramWord) {
    /** Widest word that is accepted. */
    public static final int MAX_BITS = 64;

    public WordWidths {
        require("adc", adc);
        require("sum", sum);
        require("membrane", membrane);
        require("sram word", sramWord);
    }

    /** A converter of some bits with 16-bit sums and membranes and 4-bit SRAM words. */
    public static WordWidths ofAdc(int adcBits) {
        return new WordWidths(adcBits, 16, 16, 4);
    }

    /** The same with SRAM words of another width; 0 stands for single-precision floats. */
    public WordWidths withSramWord(int bits) {
        return new WordWidths(adc, sum, membrane, bits == 0 ? Float.SIZE : bits);
    }

    /** The same with converters of another resolution. */
    public WordWidths withAdc(int bits) {
        return new WordWidths(bits, sum, membrane, sramWord);
    }

    private static void require(String name, int bits) {
        if (bits < 1 || bits > MAX_BITS) {
            throw new IllegalArgumentException(
                    name + " width must be between 1 and " + MAX_BITS + " bits, got " + bits);
        }
    }

    /** Width an event depends on, or 0 if it depends on none. */
    int of(EnergyEvent event) {
        return switch (event.width()) {
            case NONE -> 0;
            case ADC -> adc;
            case SUM -> sum;
            case MEMBRANE -> membrane;
            case SRAM_WORD -> sramWord;
        };
    }
}
