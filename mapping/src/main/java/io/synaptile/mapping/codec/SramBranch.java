/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.text.message.RefusedException;
import java.util.Objects;

/**
 * Digital SRAM words that repair a layer whose weights are in RRAM cells: both see the same inputs, and their sums are
 * joined by a shifter and an adder.
 *
 * <pre>
 *   y = (y_rram + 2^shift y_sram) / divisor
 * </pre>
 *
 * <p>The divisor goes into the scale of the norm behind the layer and costs nothing. Where a layer is pruned, groups of
 * words that are all 0 are not stored; a 0 inside a stored group, which a k-bit word cannot hold, takes one more bit per
 * word. Which groups are stored is wired, not counted.
 *
 * <p>Source: G. Krishnan et al., "Hybrid RRAM/SRAM in-memory computing for robust DNN acceleration", IEEE TCAD 2022
 * (abstract): digital SRAM output added to the RRAM output through a programmable shifter.
 *
 * @param words canonical order {@code [out, in, kh, kw]} or {@code [out, in]}, on the levels of the word; owned by this
 *     record, not changed
 * @param bits of a word, 0 for single-precision floats
 * @param shift power of two applied to the digital sum
 * @param divisor of the joined sum, above 0
 * @param zeroLevel whether 0 is one of the levels of a word
 * @param group consecutive words per pruned group, 0 if the layer is not pruned
 * @param rounding of the sum that a macro makes of its words in one read, where it is shifted right
 */
public record SramBranch(
        float[] words, int bits, int shift, float divisor, boolean zeroLevel, int group, SumRounding rounding) {
    public SramBranch {
        Objects.requireNonNull(rounding);
        if (bits < 0 || bits > 16) {
            throw RefusedException.mustBe(HardwareProperty.SRAM_BITS, "0 to 16", bits);
        }
        if (bits == 0 && rounding != SumRounding.EXACT) {
            throw RefusedException.mustBe(HardwareProperty.SRAM_ROUNDING, "exact for words of floats", rounding);
        }
        if (!(divisor > 0f) || Float.isInfinite(divisor)) {
            throw new IllegalArgumentException("divisor of a hybrid layer must be above 0, got " + divisor);
        }
        if (group < 0 || group > 0 && words.length % group != 0) {
            throw new IllegalArgumentException(words.length + " SRAM words cannot be cut into groups of " + group);
        }
    }

    /** Words whose sums lose no bits. */
    public SramBranch(float[] words, int bits, int shift, float divisor, boolean zeroLevel, int group) {
        this(words, bits, shift, divisor, zeroLevel, group, SumRounding.EXACT);
    }

    /** Whether the shift takes bits from the sums. */
    public boolean losesBits() {
        return rounding != SumRounding.EXACT && shift < 0;
    }

    /** What all words are whole multiples of, 2^(1 - bits). */
    public float wordStep() {
        return Math.scalb(1f, 1 - bits);
    }

    /** Factor of the RRAM column sums in the joined sum. */
    public float rramGain() {
        return 1f / divisor;
    }

    /** Factor of the SRAM sums in the joined sum. */
    public float gain() {
        return Math.scalb(1f, shift) / divisor;
    }

    /** Whether each word is stored: all but those of groups of zeros. */
    public boolean[] stored() {
        boolean[] stored = new boolean[words.length];
        int size = group == 0 ? words.length : group;
        for (int first = 0; first < words.length; first += size) {
            boolean kept = group == 0;
            for (int i = first; i < first + size; i++) {
                kept |= words[i] != 0f;
            }
            for (int i = first; i < first + size; i++) {
                stored[i] = kept;
            }
        }
        return stored;
    }

    /** Number of words that are stored. */
    public long storedWords() {
        long count = 0;
        for (boolean word : stored()) {
            count += word ? 1 : 0;
        }
        return count;
    }

    /** Bits that one stored word takes: its own, and one more where zeros have to be told apart. */
    public int bitsPerWord() {
        int width = bits == 0 ? Float.SIZE : bits;
        return width + (bits > 0 && (zeroLevel || zeros() > words.length - storedWords()) ? 1 : 0);
    }

    /** Bits of the stored words. */
    public long storageBits() {
        return storedWords() * bitsPerWord();
    }

    /** Words that are 0 over all words. */
    public double elementSparsity() {
        return (double) zeros() / words.length;
    }

    /** Groups that are not stored over all groups; NaN if the layer is not pruned. */
    public double groupSparsity() {
        return group == 0 ? Double.NaN : 1 - (double) storedWords() / words.length;
    }

    private long zeros() {
        long count = 0;
        for (float word : words) {
            count += word == 0f ? 1 : 0;
        }
        return count;
    }
}
