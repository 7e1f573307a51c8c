/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.cli.experiment.ExperimentRunner;
import io.synaptile.cli.experiment.Progress;
import io.synaptile.cli.experiment.RunFolder;
import io.synaptile.cli.experiment.RunSummary;
import io.synaptile.cli.experiment.Start;
import io.synaptile.cli.experiment.file.ExperimentFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that makes a folder of results from an experiment file. */
abstract class NewRunCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "Experiment file (YAML).")
    private Path file;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "KEY=VALUE",
            description = "Settings over those of the file.")
    private List<String> settings = List.of();

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the results; by default under runs/.")
    private Path out;

    @Option(names = "--resume", description = "Continue what was stopped in this folder.")
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

    /** Fills the folder. */
    abstract RunSummary fill(ExperimentFile experiment, Path target, Start start, Progress progress);

    /** Where it is if the user names none. */
    Path defaultFolder(ExperimentFile experiment) {
        return ExperimentRunner.defaultFolder(experiment.experiment());
    }

    /** A runner of one experiment into a folder, which may be an earlier run. */
    static ExperimentRunner runner(ExperimentFile experiment, Path target, Progress progress) {
        RunFolder.refuseForeign(target);
        return new ExperimentRunner(experiment, ExperimentOptions.site(), progress);
    }

    @Override
    public Integer call() {
        ExperimentFile read = options.read(file, settings, plugInOptions.load(), streams.err());
        Path target = out == null ? defaultFolder(read) : out;
        Start start = resume ? Start.RESUMED : Start.ANEW;
        RunSummary summary = fill(read, target, start, reporting.progress(streams.err()));
        SummaryPrinter.print(summary, target, reporting.json(), streams.out());
        return ExitCode.OK;
    }
}
