/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.Progress;
import java.io.PrintStream;
import picocli.CommandLine.Option;

/** Options about what a command shows. */
final class ReportingOptions {
    private static final int DEFAULT_COLUMNS = 100;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    @Option(names = "--debug", description = "Show the stack trace of an error.")
    private boolean debug;

    boolean json() {
        return json;
    }

    boolean quiet() {
        return quiet;
    }

    /** A bar where standard error is a terminal, as the launcher tells; lines where it is not. */
    Progress progress(PrintStream err) {
        if (quiet) {
            return new NoticesOnly(err);
        } else if (Boolean.getBoolean("synaptile.stderr.terminal")) {
            return new BarProgress(err, Integer.getInteger("synaptile.columns", DEFAULT_COLUMNS));
        }
        return new LineProgress(err, System::nanoTime);
    }
}
