/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.cli.experiment.ExperimentRunner;
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

/** A command that makes a run folder from an experiment file. */
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

    @Option(names = "--out", paramLabel = "DIR", description = "Run folder; by default runs/NAME-HASH.")
    private Path out;

    @Option(names = "--resume", description = "Continue the stopped run of this folder from its last checkpoint.")
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

    /** Fills the run folder. */
    abstract RunSummary fill(ExperimentRunner runner, Path target, Start start);

    @Override
    public Integer call() {
        ExperimentFile read = options.read(file, settings, plugInOptions.load(), streams.err());
        Path target = out == null ? ExperimentRunner.defaultFolder(read.experiment()) : out;
        RunFolder.refuseForeign(target);
        ExperimentRunner runner =
                new ExperimentRunner(read, ExperimentOptions.site(), reporting.progress(streams.err()));
        Start start = resume ? Start.RESUMED : Start.ANEW;
        SummaryPrinter.print(fill(runner, target, start), target, reporting.json(), streams.out());
        return ExitCode.OK;
    }
}
