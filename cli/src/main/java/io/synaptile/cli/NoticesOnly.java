/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.Progress;
import java.io.PrintStream;

/** Progress that is not shown. */
record NoticesOnly(PrintStream out) implements Progress {
    @Override
    public void begin(String stage, long steps) {}

    @Override
    public void advance(long by, String status) {}

    @Override
    public void end(String result) {}

    @Override
    public void notice(String line) {
        MessageLine.print(out, line);
    }
}
