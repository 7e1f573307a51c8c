/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

/** Places of a batch's sizes and random addresses in its {@code IntArray}. */
public final class R {
    /** Samples in this pass. */
    public static final int SAMPLES = 0;
    /** Time steps. */
    public static final int STEPS = 1;
    /** Low and high word of the batch's seed. */
    public static final int SEED_LOW = 2;

    public static final int SEED_HIGH = 3;
    /** Pass over the data, third place index of coding and dropout streams. */
    public static final int PASS = 4;
    /** Frames of each sample in the array of images, one per step; 1 where there are images. */
    public static final int FRAMES = 5;
    /** Number of entries. */
    public static final int SIZE = 6;

    private R() {}
}
