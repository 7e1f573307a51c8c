/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.folder.Start;
import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.experiment.repeat.Circumstance;
import io.synaptile.experiment.repeat.Compared;
import io.synaptile.experiment.repeat.Repetition;
import io.synaptile.experiment.repeat.Rerun;
import io.synaptile.text.message.OneLine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** A run that is done again. */
@Command(
        name = "rerun",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Repeats a run from its manifest, training included, into a new folder, and says of every table and of the model whether they have the same bytes; where they differ, which versions, data, backend, plug-ins or other files are not the same.",
            "Exit code 0: all is the same; 1: something differs; 2: the run cannot be repeated."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile rerun runs/first",
            "  synaptile rerun manifest.json --out runs/again",
            "  synaptile rerun runs/bits/points/0003 --json"
        })
final class RerunCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(
            index = "0",
            paramLabel = "MANIFEST|RUN",
            description = "manifest.json of a run, with or without the other files of its folder, or the run folder.")
    private Path named;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Folder of the repetition; by default RUN-rerun, or runs/NAME-rerun for a manifest without its run folder.")
    private Path out;

    @Option(names = "--resume", description = "Continue the stopped repetition of this folder.")
    private boolean resume;

    @Mixin
    private ExperimentOptions options;

    @Mixin
    private PlugInOptions plugInOptions;

    @Mixin
    private ReportingOptions reporting;

    RerunCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        PlugIns plugIns = plugInOptions.load();
        Rerun rerun = Rerun.of(
                named,
                options.overrides(List.of()),
                plugIns,
                ExperimentOptions.site(),
                reporting.progress(streams.err()));
        PlugInOptions.tell(plugIns, streams.err());
        Repetition made = rerun.into(out == null ? rerun.defaultFolder() : out, resume ? Start.RESUMED : Start.ANEW);
        if (reporting.json()) {
            streams.out().println(JsonMapper.shared().writeValueAsString(values(made)));
        } else {
            print(made);
        }
        return made.same() ? ExitCode.OK : ExitCode.FAILURE;
    }

    private void print(Repetition made) {
        int width = made.files().stream()
                .mapToInt(file -> file.name().length())
                .max()
                .orElse(0);
        for (Compared file : made.files()) {
            streams.out()
                    .printf(
                            Locale.ROOT,
                            "%-" + width + "s  %s%s%n",
                            OneLine.of(file.name()),
                            file.outcome().words(),
                            file.remark().isEmpty() ? "" : ": " + file.remark());
        }
        List<Circumstance> circumstances = made.circumstances();
        if (!circumstances.isEmpty()) {
            streams.out().println("not the same as in the run:");
            circumstances.forEach(one ->
                    streams.out().println(OneLine.of("  " + one.name() + ": " + one.then() + ", now " + one.now())));
        } else if (!made.same()) {
            streams.out().println("version, data, backend, JDK, plug-ins and other files are the same as in the run");
        }
        streams.out().println(made.folder() + ": " + result(made));
        streams.out().flush();
    }

    private static String result(Repetition made) {
        List<Compared> compared = made.files().stream()
                .filter(file -> file.outcome() != Compared.Outcome.NOT_COMPARED)
                .toList();
        List<String> others = compared.stream()
                .filter(file -> !file.outcome().isSame())
                .map(Compared::name)
                .toList();
        return others.isEmpty()
                ? "all " + compared.size() + " files are the same"
                : others.size() + " of " + compared.size() + " files are not the same: "
                        + OneLine.of(String.join(", ", others));
    }

    private Map<String, Object> values(Repetition made) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("run", named.toString());
        values.put("run_folder", made.folder().toString());
        values.put("same", made.same());
        List<Map<String, String>> files = new ArrayList<>();
        for (Compared file : made.files()) {
            Map<String, String> row = new LinkedHashMap<>();
            row.put("file", file.name());
            row.put("outcome", file.outcome().name().toLowerCase(Locale.ROOT));
            row.put("remark", file.remark());
            files.add(row);
        }
        values.put("files", files);
        List<Map<String, String>> circumstances = new ArrayList<>();
        for (Circumstance one : made.circumstances()) {
            Map<String, String> row = new LinkedHashMap<>();
            row.put("name", one.name());
            row.put("then", one.then());
            row.put("now", one.now());
            circumstances.add(row);
        }
        values.put("circumstances", circumstances);
        return values;
    }
}
