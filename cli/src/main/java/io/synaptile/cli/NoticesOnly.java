/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.Progress;
import java.io.PrintStream;

/** Progress that is not shown. */
record NoticesOnly(PrintStream out) implements Progress {
    @Override
    public void notice(String line) {
        MessageLine.print(out, line);
    }
}
