/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.Progress;
import java.io.PrintStream;
import java.util.function.LongSupplier;

/** Progress as plain lines, at most one in five seconds within a stage. */
final class LineProgress implements Progress {
    private static final long INTERVAL_NANOS = 5_000_000_000L;

    private final PrintStream out;
    private final LongSupplier clock;
    private String stage;
    private long steps;
    private long done;
    private long startNanos;
    private long shownNanos;

    /** @param clock nanoseconds, as {@link System#nanoTime} */
    LineProgress(PrintStream out, LongSupplier clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void begin(String newStage, long newSteps) {
        stage = newStage;
        steps = newSteps;
        done = 0;
        startNanos = clock.getAsLong();
        shownNanos = startNanos;
    }

    @Override
    public void advance(long by, String status) {
        done += by;
        long now = clock.getAsLong();
        if (now - shownNanos >= INTERVAL_NANOS && done < steps) {
            shownNanos = now;
            long left = (now - startNanos) / 1_000_000_000L * (steps - done) / Math.max(1, done);
            out.println(stage + " " + done + "/" + steps + (status.isEmpty() ? "" : "  " + status) + "  about " + left
                    + " s left");
        }
    }

    @Override
    public void end(String result) {
        long tenths = (clock.getAsLong() - startNanos) / 100_000_000L;
        out.println(
                stage + " done in " + tenths / 10 + "." + tenths % 10 + " s" + (result.isEmpty() ? "" : ": " + result));
    }

    @Override
    public void notice(String line) {
        MessageLine.print(out, line);
    }
}
