/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.cli.experiment.ExperimentRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The second stage. */
@Command(
        name = "map",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Places the trained network of a run folder on tiles: tiles.csv.",
        footerHeading = "%nExamples:%n",
        footer = {"  synaptile map runs/first", "  synaptile map runs/first hardware.tile.rows=64"})
final class MapCommand implements Callable<Integer> {
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

    MapCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        ExperimentRunner runner = ExperimentRunner.of(
                folder, options.overrides(settings), ExperimentOptions.site(), reporting.progress(streams.err()));
        SummaryPrinter.print(runner.map(folder), folder, reporting.json(), streams.out());
        return ExitCode.OK;
    }
}
