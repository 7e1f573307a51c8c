/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.cli.experiment.ExperimentRunner;
import io.synaptile.cli.experiment.RunFolder;
import io.synaptile.cli.experiment.file.ExperimentFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The whole path in one command. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Trains, maps, simulates and reports one experiment.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile run examples/quickstart.yaml",
            "  synaptile run examples/quickstart.yaml hardware.readout.bits=5 train.variation.scale=2",
            "  synaptile run examples/quickstart.yaml --out runs/first --threads 1 --json"
        })
final class RunCommand implements Callable<Integer> {
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

    @Mixin
    private ExperimentOptions options;

    @Mixin
    private ReportingOptions reporting;

    RunCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        ExperimentFile read = options.read(file, settings, streams.err());
        Path target = out == null ? ExperimentRunner.defaultFolder(read.experiment()) : out;
        RunFolder.refuseForeign(target);
        ExperimentRunner runner =
                new ExperimentRunner(read, ExperimentOptions.site(), reporting.progress(streams.err()));
        SummaryPrinter.print(runner.run(target), target, reporting.json(), streams.out());
        return ExitCode.OK;
    }
}
