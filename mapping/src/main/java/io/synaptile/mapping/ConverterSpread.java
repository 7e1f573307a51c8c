/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping;

import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.text.message.RefusedException;

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
        requireSpread(HardwareProperty.ADC_GAIN_SD, gainSd);
        requireSpread(HardwareProperty.ADC_OFFSET_SD, offsetSd);
        if (!(missingCodes >= 0 && missingCodes <= 1)) {
            throw RefusedException.mustBe(HardwareProperty.ADC_MISSING_CODES, "0 to 1", missingCodes);
        }
    }

    private static void requireSpread(HardwareProperty property, double sd) {
        if (!(sd >= 0 && sd < Double.POSITIVE_INFINITY)) {
            throw RefusedException.mustBe(property, "finite and at least 0", sd);
        }
    }

    /** Whether the converters are all alike. */
    public boolean isNone() {
        return equals(NONE);
    }
}
