/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.cli.experiment.RunSummary;
import io.synaptile.cli.experiment.Start;
import io.synaptile.cli.experiment.SweepRunner;
import io.synaptile.cli.experiment.file.ExperimentFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** All design points of an experiment. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs every combination of the values in the block 'sweep' of an experiment file.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile sweep examples/ladder/mnist-recovery-grid.yaml",
            "  synaptile sweep examples/quickstart.yaml sweep.hardware.readout.bits=[4,5,6,8] --out runs/bits",
            "  synaptile sweep examples/quickstart.yaml sweep.hardware.readout.bits=[4,5,6,8] --out runs/bits --resume"
        })
final class SweepCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "Experiment file (YAML).")
    private Path file;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "KEY=VALUE",
            description = "Settings over those of the file; sweep.KEY=[VALUES] sweeps a key.")
    private List<String> settings = List.of();

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the sweep; by default runs/NAME-sweep.")
    private Path out;

    @Option(names = "--resume", description = "Keep the points that an earlier process has finished, and go on.")
    private boolean resume;

    @Mixin
    private ExperimentOptions options;

    @Mixin
    private PlugInOptions plugInOptions;

    @Mixin
    private ReportingOptions reporting;

    SweepCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        ExperimentFile read = options.read(file, settings, plugInOptions.load(), streams.err());
        Path target = out == null ? SweepRunner.defaultFolder(read) : out;
        SweepRunner runner = new SweepRunner(read, ExperimentOptions.site(), reporting.progress(streams.err()));
        RunSummary summary = new RunSummary(
                new LinkedHashMap<>(), Optional.of(runner.run(target, resume ? Start.RESUMED : Start.ANEW)));
        SummaryPrinter.print(summary, target, reporting.json(), streams.out());
        return ExitCode.OK;
    }
}
