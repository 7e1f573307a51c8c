/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.cli.experiment.ExperimentRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The third stage. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Simulates chip instances of a run folder: results, layers, energy, latency.",
        footerHeading = "%nExamples:%n",
        footer = {"  synaptile simulate runs/first", "  synaptile simulate runs/first simulate.instances=5"})
final class SimulateCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(index = "0", paramLabel = "RUN", description = "Run folder.")
    private Path folder;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "KEY=VALUE",
            description = "Settings over those of the run.")
    private List<String> settings = List.of();

    @Mixin
    private ExperimentOptions options;

    @Mixin
    private ReportingOptions reporting;

    SimulateCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        ExperimentRunner runner = ExperimentRunner.of(
                folder, options.overrides(settings), ExperimentOptions.site(), reporting.progress(streams.err()));
        SummaryPrinter.print(runner.simulate(folder), folder, reporting.json(), streams.out());
        return ExitCode.OK;
    }
}
