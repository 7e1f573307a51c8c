/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.random;

import java.util.random.RandomGenerator;

/**
 * A stream of random numbers addressed by seed, purpose and up to three place indices (layer, tile or sample, step or pass).
 *
 * <p>Word {@code i} of a stream depends on its address alone, never on what other streams or threads have drawn, so a
 * result does not change with the number of threads, the batch size or a restart. One instance belongs to one thread.
 *
 * <p>Counter layout (Philox-4x32-10): word 0 the block, word 1 {@code c}, word 2 {@code b}, word 3 purpose in the top
 * byte and {@code a} below; the key is the seed.
 */
public final class NoiseStream implements RandomGenerator {
    private static final double TWO_PI = 2 * Math.PI;
    private static final double UNIT_53 = 0x1.0p-53;
    private static final float UNIT_24 = 0x1.0p-24f;

    private final int key0;
    private final int key1;
    private int counter1;
    private int counter2;
    private int counter3;
    private final int[] words = new int[4];
    private int block;
    private int next;
    private double spareGaussian;
    private boolean hasSpare;
    private PlacedNormals normals;

    private NoiseStream(long seed) {
        this.key0 = (int) seed;
        this.key1 = (int) (seed >>> 32);
    }

    /**
     * Opens the stream at its first word.
     *
     * @param a first place index, 0 to 2^24 - 1 (by convention the layer)
     * @param b second place index, taken modulo 2^32 (tile, sample)
     * @param c third place index, taken modulo 2^32 (step, instance, pass)
     * @throws IllegalArgumentException if {@code a} is out of range
     */
    public static NoiseStream of(long seed, Purpose purpose, int a, long b, long c) {
        NoiseStream stream = new NoiseStream(seed);
        stream.moveTo(purpose, a, b, c);
        return stream;
    }

    /** Re-addresses this object to another stream of the same seed, at its first word. */
    public void moveTo(Purpose purpose, int a, long b, long c) {
        if (a < 0 || a >= 1 << 24) {
            throw new IllegalArgumentException("stream index " + a + " is outside 0-16777215");
        }
        counter1 = (int) c;
        counter2 = (int) b;
        counter3 = purpose.code() << 24 | a;
        if (normals != null) {
            normals.clear();
        }
        seek(0);
    }

    /** Moves to word {@code position} of the stream, 0 to 2^34 - 1. */
    public void seek(long position) {
        if (position < 0 || position >= 1L << 34) {
            throw new IllegalArgumentException("stream position " + position + " is outside 0 to 2^34 - 1");
        }
        block = (int) (position >>> 2);
        next = (int) (position & 3);
        hasSpare = false;
        if (next != 0) {
            Philox.block(block++, counter1, counter2, counter3, key0, key1, words, 0);
        }
    }

    @Override
    public int nextInt() {
        if (next == 0) {
            Philox.block(block++, counter1, counter2, counter3, key0, key1, words, 0);
        }
        int word = words[next];
        next = next + 1 & 3;
        return word;
    }

    @Override
    public long nextLong() {
        long high = nextInt();
        return high << 32 | nextInt() & 0xFFFFFFFFL;
    }

    /** Uniform in [0, 1) from the top 24 bits of one word. */
    @Override
    public float nextFloat() {
        return (nextInt() >>> 8) * UNIT_24;
    }

    /** Uniform in [0, 1) from the top 53 bits of two words. */
    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * UNIT_53;
    }

    /**
     * Standard normal by the Box-Muller transform, which consumes a fixed number of words (two per value), as addressing
     * by counter demands.
     */
    @Override
    public double nextGaussian() {
        if (hasSpare) {
            hasSpare = false;
            return spareGaussian;
        }
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
        double angle = TWO_PI * nextDouble();
        spareGaussian = radius * StrictMath.sin(angle);
        hasSpare = true;
        return radius * StrictMath.cos(angle);
    }

    /**
     * Standard normals at fixed places of the stream, in single precision: normals 2j and 2j + 1 are the Box-Muller pair of
     * words 2j and 2j + 1. Does not move the stream.
     *
     * @param first place of the first normal
     * @param count how many to write to {@code out}, from index 0
     */
    public void gaussiansAt(long first, float[] out, int count) {
        if (normals == null) {
            normals = new PlacedNormals();
        }
        normals.fill(first, out, count, counter1, counter2, counter3, key0, key1);
    }
}
