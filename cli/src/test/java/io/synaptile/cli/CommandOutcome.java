/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a command line did: exit code and both outputs. */
public record CommandOutcome(int code, String out, String err) {
    public static CommandOutcome of(String... arguments) {
        StringWriter out = new StringWriter();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(new PrintWriter(out, true), new PrintStream(err, true, StandardCharsets.UTF_8), arguments);
        return new CommandOutcome(code, out.toString(), err.toString(StandardCharsets.UTF_8));
    }

    /** What a command would print that met the problem. */
    public static CommandOutcome ofProblem(Throwable problem) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = MessageLine.print(new PrintStream(err, true, StandardCharsets.UTF_8), problem);
        return new CommandOutcome(code, "", err.toString(StandardCharsets.UTF_8));
    }

    /** Of all stages of an experiment, quietly, into a folder. */
    static CommandOutcome ofRun(Path experiment, Path out, String... settings) {
        List<String> arguments = new ArrayList<>(List.of("run", experiment.toString()));
        arguments.addAll(List.of(settings));
        arguments.addAll(List.of("--out", out.toString(), "--quiet"));
        return of(arguments.toArray(String[]::new));
    }
}
