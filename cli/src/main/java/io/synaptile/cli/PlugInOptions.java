/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.cli.plugin.PlugIns;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where plug-ins are looked for. */
final class PlugInOptions {
    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "Folder of plug-in jars; by default plugins/ of the installation, if there is one.")
    private Path folder;

    /** The plug-ins of the folder asked for, or of the installation. */
    PlugIns load() {
        if (folder != null) {
            return PlugIns.in(folder);
        }
        String home = System.getProperty("synaptile.home", "");
        Path own = Path.of(home, "plugins");
        return home.isEmpty() || !Files.isDirectory(own) ? PlugIns.NONE : PlugIns.in(own);
    }

    /** Says which plug-ins were left out by a command that goes on without them. */
    static void tell(PlugIns plugIns, PrintStream err) {
        plugIns.refusals().forEach(refusal -> err.println("synaptile: left out: " + refusal));
    }
}
