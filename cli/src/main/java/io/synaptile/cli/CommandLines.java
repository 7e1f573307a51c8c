/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine;

/** Sets up picocli: one line per error, exit codes, output streams. */
final class CommandLines {
    private CommandLines() {}

    static CommandLine create(PrintWriter out, PrintStream err) {
        CommandLine line = new CommandLine(new SynaptileCommand(), new StreamsFactory(new Streams(out, err)));
        line.setOut(out);
        line.setErr(new PrintWriter(err, true, err.charset()));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(Path.class, CommandLines::path);
        line.setParameterExceptionHandler((problem, args) -> {
            String name = problem.getCommandLine().getCommandSpec().qualifiedName();
            return tell(
                    err,
                    problem,
                    problem.getMessage() + suggestion(problem) + " ('" + name + " --help' shows the options)",
                    args,
                    ExitCode.USER_ERROR);
        });
        line.setExecutionExceptionHandler((problem, command, parsed) -> {
            String[] args = parsed.originalArgs().toArray(String[]::new);
            int code = ExitCode.of(problem);
            String message = message(problem);
            return tell(err, problem, code == ExitCode.FAILURE ? "failure: " + message : message, args, code);
        });
        return line;
    }

    private static Path path(String name) {
        if (name.isBlank()) {
            throw new CommandLine.TypeConversionException("the name of a file or folder cannot be empty");
        }
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new CommandLine.TypeConversionException(
                    "'" + name + "' cannot be the name of a file or folder: " + e.getReason());
        }
    }

    private static String suggestion(CommandLine.ParameterException problem) {
        if (problem instanceof CommandLine.UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            return "; did you mean " + unmatched.getSuggestions().getFirst() + "?";
        }
        return "";
    }

    private static String message(Throwable problem) {
        String message = problem instanceof UncheckedIOException && problem.getClass() == UncheckedIOException.class
                ? problem.getCause().getMessage()
                : problem.getMessage();
        return message == null ? problem.getClass().getSimpleName() : message;
    }

    private static int tell(PrintStream err, Throwable problem, String message, String[] args, int code) {
        err.println("synaptile: " + message.replaceAll("\\s*\\R\\s*", " "));
        if (Arrays.asList(args).contains("--debug")) {
            problem.printStackTrace(err);
        }
        return code;
    }
}
