/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

/**
 * The SplitMix64 stream that reference cases are drawn from; simulations draw from counter-based streams instead.
 *
 * <pre>
 *   z = seed + i 0x9E3779B97F4A7C15   (i = 1, 2, ...)
 *   z ^= z >>> 30;  z *= 0xBF58476D1CE4E5B9;  z ^= z >>> 27;  z *= 0x94D049BB133111EB;  z ^= z >>> 31
 * </pre>
 *
 * <p>Source: G. L. Steele, D. Lea and C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014. Not for
 * use by several threads.
 */
public final class SplitMix64Stream {
    /** Step of the state from word to word. */
    static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** Begins before the first word of a seed. */
    public SplitMix64Stream(long seed) {
        state = seed;
    }

    /** The next 64 bits. */
    public long nextLong() {
        state += GAMMA;
        return finalised(state);
    }

    /** The word that a state stands for. */
    public static long finalised(long state) {
        long z = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** The next number uniform in [0, 1), from the upper 53 bits. */
    public double nextUniform() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }
}
