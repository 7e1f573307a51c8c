/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.text.message.Quoted;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** Sets up picocli: one line per error, exit codes, output streams. */
final class CommandLines {
    private static final int HELP_COLUMNS = 110;

    private CommandLines() {}

    static CommandLine create(PrintWriter out, PrintStream err) {
        CommandLine line = new CommandLine(new SynaptileCommand(), new StreamsFactory(new Streams(out, err)));
        // Wide enough that examples stay on one line and can be copied.
        line.setUsageHelpWidth(HELP_COLUMNS);
        line.setOut(out);
        line.setErr(new PrintWriter(err, true, err.charset()));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(Path.class, CommandLines::path);
        line.setParameterExceptionHandler((problem, args) -> {
            String name = problem.getCommandLine().getCommandSpec().qualifiedName();
            MessageLine.print(
                    err, problem.getMessage() + suggestion(problem) + " ('" + name + " --help' shows the options)");
            traceIfDebugging(err, problem, List.of(args));
            return ExitCode.USER_ERROR;
        });
        line.setExecutionExceptionHandler((problem, command, parsed) -> {
            int code = MessageLine.print(err, problem);
            traceIfDebugging(err, problem, parsed.originalArgs());
            return code;
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
                    Quoted.of(name) + " cannot be the name of a file or folder: " + e.getReason());
        }
    }

    private static String suggestion(CommandLine.ParameterException problem) {
        if (problem instanceof CommandLine.UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            return "; did you mean " + unmatched.getSuggestions().getFirst() + "?";
        }
        return "";
    }

    private static void traceIfDebugging(PrintStream err, Throwable problem, List<String> args) {
        if (args.contains("--debug")) {
            problem.printStackTrace(err);
        }
    }
}
