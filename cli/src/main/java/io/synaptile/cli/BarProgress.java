/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.Progress;
import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress as a bar with the estimated time left, for terminals. */
final class BarProgress implements Progress {
    private final PrintStream out;
    private final int columns;
    private ProgressBar bar;
    private String stage;

    BarProgress(PrintStream out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    @Override
    public void begin(String newStage, long steps) {
        stage = newStage;
        bar = new ProgressBarBuilder()
                .setTaskName(newStage)
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(out, columns))
                .build();
    }

    @Override
    public void advance(long by, String status) {
        bar.stepBy(by);
        bar.setExtraMessage(status);
    }

    @Override
    public void end(String result) {
        Duration elapsed = bar.getTotalElapsed();
        bar.close();
        if (!result.isEmpty()) {
            out.println(stage + " done in " + elapsed.toMillis() / 100 / 10.0 + " s: " + result);
        }
    }

    @Override
    public void notice(String line) {
        if (bar != null) {
            out.println();
        }
        MessageLine.print(out, line);
    }
}
