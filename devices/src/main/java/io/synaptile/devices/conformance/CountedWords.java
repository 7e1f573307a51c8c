/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.conformance;

import java.util.random.RandomGenerator;

/**
 * A generator that counts the words drawn from it. As with the generators of the simulator a normal takes two uniforms,
 * whatever its value, so only what the cell itself decides can change the count.
 */
final class CountedWords implements RandomGenerator {
    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private long state;
    private long words;

    CountedWords(long seed) {
        this.state = seed * GAMMA;
    }

    long words() {
        return words;
    }

    /** SplitMix64: G. Steele, D. Lea and C. Flood, OOPSLA 2014. */
    @Override
    public long nextLong() {
        words++;
        state += GAMMA;
        long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    @Override
    public double nextGaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * nextDouble());
    }
}
