/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Entry point of the launcher. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        useStandardErrorOfTheLauncher();
        int code;
        if (Arrays.equals(args, new String[] {"--version"})) {
            System.out.println(Product.line());
            code = ExitCode.OK;
        } else {
            code = run(new PrintWriter(System.out, true), System.err, args);
        }
        System.out.flush();
        System.err.flush();
        System.exit(code);
    }

    /** Runs one command line; see {@link ExitCode}. */
    static int run(PrintWriter out, PrintStream err, String... args) {
        return CommandLines.create(out, err).execute(args);
    }

    /**
     * The launcher takes the incubator warning of the virtual machine out of standard error, which needs a pipe there. Our
     * own messages go past it to the real standard error: a bar must see the terminal, and the last line must not be late.
     */
    private static void useStandardErrorOfTheLauncher() {
        String path = System.getProperty("synaptile.stderr", "");
        if (!path.isEmpty()) {
            try {
                System.setErr(new PrintStream(new FileOutputStream(path, true), true, StandardCharsets.UTF_8));
            } catch (IOException e) {
                // A socket cannot be opened again by name; then messages take the way through the pipe.
                System.err.flush();
            }
        }
    }
}
