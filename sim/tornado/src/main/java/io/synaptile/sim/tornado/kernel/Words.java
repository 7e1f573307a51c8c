/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * Words and normals of the counter-based streams, bit for bit those of {@link io.synaptile.sim.random.NoiseStream}. Words
 * are kept in longs below 2^32; products would pass 2^63 (and a float multiplication 2^32), so one factor is cut in two.
 */
public final class Words {
    private static final long WORD = 0xFFFFFFFFL;
    private static final float UNIT_24 = 0x1.0p-24f;

    private Words() {}

    /**
     * Two of the four words of a Philox-4x32-10 block.
     *
     * @param pair 0 for words 0 and 1, 1 for words 2 and 3
     * @return the first word in the high, the second in the low half
     */
    public static long pair(
            long counter0, long counter1, long counter2, long counter3, long key0, long key1, int pair) {
        long c0 = counter0 & WORD;
        long c1 = counter1 & WORD;
        long c2 = counter2 & WORD;
        long c3 = counter3 & WORD;
        long k0 = key0 & WORD;
        long k1 = key1 & WORD;
        for (int round = 0; round < 10; round++) {
            long low0 = 0x1F53L * c0;
            long mid0 = 0xD251L * c0 + (low0 >> 16);
            long high0 = mid0 >> 16;
            long rest0 = ((mid0 & 0xFFFFL) << 16) + (low0 & 0xFFFFL);
            long low1 = 0x8D57L * c2;
            long mid1 = 0xCD9EL * c2 + (low1 >> 16);
            long high1 = mid1 >> 16;
            long rest1 = ((mid1 & 0xFFFFL) << 16) + (low1 & 0xFFFFL);
            c0 = high1 ^ c1 ^ k0;
            c2 = high0 ^ c3 ^ k1;
            c1 = rest1;
            c3 = rest0;
            k0 = (k0 + 0x9E3779B9L) & WORD;
            k1 = (k1 + 0xBB67AE85L) & WORD;
        }
        long result = (c0 << 32) | c1;
        if (pair != 0) {
            result = (c2 << 32) | c3;
        }
        return result;
    }

    /** Word {@code position} of a stream as a uniform in [0, 1), from its top 24 bits. */
    public static float uniform(long position, long counter1, long counter2, long counter3, long key0, long key1) {
        long both = pair(position >> 2, counter1, counter2, counter3, key0, key1, (int) ((position >> 1) & 1L));
        long word = (both >> 32) & WORD;
        if ((position & 1L) != 0L) {
            word = both & WORD;
        }
        return (word >> 8) * UNIT_24;
    }

    /** Normal {@code place} of a stream, in single precision: half of a Box-Muller pair. */
    public static float normal(long place, long counter1, long counter2, long counter3, long key0, long key1) {
        long both = pair(place >> 2, counter1, counter2, counter3, key0, key1, (int) ((place >> 1) & 1L));
        long first = (both >> 40) & 0xFFFFFFL;
        long second = (both >> 8) & 0xFFFFFFL;
        double uniform = (first + 1L) * 0x1.0p-24;
        float radius = (float) TornadoMath.sqrt(-2.0 * TornadoMath.log(uniform));
        double angle = 6.283185307179586 * second * 0x1.0p-24;
        double direction = 0.0;
        if ((place & 1L) == 0L) {
            direction = Math.cos(angle);
        } else {
            direction = Math.sin(angle);
        }
        return (float) (radius * direction);
    }

    /** Two words of a stream from an even position on as a uniform in [0, 1), from their top 53 bits. */
    public static double uniform53(long position, long counter1, long counter2, long counter3, long key0, long key1) {
        long both = pair(position >> 2, counter1, counter2, counter3, key0, key1, (int) ((position >> 1) & 1L));
        return ((both >> 11) & 0x1FFFFFFFFFFFFFL) * 0x1.0p-53;
    }

    /**
     * A normal in double precision from the four words that follow an even position, as a stream draws it.
     *
     * @param second 0 for the first, 1 for the second normal of the pair
     */
    public static double gaussian(
            long position, int second, long counter1, long counter2, long counter3, long key0, long key1) {
        double radius = TornadoMath.sqrt(
                -2.0 * TornadoMath.log(1.0 - uniform53(position, counter1, counter2, counter3, key0, key1)));
        double angle = 6.283185307179586 * uniform53(position + 2L, counter1, counter2, counter3, key0, key1);
        double direction = 0.0;
        if (second == 0) {
            direction = Math.cos(angle);
        } else {
            direction = Math.sin(angle);
        }
        return radius * direction;
    }
}
