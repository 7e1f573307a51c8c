/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

/**
 * A digital word whose part of a sum is scaled by a power of two.
 *
 * @param bits word length, 1 to 16
 * @param shift power of two applied to the word, -16 to 16; positive moves it towards the most significant bit
 */
public record ShiftedWord(int bits, int shift) {
    public ShiftedWord {
        if (bits < 1 || bits > 16) {
            throw new IllegalArgumentException("bits must be between 1 and 16, got " + bits);
        }
        if (shift < -16 || shift > 16) {
            throw new IllegalArgumentException("shift must be between -16 and 16, got " + shift);
        }
    }

    /** Exact factor of the word in the digital sum, {@code 2^shift}. */
    public float gain() {
        return Math.scalb(1f, shift);
    }
}
