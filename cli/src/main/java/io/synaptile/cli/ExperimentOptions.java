/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.Site;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.plugin.PlugIns;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of commands that compute. */
final class ExperimentOptions {
    @Option(names = "--threads", paramLabel = "N", description = "Threads (run.threads); they do not change results.")
    private Integer threads;

    @Option(
            names = "--backend",
            paramLabel = "ID",
            description = "Compute backend, for example cpu, tornado:0 or auto (run.backend).")
    private String backend;

    /** The settings of the command line, the options among them. */
    List<String> overrides(List<String> settings) {
        List<String> all = new ArrayList<>(settings);
        if (threads != null) {
            all.add("run.threads=" + threads);
        }
        if (backend != null) {
            all.add("run.backend=" + backend);
        }
        return all;
    }

    /** Reads an experiment file and says which familiar names were understood. */
    ExperimentFile read(Path file, List<String> settings, PlugIns plugIns, PrintStream err) {
        ExperimentFile read = ExperimentFile.read(file, overrides(settings), plugIns);
        read.notices().forEach(notice -> MessageLine.print(err, notice));
        PlugInOptions.tell(plugIns, err);
        return read;
    }

    /** This installation, as the launcher and the environment tell. */
    static Site site() {
        String home = System.getProperty("synaptile.home", "");
        String data = System.getenv("SYNAPTILE_DATA");
        return new Site(
                Product.version(),
                Product.commit(),
                data == null || data.isEmpty() ? Optional.empty() : Optional.of(Path.of(data)),
                home.isEmpty() ? List.of() : List.of(Path.of(home, "examples", "data")),
                Product.withoutTornado());
    }
}
