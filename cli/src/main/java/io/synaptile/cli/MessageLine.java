/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.file.PropertyKeys;
import io.synaptile.sim.compute.DeviceMemoryException;
import io.synaptile.text.message.OneLine;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/** What the product says on standard error: one line of bounded length, whatever a file or a plug-in put into it. */
final class MessageLine {
    private MessageLine() {}

    /** Prints a message. */
    static void print(PrintStream out, String message) {
        out.println("synaptile: " + OneLine.of(message));
    }

    /** Prints what went wrong and returns the exit code for it. */
    static int print(PrintStream out, Throwable problem) {
        int code = ExitCode.of(problem);
        print(out, (code == ExitCode.FAILURE ? "failure: " : "") + of(problem));
        return code;
    }

    private static String of(Throwable problem) {
        return switch (problem) {
            case OutOfMemoryError _ ->
                "not enough memory within " + (Runtime.getRuntime().maxMemory() >> 20)
                        + " MiB of heap; lower data.batch, simulate.batch or network, or set"
                        + " SYNAPTILE_JAVA_OPTS=-Xmx<size>";
            case DeviceMemoryException _ -> problem.getMessage() + "; lower data.batch or simulate.batch";
            case LinkageError _ ->
                "a part of the program cannot be loaded (" + problem
                        + "); is the installation whole, and may a process open enough files (ulimit -n)?";
            case UncheckedIOException unchecked
            when unchecked.getCause().toString().equals(unchecked.getMessage()) -> message(unchecked.getCause());
            case Error _ -> problem.toString();
            default -> message(problem);
        };
    }

    private static String message(Throwable problem) {
        return problem.getMessage() == null ? problem.getClass().getSimpleName() : PropertyKeys.message(problem);
    }
}
