/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.latency;

import io.synaptile.reports.table.LatencyRow;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Latencies of one kind, with a relative error of at most 0.1 %. For one thread; threads keep their own and merge. */
public final class LatencyHistogram {
    /** What is measured, and in which unit it is reported. */
    public enum Kind {
        /** Wall time of the host per inference. */
        HOST("host_latency_us", 1e-3),
        /** Simulated time of the chip per inference. */
        CHIP("chip_latency_ns", 1);

        private final String column;
        private final double unitsPerNanosecond;

        Kind(String column, double unitsPerNanosecond) {
            this.column = column;
            this.unitsPerNanosecond = unitsPerNanosecond;
        }
    }

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final double PICOSECONDS = 1000;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9};
    private static final String[] PERCENTILE_NAMES = {"p50", "p90", "p99", "p99.9"};

    private final Kind kind;
    /** Recorded in picoseconds, since simulated steps may be a fraction of a nanosecond. */
    private final Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);

    public LatencyHistogram(Kind kind) {
        this.kind = kind;
    }

    /** @throws IllegalArgumentException if the latency is negative, not finite or above 50 days */
    public void record(double nanoseconds) {
        if (!(nanoseconds >= 0 && nanoseconds <= Long.MAX_VALUE / (2 * PICOSECONDS))) {
            throw new IllegalArgumentException("latency must be at least 0 ns and at most 50 days, got " + nanoseconds);
        }
        histogram.recordValue(Math.round(nanoseconds * PICOSECONDS));
    }

    /** Adds everything another histogram of the same kind has recorded. */
    public void merge(LatencyHistogram other) {
        if (other.kind != kind) {
            throw new IllegalArgumentException("cannot merge " + other.kind.column + " into " + kind.column);
        }
        histogram.add(other.histogram);
    }

    public long count() {
        return histogram.getTotalCount();
    }

    /** Percentiles, maximum, mean and count; none if nothing was recorded. */
    public List<LatencyRow> rows(int point) {
        List<LatencyRow> rows = new ArrayList<>();
        if (count() == 0) {
            return rows;
        }
        for (int i = 0; i < PERCENTILES.length; i++) {
            rows.add(row(point, PERCENTILE_NAMES[i], histogram.getValueAtPercentile(PERCENTILES[i])));
        }
        rows.add(row(point, "max", histogram.getMaxValue()));
        rows.add(row(point, "mean", histogram.getMean()));
        rows.add(new LatencyRow(point, kind.column, "count", count()));
        return rows;
    }

    private LatencyRow row(int point, String statistic, double picoseconds) {
        return new LatencyRow(point, kind.column, statistic, picoseconds / PICOSECONDS * kind.unitsPerNanosecond);
    }
}
