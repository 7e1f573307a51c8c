/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.Progress;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.folder.RunFolder;
import io.synaptile.experiment.folder.Start;
import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.experiment.stage.ExperimentRunner;
import io.synaptile.experiment.stage.RunSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that makes a folder of results from an experiment file. */
abstract class NewRunCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "KEY=VALUE",
            description =
                    "Settings that override the file, with dotted keys as in docs/reference.md; null goes back to the default.")
    private List<String> settings = List.of();

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the results; by default under runs/.")
    private Path out;

    @Option(names = "--resume", description = "Continue the stopped run of this folder.")
    private boolean resume;

    @Mixin
    private ExperimentOptions options;

    @Mixin
    private PlugInOptions plugInOptions;

    @Mixin
    private ReportingOptions reporting;

    NewRunCommand(Streams streams) {
        this.streams = streams;
    }

    /** What will fill a folder. */
    interface Filling {
        /** Where the folder is if the user names none. */
        Path defaultFolder();

        /** Fills it. */
        RunSummary fill(Path target, Start start);
    }

    /** One experiment, by one of the runner's ways to a run folder. */
    record OneRun(ExperimentFile file, ExperimentRunner runner, Way way) implements Filling {
        /** For example {@link ExperimentRunner#run}. */
        interface Way {
            RunSummary fill(ExperimentRunner runner, Path target, Start start);
        }

        @Override
        public Path defaultFolder() {
            return ExperimentRunner.defaultFolder(file.experiment());
        }

        @Override
        public RunSummary fill(Path target, Start start) {
            RunFolder.refuseForeign(target);
            return way.fill(runner, target, start);
        }
    }

    /** Reads and checks what is to be done. */
    abstract Filling filling(PlugIns plugIns, Progress progress);

    /** Settings that a command makes itself, over those of the user. */
    List<String> ownSettings() {
        return List.of();
    }

    private List<String> allSettings() {
        return Stream.concat(settings.stream(), ownSettings().stream()).toList();
    }

    /** Whether the user has given a setting on the command line. */
    final boolean isSet(String key) {
        return settings.stream().anyMatch(setting -> setting.startsWith(key + "="));
    }

    /**
     * Refuses a folder that results must not be written to.
     *
     * @throws IllegalArgumentException naming it
     */
    void checkTarget(Path target) {}

    /** The settings of the command line. */
    List<String> overrides() {
        return options.overrides(allSettings());
    }

    /** An experiment file with the settings of the command line. */
    ExperimentFile read(Path experiment, PlugIns plugIns) {
        return options.read(experiment, allSettings(), plugIns, streams.err());
    }

    @Override
    public Integer call() {
        Filling filling = filling(plugInOptions.load(), reporting.progress(streams.err()));
        Path target = out == null ? filling.defaultFolder() : out;
        checkTarget(target);
        RunSummary summary = filling.fill(target, resume ? Start.RESUMED : Start.ANEW);
        SummaryPrinter.print(summary, target, reporting.json(), streams.out());
        return ExitCode.OK;
    }
}
