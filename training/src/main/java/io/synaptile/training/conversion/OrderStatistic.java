/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.conversion;

/**
 * An exact percentile of values that are at least 0, found without holding them: the values are shown {@link #PASSES} times, and
 * each time the place of the result is narrowed down by some bits. Between two order statistics it interpolates linearly, at the
 * position {@code (n - 1) p / 100}.
 *
 * <p>The order of the values does not matter, so neither does the number of threads that computed them.
 */
final class OrderStatistic {
    /** Times that all values are to be shown. */
    static final int PASSES = 3;

    /** Bits of a value that each pass looks at, from the top; the sign is always 0. */
    private static final int[] BITS = {11, 10, 10};

    private final double percentile;
    private final boolean positiveOnly;
    private final Rank lower = new Rank();
    private final Rank upper = new Rank();
    private int pass;
    private long count;
    private double fraction;

    /** One order statistic, of which the leading bits are known. */
    private static final class Rank {
        private int prefix;
        /** Values below it among those that share its known bits. */
        private long below;

        private long[] counts = new long[1 << BITS[0]];

        /** Goes on into the bucket that holds the statistic. */
        private void descend(int bits, int nextBits) {
            int bucket = 0;
            while (below >= counts[bucket]) {
                below -= counts[bucket];
                bucket++;
            }
            prefix = prefix << bits | bucket;
            counts = new long[1 << nextBits];
        }
    }

    /**
     * @param percentile above 0 to 100
     * @param positiveOnly whether zeros are left out
     */
    OrderStatistic(double percentile, boolean positiveOnly) {
        if (!(percentile > 0 && percentile <= 100)) {
            throw new IllegalArgumentException("percentile must lie above 0 and at most 100, got " + percentile);
        }
        this.percentile = percentile;
        this.positiveOnly = positiveOnly;
    }

    /** Shows a value, which must be a number. */
    void add(float value) {
        if (!(value >= 0f) || Float.isInfinite(value)) {
            throw new IllegalArgumentException("a percentile of values of at least 0 was shown " + value);
        }
        if (positiveOnly && value == 0f) {
            return;
        }
        // Adding 0 turns -0 into 0; bits of numbers of at least 0 are in the order of the numbers.
        int bits = Float.floatToRawIntBits(value + 0f);
        int unseen = unseen(pass);
        int bucket = bits >>> unseen & (1 << BITS[pass]) - 1;
        int known = bits >>> unseen >>> BITS[pass];
        if (pass == 0) {
            count++;
            lower.counts[bucket]++;
            upper.counts[bucket]++;
            return;
        }
        if (known == lower.prefix) {
            lower.counts[bucket]++;
        }
        if (known == upper.prefix) {
            upper.counts[bucket]++;
        }
    }

    /** Bits below those of a pass. */
    private static int unseen(int pass) {
        int bits = 0;
        for (int later = pass + 1; later < PASSES; later++) {
            bits += BITS[later];
        }
        return bits;
    }

    /** Ends a pass: all values have been shown once more. */
    void endPass() {
        if (pass == 0 && count > 0) {
            double position = (count - 1) * (percentile / 100);
            lower.below = (long) Math.floor(position);
            upper.below = Math.min(lower.below + 1, count - 1);
            fraction = position - lower.below;
        }
        int nextBits = pass + 1 < PASSES ? BITS[pass + 1] : 0;
        if (count > 0) {
            lower.descend(BITS[pass], nextBits);
            upper.descend(BITS[pass], nextBits);
        }
        pass++;
    }

    /** The percentile after the last pass, 0 where there was no value. */
    double value() {
        if (pass < PASSES) {
            throw new IllegalStateException("a percentile after " + pass + " passes of " + PASSES);
        }
        double low = Float.intBitsToFloat(lower.prefix);
        return count == 0 ? 0 : low + fraction * (Float.intBitsToFloat(upper.prefix) - low);
    }
}
