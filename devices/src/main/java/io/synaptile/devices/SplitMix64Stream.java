/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

/**
 * The SplitMix64 stream that reference cases are drawn from. Simulations draw from counter-based streams instead.
 *
 * <pre>
 *   z = seed + i * 0x9E3779B97F4A7C15,  i = 1, 2, ...
 *   z ^= z >>> 30;  z *= 0xBF58476D1CE4E5B9;  z ^= z >>> 27;  z *= 0x94D049BB133111EB;  z ^= z >>> 31
 * </pre>
 *
 * <p>Source: G. Steele, D. Lea and C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, figure 15.
 */
public final class SplitMix64Stream {
    private long state;

    public SplitMix64Stream(long seed) {
        state = seed;
    }

    /** The next 64 bits. */
    public long next() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Uniform in [0, 1) from the top 53 bits of the next value. */
    public double uniform() {
        return (next() >>> 11) * 0x1.0p-53;
    }
}
