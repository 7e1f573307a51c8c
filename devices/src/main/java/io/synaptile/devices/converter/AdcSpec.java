/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.converter;

/**
 * An ideal uniform converter.
 *
 * <pre>
 *   code = clamp(rint((x - low) / step), 0, 2^bits - 1),  x' = low + code step,  step = (high - low) / (2^bits - 1)
 * </pre>
 *
 * <p>Rounding is half to even; inputs outside the range saturate. All arithmetic is in float, as in the kernels.
 *
 * @param bits resolution, 1 to 16
 * @param low input of code 0
 * @param high input of the last code, above {@code low}
 */
public record AdcSpec(int bits, float low, float high) {
    public AdcSpec {
        if (bits < 1 || bits > 16) {
            throw new IllegalArgumentException("ADC bits must be between 1 and 16, got " + bits);
        }
        if (!(low < high) || Float.isInfinite(low) || Float.isInfinite(high)) {
            throw new IllegalArgumentException("ADC range must be finite with low < high, got " + low + " to " + high);
        }
        if (!((high - low) / ((1 << bits) - 1) > 0f)) {
            throw new IllegalArgumentException(
                    "ADC range " + low + " to " + high + " is too narrow for " + bits + " bits");
        }
    }

    /** Number of codes, {@code 2^bits}. */
    public int codes() {
        return 1 << bits;
    }

    /** Input per code (least significant bit). */
    public float step() {
        return (high - low) / (codes() - 1);
    }

    /** Code of an input, 0 to {@code codes() - 1}. */
    public int code(float input) {
        return (int) Math.clamp(Math.rint((input - low) / step()), 0, codes() - 1);
    }

    /** Input that a code stands for. */
    public float value(int code) {
        return low + code * step();
    }

    /** What remains of an input after conversion. */
    public float quantise(float input) {
        return value(code(input));
    }

    /**
     * Resolution that digitises every possible column sum of binary inputs exactly, {@code ceil(log2(a (2^c - 1) + 1))}.
     *
     * <p>For 128 rows and 2 bits per cell this is 9 bits, the converter width of ISAAC before its encoding trick
     * (A. Shafiee et al., ISCA 2016).
     *
     * @param activeRows a, rows that may be driven at once, at least 1
     * @param cellBits c, bits per cell, 1 to 8
     */
    public static int bitsForExactSum(int activeRows, int cellBits) {
        if (activeRows < 1 || cellBits < 1 || cellBits > 8) {
            throw new IllegalArgumentException(
                    "exact column sums need at least 1 active row and 1 to 8 bits per cell, got " + activeRows + " and "
                            + cellBits);
        }
        long largestSum = activeRows * ((1L << cellBits) - 1);
        return Long.SIZE - Long.numberOfLeadingZeros(largestSum);
    }
}
