/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.plugin.OpenCalls;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Entry point of the launcher. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        speakTheSameEverywhere();
        useStandardErrorOfTheLauncher();
        OpenCalls.whenOver(Main::endWith);
        int code;
        if (Arrays.equals(args, new String[] {"--version"})) {
            System.out.println(Product.line());
            code = ExitCode.OK;
        } else {
            code = run(new PrintWriter(System.out, true, StandardCharsets.UTF_8), System.err, args);
        }
        System.out.flush();
        System.err.flush();
        System.exit(code);
    }

    /** Ends the process, as if it were told to by the system, over a plug-in that cannot be stopped. */
    private static void endWith(String problem) {
        if (Boolean.getBoolean("synaptile.stderr.terminal")) {
            // A bar may stand in the line.
            System.err.println();
        }
        System.err.println("synaptile: " + problem);
        System.exit(ExitCode.USER_ERROR);
    }

    /** Runs one command line; see {@link ExitCode}. */
    static int run(PrintWriter out, PrintStream err, String... args) {
        try {
            return CommandLines.create(out, err).execute(args);
        } catch (Error e) {
            int code = MessageLine.print(err, e);
            if (Arrays.asList(args).contains("--debug")) {
                e.printStackTrace(err);
            }
            return code;
        }
    }

    /**
     * What libraries and the Java platform write in the user's language and character set is written as our own text is: in
     * neutral digits, and in UTF-8.
     */
    private static void speakTheSameEverywhere() {
        Locale.setDefault(Locale.ROOT);
        System.setOut(utf8(FileDescriptor.out));
        System.setErr(utf8(FileDescriptor.err));
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
    }

    /**
     * The launcher takes the incubator warning of the virtual machine out of standard error, which needs a pipe there. Our
     * own messages go past it to the real standard error: a bar must see the terminal, and the last line must not be late.
     */
    private static void useStandardErrorOfTheLauncher() {
        Integer number = Integer.getInteger("synaptile.stderr.descriptor");
        if (number == null) {
            return;
        }
        try {
            Constructor<FileDescriptor> open = FileDescriptor.class.getDeclaredConstructor(int.class);
            open.setAccessible(true);
            FileDescriptor descriptor = open.newInstance(number);
            System.setErr(utf8(descriptor));
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            MessageLine.print(System.err, "messages may be late: " + e.getMessage());
        }
    }
}
