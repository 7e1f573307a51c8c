/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.random;

import java.util.Arrays;

/**
 * Standard normals of whole blocks of a stream, many at a time.
 *
 * <p>Every step is a short loop over arrays with one common index, of operations that round alike in vectors and scalars: the
 * compiler turns each into vector code, which it does not with one long loop, and the bits do not depend on whether it did.
 *
 * <p>Source of the polynomials of logarithm, sine and cosine: S. Moshier, Cephes Mathematical Library, single precision.
 */
final class PlacedNormals {
    /** Blocks worked on at a time. */
    private static final int BLOCKS = 64;

    private static final long WORD = 0xFFFFFFFFL;
    private static final long NOWHERE = -1;
    private static final float UNIT_25 = 0x1.0p-25f;
    /** The root of 2 in units of 2^-23. */
    private static final int ROOT_OF_TWO = 11863283;
    /** Angles are whole 2^24ths of a turn; this many are an eighth. */
    private static final int EIGHTH = 1 << 21;
    /** Binary digits of a quarter turn. */
    private static final int QUARTER = 22;

    private static final float RADIANS = (float) (2 * Math.PI / (1 << 24));
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;

    /** Words 0 of all blocks, then words 1, 2 and 3: one array, as the compiler cannot know that two are not the same. */
    private final long[] words = new long[4 * BLOCKS];

    // By pair of words: the first pairs of all blocks, then the second pairs.
    private final int[] radial = new int[2 * BLOCKS];
    private final int[] angular = new int[2 * BLOCKS];
    private final int[] mantissa = new int[2 * BLOCKS];
    private final float[] exponent = new float[2 * BLOCKS];
    private final float[] rest = new float[2 * BLOCKS];
    private final float[] series = new float[2 * BLOCKS];
    private final float[] radius = new float[2 * BLOCKS];
    private final float[] angle = new float[2 * BLOCKS];
    private final float[] sine = new float[2 * BLOCKS];
    private final float[] cosine = new float[2 * BLOCKS];
    private final float[] even = new float[2 * BLOCKS];
    private final float[] odd = new float[2 * BLOCKS];

    /** Normals of the blocks from {@link #window} on, in their order. */
    private final float[] made = new float[4 * BLOCKS];

    private long window = NOWHERE;

    /** Forgets what it has made, of another stream than that asked for next. */
    void clear() {
        window = NOWHERE;
    }

    /**
     * Writes normals {@code [first, first + count)} to {@code out} from index 0; see {@link NoiseStream#gaussiansAt}. More are
     * made than asked for, since few at a time cost as much each as without vectors, and neighbours are asked for next.
     */
    void fill(long first, float[] out, int count, int counter1, int counter2, int counter3, int key0, int key1) {
        for (int at = 0; at < count; ) {
            long block = (first + at) >>> 2;
            if (window == NOWHERE || block < window || block >= window + BLOCKS) {
                make(block, counter1, counter2, counter3, key0, key1);
            }
            int from = (int) (first + at - 4 * window);
            int copied = Math.min(count - at, made.length - from);
            System.arraycopy(made, from, out, at, copied);
            at += copied;
        }
    }

    private void make(long block, int counter1, int counter2, int counter3, int key0, int key1) {
        window = block;
        encrypt(block, counter1 & WORD, counter2 & WORD, counter3 & WORD, key0, key1);
        for (int half = 0; half < 2; half++) {
            split(words, 2 * half * BLOCKS, radial, angular, half * BLOCKS);
        }
        boxMuller();
        for (int b = 0; b < BLOCKS; b++) {
            made[4 * b] = even[b];
            made[4 * b + 1] = odd[b];
            made[4 * b + 2] = even[BLOCKS + b];
            made[4 * b + 3] = odd[BLOCKS + b];
        }
    }

    /** The words of neighbouring blocks, as {@link Philox#block} gives them. */
    private void encrypt(long first, long counter1, long counter2, long counter3, int key0, int key1) {
        for (int b = 0; b < BLOCKS; b++) {
            words[b] = first + b & WORD;
        }
        Arrays.fill(words, BLOCKS, 2 * BLOCKS, counter1);
        Arrays.fill(words, 2 * BLOCKS, 3 * BLOCKS, counter2);
        Arrays.fill(words, 3 * BLOCKS, 4 * BLOCKS, counter3);
        int k0 = key0;
        int k1 = key1;
        for (int round = 0; round < Philox.ROUNDS; round++) {
            round(words, k0 & WORD, k1 & WORD);
            k0 += Philox.W0;
            k1 += Philox.W1;
        }
    }

    private static void round(long[] c, long k0, long k1) {
        for (int b = 0; b < BLOCKS; b++) {
            long p0 = Philox.M0 * c[b];
            long p1 = Philox.M1 * c[b + 2 * BLOCKS];
            c[b] = p1 >>> 32 ^ c[b + BLOCKS] ^ k0;
            c[b + 2 * BLOCKS] = p0 >>> 32 ^ c[b + 3 * BLOCKS] ^ k1;
            c[b + BLOCKS] = p1 & WORD;
            c[b + 3 * BLOCKS] = p0 & WORD;
        }
    }

    /** The top 24 bits of both words of pairs. */
    private static void split(long[] words, int from, int[] radial, int[] angular, int to) {
        for (int i = 0; i < BLOCKS; i++) {
            radial[to + i] = (int) (words[from + i] >>> 8);
        }
        for (int i = 0; i < BLOCKS; i++) {
            angular[to + i] = (int) (words[from + BLOCKS + i] >>> 8);
        }
    }

    /** {@code sqrt(-2 ln u)} times cosine and sine of {@code 2 pi v}. */
    private void boxMuller() {
        normalise(radial, mantissa);
        exponents(radial, mantissa, exponent);
        rests(mantissa, rest);
        logarithmSeries(rest, series);
        radii(rest, series, exponent, radius);
        angles(angular, angle);
        sines(angle, sine);
        cosines(angle, cosine);
        turn(angular, cosine, sine, 1, radius, even);
        turn(angular, sine, cosine, 0, radius, odd);
    }

    /** {@code u + 1} shifted up to between 2^24 and 2^25. */
    private static void normalise(int[] u, int[] mantissa) {
        for (int i = 0; i < 2 * BLOCKS; i++) {
            int k = u[i] + 1;
            mantissa[i] = k << Integer.numberOfLeadingZeros(k) - 7;
        }
    }

    /** Power of two that leaves {@code (u + 1) 2^-24} between the roots of 1/2 and 2. */
    private static void exponents(int[] u, int[] mantissa, float[] exponent) {
        for (int i = 0; i < 2 * BLOCKS; i++) {
            int above = ROOT_OF_TWO - (mantissa[i] >> 1) >>> 31;
            exponent[i] = 7 - Integer.numberOfLeadingZeros(u[i] + 1) + above;
        }
    }

    /** What is left between those roots, minus 1. */
    private static void rests(int[] mantissa, float[] rest) {
        for (int i = 0; i < 2 * BLOCKS; i++) {
            int above = ROOT_OF_TWO - (mantissa[i] >> 1) >>> 31;
            rest[i] = mantissa[i] * UNIT_25 * (2 - above) - 1f;
        }
    }

    private static void logarithmSeries(float[] rest, float[] series) {
        for (int i = 0; i < 2 * BLOCKS; i++) {
            float f = rest[i];
            float p = 7.0376836292e-2f * f - 1.1514610310e-1f;
            p = p * f + 1.1676998740e-1f;
            p = p * f - 1.2420140846e-1f;
            p = p * f + 1.4249322787e-1f;
            p = p * f - 1.6668057665e-1f;
            p = p * f + 2.0000714765e-1f;
            p = p * f - 2.4999993993e-1f;
            series[i] = p * f + 3.3333331174e-1f;
        }
    }

    private static void radii(float[] rest, float[] series, float[] exponent, float[] radius) {
        for (int i = 0; i < 2 * BLOCKS; i++) {
            float f = rest[i];
            float z = f * f;
            float e = exponent[i];
            float logarithm = f + (series[i] * f * z + LN2_LOW * e - 0.5f * z) + LN2_HIGH * e;
            radius[i] = (float) Math.sqrt(-2f * logarithm);
        }
    }

    /** Radians from the nearest whole quarter turn. */
    private static void angles(int[] v, float[] angle) {
        for (int i = 0; i < 2 * BLOCKS; i++) {
            int quarter = v[i] + EIGHTH >>> QUARTER;
            angle[i] = (v[i] - (quarter << QUARTER)) * RADIANS;
        }
    }

    private static void sines(float[] angle, float[] sine) {
        for (int i = 0; i < 2 * BLOCKS; i++) {
            float a = angle[i];
            float z = a * a;
            sine[i] = ((-1.9515295891e-4f * z + 8.3321608736e-3f) * z - 1.6666654611e-1f) * z * a + a;
        }
    }

    private static void cosines(float[] angle, float[] cosine) {
        for (int i = 0; i < 2 * BLOCKS; i++) {
            float z = angle[i] * angle[i];
            float p = (2.443315711809948e-5f * z - 1.388731625493765e-3f) * z + 4.166664568298827e-2f;
            cosine[i] = p * z * z - 0.5f * z + 1f;
        }
    }

    /**
     * Turns a cosine or sine by its quarter turns, odd ones swapping it with the other.
     *
     * @param ahead quarter turns until the sign changes, from the middle of the half turn: 1 for the cosine, 0 for the sine
     */
    private static void turn(int[] v, float[] own, float[] other, int ahead, float[] radius, float[] normal) {
        for (int i = 0; i < 2 * BLOCKS; i++) {
            int quarter = v[i] + EIGHTH >>> QUARTER;
            float swapped = quarter & 1;
            float sign = 1 - (quarter + ahead & 2);
            normal[i] = radius[i] * ((own[i] * (1f - swapped) + other[i] * swapped) * sign);
        }
    }
}
