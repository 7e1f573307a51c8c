/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.plugin.Patience;
import io.synaptile.experiment.plugin.PlugIns;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Where plug-ins are looked for. */
final class PlugInOptions {
    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "Folder of plug-in jars; by default plugins/ of the installation, if there is one.")
    private Path folder;

    @Option(
            names = "--plugin-seconds",
            paramLabel = "S",
            defaultValue = "60",
            description = "Seconds that a plug-in may take to load, and for each call; 0 is no limit."
                    + " Default: ${DEFAULT-VALUE}.")
    private int seconds;

    /** The plug-ins of the folder asked for, or of the installation. */
    PlugIns load() {
        Patience patience = patience();
        if (folder != null) {
            return PlugIns.in(folder, patience);
        }
        String home = System.getProperty("synaptile.home", "");
        Path own = Path.of(home, "plugins");
        return home.isEmpty() || !Files.isDirectory(own) ? PlugIns.NONE : PlugIns.in(own, patience);
    }

    /** How long the code of a plug-in may take. */
    Patience patience() {
        if (seconds < 0) {
            throw new IllegalArgumentException("--plugin-seconds must be at least 0, got " + seconds);
        }
        return new Patience(Duration.ofSeconds(seconds));
    }

    /** Says which plug-ins were left out by a command that goes on without them, and what of others is not used. */
    static void tell(PlugIns plugIns, PrintStream err) {
        plugIns.notices().forEach(notice -> MessageLine.print(err, notice));
        plugIns.refusals().forEach(refusal -> MessageLine.print(err, "left out: " + refusal));
    }
}
