/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.converter;

/**
 * How one converter differs from an ideal one.
 *
 * <pre>
 *   code = clamp(rint(x gain + offset), 0, 2^bits - 1),  x the input in steps above the low end;  result = codes[code]
 * </pre>
 *
 * <p>Non-linearity is so resolved to one code.
 *
 * @param gain factor of the input
 * @param offset in codes
 * @param codes what comes out for every code, 2^bits of 0 to 2^bits - 1; empty if every code comes out as it is. Owned by this
 *     record, not changed
 */
public record AdcCharacteristic(double gain, double offset, int[] codes) {
    /** A converter without error. */
    public static final AdcCharacteristic IDEAL = new AdcCharacteristic(1, 0, new int[0]);

    /**
     * Refuses what no converter of that resolution can have.
     *
     * @throws IllegalArgumentException naming it
     */
    public void requireFit(int bits) {
        if (!Double.isFinite(gain) || !Double.isFinite(offset)) {
            throw new IllegalArgumentException("a converter has gain " + gain + " and offset " + offset);
        }
        int all = 1 << bits;
        if (codes.length != 0 && codes.length != all) {
            throw new IllegalArgumentException(
                    "a converter of " + bits + " bits has " + codes.length + " codes, not " + all);
        }
        for (int code : codes) {
            if (code < 0 || code >= all) {
                throw new IllegalArgumentException("a converter of " + bits + " bits has the code " + code);
            }
        }
    }
}
