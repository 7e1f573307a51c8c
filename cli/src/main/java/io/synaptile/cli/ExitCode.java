/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.file.ConfigException;
import io.synaptile.sim.io.DataFileException;

/** What the process tells its caller. */
final class ExitCode {
    static final int OK = 0;
    /** Something went wrong that the user did not ask for. */
    static final int FAILURE = 1;
    /** The experiment file, a data file or the command line is wrong. */
    static final int USER_ERROR = 2;

    private ExitCode() {}

    static int of(Throwable problem) {
        return problem instanceof ConfigException
                        || problem instanceof IllegalArgumentException
                        || problem instanceof DataFileException
                ? USER_ERROR
                : FAILURE;
    }
}
