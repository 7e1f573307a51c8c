/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.compare;

import io.synaptile.experiment.Progress;
import io.synaptile.reports.table.ComparisonHostRow;
import java.util.Optional;

/** Hands progress of a candidate on under its name, and measures its trainings. */
final class MeasuredTraining implements Progress {
    private static final String TRAINING = "train";
    private static final double NANOSECONDS = 1e9;

    private final Progress told;
    private final String method;
    private boolean training;
    private long began;
    private long nanoseconds;
    private double peak = Double.NaN;

    MeasuredTraining(Progress told, String method) {
        this.told = told;
        this.method = method;
    }

    @Override
    public void begin(String stage, long steps) {
        training = stage.endsWith(TRAINING);
        if (training) {
            PeakMemory.reset();
            began = System.nanoTime();
        }
        told.begin(method + " " + stage, steps);
    }

    @Override
    public void advance(long by, String status) {
        told.advance(by, status);
    }

    @Override
    public void end(String result) {
        if (training) {
            nanoseconds += System.nanoTime() - began;
            peak = Double.isNaN(peak) ? PeakMemory.mebibytes() : Math.max(peak, PeakMemory.mebibytes());
            training = false;
        }
        told.end(result);
    }

    @Override
    public void notice(String line) {
        told.notice(method + " " + line);
    }

    /** What was measured; empty where nothing was trained. */
    Optional<ComparisonHostRow> measured() {
        return nanoseconds == 0
                ? Optional.empty()
                : Optional.of(new ComparisonHostRow(method, nanoseconds / NANOSECONDS, peak));
    }
}
