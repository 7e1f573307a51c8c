/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.converter;

import java.util.Arrays;

/**
 * Finds the input range of a unipolar converter from column sums seen on calibration data.
 *
 * <p>Sparse spikes use far less of the range than the worst case of all rows at maximum conductance, so the upper end is
 * placed at a percentile of the observed sums, or where their squared error is smallest. Sums are kept in a histogram of fixed size whose bins double in width when a
 * larger sum arrives. The result depends only on which sums were seen, not on their order or on how they were split over
 * calibrations that are merged; a quantile is high by at most 1/4096 of the largest sum.
 */
public final class RangeCalibration {
    /** Percentile at which the range ends unless another is given. */
    public static final double DEFAULT_PERCENTILE = 99.9;

    private static final int BINS_EXPONENT = 13;
    private static final int BINS = 1 << BINS_EXPONENT;
    /** Smallest width exponent; sums below 2^-99 fall into the first bin. */
    private static final int SMALLEST_EXPONENT = -112;

    /** Ends of the range that {@link #leastSquares} tries first, and between the neighbours of the best, how often. */
    private static final int ENDS = 1024;

    private static final int FINER_ENDS = 64;
    private static final int REFINEMENTS = 2;

    private final long[] counts = new long[BINS];
    /** Sum of the sums in each bin; exact, as those of one bin but the first have nearly the same exponent. */
    private final double[] totals = new double[BINS];

    private int exponent = SMALLEST_EXPONENT;
    private long samples;
    private float maximum;

    /**
     * Adds one column sum.
     *
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public void add(float sum) {
        if (!(sum >= 0f) || Float.isInfinite(sum)) {
            throw new IllegalArgumentException(
                    "a column sum for range calibration must be finite and >= 0, got " + sum);
        }
        widenFor(sum);
        int bin = (int) Math.scalb((double) sum, -exponent);
        counts[bin]++;
        totals[bin] += sum;
        samples++;
        maximum = Math.max(maximum, sum);
    }

    /** Adds everything another calibration has seen. */
    public void add(RangeCalibration other) {
        widenFor(other.maximum);
        int halvings = exponent - other.exponent;
        for (int bin = 0; bin < BINS; bin++) {
            // A calibration of no or tiny sums may still have much narrower bins than a shift can bridge.
            int wide = halvings < Integer.SIZE ? bin >> halvings : 0;
            counts[wide] += other.counts[bin];
            totals[wide] += other.totals[bin];
        }
        samples += other.samples;
        maximum = Math.max(maximum, other.maximum);
    }

    /** Number of sums seen. */
    public long samples() {
        return samples;
    }

    /** Largest sum seen, 0 if none. */
    public float maximum() {
        return maximum;
    }

    /**
     * Smallest value that at least this part of the sums does not exceed, rounded up to the edge of its bin.
     *
     * @param percentile above 0, at most 100
     * @throws IllegalStateException if no sum was added
     */
    public float quantile(double percentile) {
        if (!(percentile > 0 && percentile <= 100)) {
            throw new IllegalArgumentException("percentile must be above 0 and at most 100, got " + percentile);
        }
        if (samples == 0) {
            throw new IllegalStateException("range calibration has seen no column sum");
        }
        // The factor keeps a rank that is whole on paper, 99.9 % of 10,000, from being rounded up to the next.
        long rank = Math.max(1, (long) Math.ceil(percentile * samples / 100 * (1 - 1e-12)));
        long seen = counts[0];
        int bin = 0;
        while (seen < rank) {
            seen += counts[++bin];
        }
        return Math.min((float) Math.scalb(bin + 1d, exponent), maximum);
    }

    /**
     * A converter from 0 to a percentile of the sums; to the largest sum where the percentile falls on silent columns.
     *
     * @param bits resolution, 1 to 16
     * @throws IllegalStateException if every sum was 0
     */
    public AdcSpec converter(int bits, double percentile) {
        requireCurrent();
        float high = quantile(percentile);
        boolean silent = high <= Math.scalb(1d, exponent);
        return new AdcSpec(bits, 0f, silent ? maximum : high);
    }

    /**
     * The converter from 0 to at most the largest sum that loses least: whose squared error over all sums is smallest. Ends are
     * tried in steps of 1/1024 of the largest sum, and in finer ones around the best.
     *
     * @param bits resolution, 1 to 16
     * @throws IllegalStateException if every sum was 0
     */
    public AdcSpec leastSquares(int bits) {
        requireCurrent();
        int last = (1 << bits) - 1;
        double best = maximum;
        double width = maximum;
        int ends = ENDS;
        for (int round = 0; round <= REFINEMENTS; round++) {
            double from = best - width;
            double step = (Math.min(best + width, maximum) - from) / ends;
            double least = squaredError(best, last);
            for (int i = 1; i < ends; i++) {
                double end = from + i * step;
                double error = squaredError(end, last);
                if (error < least) {
                    least = error;
                    best = end;
                }
            }
            width = step;
            ends = FINER_ENDS;
        }
        return new AdcSpec(bits, 0f, (float) best);
    }

    /** Squared error of all sums in a range from 0; those of the first bin count as 0, which a code is. */
    private double squaredError(double end, int lastCode) {
        double step = end / lastCode;
        double error = 0;
        for (int bin = 1; bin < BINS; bin++) {
            if (counts[bin] > 0) {
                double sum = totals[bin] / counts[bin];
                double lost = Math.min(Math.rint(sum / step), lastCode) * step - sum;
                error += counts[bin] * lost * lost;
            }
        }
        return error;
    }

    private void requireCurrent() {
        if (maximum == 0f) {
            throw new IllegalStateException(
                    "range calibration has seen no column sum above 0; use more calibration samples");
        }
    }

    private void widenFor(float sum) {
        int needed = Math.getExponent(sum) - (BINS_EXPONENT - 1);
        if (samples == 0) {
            exponent = Math.max(exponent, needed);
        }
        for (; exponent < needed; exponent++) {
            for (int bin = 0; bin < BINS / 2; bin++) {
                counts[bin] = counts[2 * bin] + counts[2 * bin + 1];
                totals[bin] = totals[2 * bin] + totals[2 * bin + 1];
            }
            Arrays.fill(counts, BINS / 2, BINS, 0);
            Arrays.fill(totals, BINS / 2, BINS, 0);
        }
    }
}
