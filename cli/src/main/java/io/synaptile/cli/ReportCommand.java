/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.experiment.stage.ExperimentRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The last stage. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Writes report.html again from the tables of a run folder.",
        footerHeading = "%nExamples:%n",
        footer = "  synaptile report runs/first")
final class ReportCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(index = "0", paramLabel = "RUN", description = "Run folder.")
    private Path folder;

    @Mixin
    private PlugInOptions plugInOptions;

    @Mixin
    private ReportingOptions reporting;

    ReportCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        PlugIns plugIns = plugInOptions.load();
        ExperimentRunner runner = ExperimentRunner.of(
                folder, List.of(), plugIns, ExperimentOptions.site(), reporting.progress(streams.err()));
        PlugInOptions.tell(plugIns, streams.err());
        SummaryPrinter.print(runner.report(folder), folder, reporting.json(), streams.out());
        return ExitCode.OK;
    }
}
