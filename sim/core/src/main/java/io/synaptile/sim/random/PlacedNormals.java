/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.random;

/**
 * Standard normals of whole blocks of a stream, many at a time. Every step is a loop over arrays with one common index and
 * operations that round alike in vectors and scalars, so that the compiler may vectorise it and the bits stay the same.
 *
 * <p>Source of the polynomials of logarithm, sine and cosine: S. Moshier, Cephes Mathematical Library, single precision.
 */
final class PlacedNormals {
    /** Blocks worked on at a time. */
    private static final int BLOCKS = 64;

    private static final long WORD = 0xFFFFFFFFL;
    private static final int SQRT_HALF = 0x3F3504F3;
    private static final int MANTISSA = 0x7FFFFF;
    private static final int MANTISSA_BITS = 23;
    private static final int SIGN = 0x80000000;
    private static final float UNIT_24 = 0x1.0p-24f;
    /** Angles are whole 2^24ths of a turn; this many are an eighth, twice as many a quarter. */
    private static final int EIGHTH = 1 << 21;

    private static final float RADIANS = (float) (2 * Math.PI / (1 << 24));
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;

    private final long[] word0 = new long[BLOCKS];
    private final long[] word1 = new long[BLOCKS];
    private final long[] word2 = new long[BLOCKS];
    private final long[] word3 = new long[BLOCKS];
    private final float[] cosine = new float[BLOCKS];
    private final float[] sine = new float[BLOCKS];
    private final float[] cosine2 = new float[BLOCKS];
    private final float[] sine2 = new float[BLOCKS];

    /** Writes normals {@code [first, first + count)} to {@code out} from index 0; see {@link NoiseStream#gaussiansAt}. */
    void fill(long first, float[] out, int count, int counter1, int counter2, int counter3, int key0, int key1) {
        int skipped = (int) (first & 3);
        for (int at = -skipped; at < count; at += 4 * BLOCKS) {
            int blocks = Math.min(BLOCKS, (count - at + 3) / 4);
            encrypt((first + at) >>> 2, blocks, counter1 & WORD, counter2 & WORD, counter3 & WORD, key0, key1);
            boxMuller(word0, word1, cosine, sine, blocks);
            boxMuller(word2, word3, cosine2, sine2, blocks);
            for (int b = 0; b < blocks; b++) {
                int i = at + 4 * b;
                if (i >= 0 && i + 3 < count) {
                    out[i] = cosine[b];
                    out[i + 1] = sine[b];
                    out[i + 2] = cosine2[b];
                    out[i + 3] = sine2[b];
                } else {
                    place(out, i, count, cosine[b]);
                    place(out, i + 1, count, sine[b]);
                    place(out, i + 2, count, cosine2[b]);
                    place(out, i + 3, count, sine2[b]);
                }
            }
        }
    }

    private static void place(float[] out, int at, int count, float value) {
        if (at >= 0 && at < count) {
            out[at] = value;
        }
    }

    /** The words of neighbouring blocks, as {@link Philox#block} gives them. */
    private void encrypt(long first, int blocks, long counter1, long counter2, long counter3, int key0, int key1) {
        for (int b = 0; b < blocks; b++) {
            word0[b] = first + b & WORD;
            word1[b] = counter1;
            word2[b] = counter2;
            word3[b] = counter3;
        }
        int k0 = key0;
        int k1 = key1;
        for (int round = 0; round < Philox.ROUNDS; round++) {
            round(word0, word1, word2, word3, k0 & WORD, k1 & WORD, blocks);
            k0 += Philox.W0;
            k1 += Philox.W1;
        }
    }

    private static void round(long[] c0, long[] c1, long[] c2, long[] c3, long k0, long k1, int blocks) {
        for (int b = 0; b < blocks; b++) {
            long p0 = Philox.M0 * c0[b];
            long p1 = Philox.M1 * c2[b];
            c0[b] = p1 >>> 32 ^ c1[b] ^ k0;
            c2[b] = p0 >>> 32 ^ c3[b] ^ k1;
            c1[b] = p1 & WORD;
            c3[b] = p0 & WORD;
        }
    }

    /** {@code sqrt(-2 ln u)} times cosine and sine of {@code 2 pi v}, u from the top 24 bits of a word plus 1, v from another's. */
    private static void boxMuller(long[] radiusWord, long[] angleWord, float[] cosine, float[] sine, int count) {
        for (int i = 0; i < count; i++) {
            float u = ((int) (radiusWord[i] >>> 8) + 1) * UNIT_24;
            float radius = (float) Math.sqrt(-2f * logarithm(u));
            int angle = (int) (angleWord[i] >>> 8);
            int quarter = angle + EIGHTH >>> 22;
            float a = (angle - (quarter << 22)) * RADIANS;
            float z = a * a;
            float s = ((-1.9515295891e-4f * z + 8.3321608736e-3f) * z - 1.6666654611e-1f) * z * a + a;
            float c = ((2.443315711809948e-5f * z - 1.388731625493765e-3f) * z + 4.166664568298827e-2f) * z * z
                    - 0.5f * z
                    + 1f;
            int swap = -(quarter & 1);
            int sBits = Float.floatToRawIntBits(s);
            int cBits = Float.floatToRawIntBits(c);
            int cosineBits = (cBits & ~swap | sBits & swap) ^ (quarter + 1 << 30 & SIGN);
            int sineBits = (sBits & ~swap | cBits & swap) ^ (quarter << 30 & SIGN);
            cosine[i] = radius * Float.intBitsToFloat(cosineBits);
            sine[i] = radius * Float.intBitsToFloat(sineBits);
        }
    }

    /** Natural logarithm of a normal number above 0. */
    private static float logarithm(float x) {
        int bits = Float.floatToRawIntBits(x) - SQRT_HALF;
        float e = bits >> MANTISSA_BITS;
        float f = Float.intBitsToFloat((bits & MANTISSA) + SQRT_HALF) - 1f;
        float z = f * f;
        float p = 7.0376836292e-2f * f - 1.1514610310e-1f;
        p = p * f + 1.1676998740e-1f;
        p = p * f - 1.2420140846e-1f;
        p = p * f + 1.4249322787e-1f;
        p = p * f - 1.6668057665e-1f;
        p = p * f + 2.0000714765e-1f;
        p = p * f - 2.4999993993e-1f;
        p = p * f + 3.3333331174e-1f;
        return f + (p * f * z + LN2_LOW * e - 0.5f * z) + LN2_HIGH * e;
    }
}
