/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping;

/**
 * How the converters of a chip differ.
 *
 * @param gainSd standard deviation of the gain around 1
 * @param offsetSd standard deviation of the offset, in codes
 * @param missingCodes probability that a converter never gives a code, but the one below
 */
public record ConverterSpread(double gainSd, double offsetSd, double missingCodes) {
    /** Converters that are all alike. */
    public static final ConverterSpread NONE = new ConverterSpread(0, 0, 0);

    public ConverterSpread {
        requireSpread("gain_sd", gainSd);
        requireSpread("offset_sd", offsetSd);
        if (!(missingCodes >= 0 && missingCodes <= 1)) {
            throw new IllegalArgumentException("hardware.readout.missing_codes must be 0 to 1, got " + missingCodes);
        }
    }

    private static void requireSpread(String key, double sd) {
        if (!(sd >= 0 && sd < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("hardware.readout." + key + " must be finite and at least 0, got " + sd);
        }
    }

    /** Whether the converters are all alike. */
    public boolean isNone() {
        return equals(NONE);
    }
}
