/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

/** Places of the numbers of a stage from latent to effective weights: whole ones in an {@code IntArray}, others in doubles. */
public final class S {
    /** Weights of the layer. */
    public static final int COUNT = 0;
    /** Purpose in the top byte and node below, word 3 of the counters of its stream. */
    public static final int STREAM = 1;
    /** {@code 2^bits - 1} and {@code 2^(bits-1)} of a quantiser. */
    public static final int LEVELS = 2;

    public static final int HALF_LEVELS = 3;
    /** 1 if weights are clamped to [-1, 1] before they are rounded. */
    public static final int CLAMP = 4;
    /** 1 if a weight at the lower bound of a ternariser becomes 0. */
    public static final int STRICT = 5;
    /** 1 if the stream depends on the epoch, on the batch. */
    public static final int BY_EPOCH = 6;

    public static final int BY_BATCH = 7;
    /** Bound on varied weights: none, a cap, the largest magnitude, the signed extremes. */
    public static final int BOUND = 8;

    public static final int UNBOUNDED = 0;
    public static final int CAP = 1;
    public static final int LARGEST = 2;
    public static final int EXTREMES = 3;
    /** Steps from 0 to full scale, bits of a slice, slices of a column, highest code of a cell. */
    public static final int STEPS = 9;

    public static final int SLICE_BITS = 10;
    public static final int SLICES = 11;
    public static final int TOP_CODE = 12;
    /** 1 if full scale is the largest magnitude of the layer. */
    public static final int OWN_SCALE = 13;
    /** 1 if cells can be stuck. */
    public static final int STUCK = 14;
    /** Number of entries. */
    public static final int SIZE = 15;

    /** Factor of a ternariser, or standard deviation of the logarithm of a variation. */
    public static final int FACTOR = 0;
    /** Full scale of the weights. */
    public static final int SCALE = 1;
    /** Slope of codes over conductance, and how far from a whole code counts as that code. */
    public static final int SLOPE = 2;

    public static final int TOLERANCE = 3;
    /** Below it a uniform means stuck at the lowest, from it stuck at the highest conductance. */
    public static final int STUCK_BELOW = 4;

    public static final int STUCK_FROM = 5;
    /** Number of entries. */
    public static final int REALS = 6;

    private S() {}
}
