/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.random;

/**
 * The Philox-4x32-10 block function: 128 bits of counter and 64 bits of key give four independent 32-bit words.
 *
 * <p>Source: J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011,
 * section 3.3 with the multipliers and Weyl constants of its table 2.
 */
public final class Philox {
    static final int ROUNDS = 10;
    static final long M0 = 0xD2511F53L;
    static final long M1 = 0xCD9E8D57L;
    static final int W0 = 0x9E3779B9;
    static final int W1 = 0xBB67AE85;
    private static final long WORD = 0xFFFFFFFFL;

    private Philox() {}

    /**
     * Encrypts one counter.
     *
     * @param counter0 least significant word of the counter
     * @param out receives the four words at {@code offset}
     */
    public static void block(
            int counter0, int counter1, int counter2, int counter3, int key0, int key1, int[] out, int offset) {
        int c0 = counter0;
        int c1 = counter1;
        int c2 = counter2;
        int c3 = counter3;
        int k0 = key0;
        int k1 = key1;
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = M0 * (c0 & WORD);
            long p1 = M1 * (c2 & WORD);
            c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c1 = (int) p1;
            c3 = (int) p0;
            k0 += W0;
            k1 += W1;
        }
        out[offset] = c0;
        out[offset + 1] = c1;
        out[offset + 2] = c2;
        out[offset + 3] = c3;
    }
}
