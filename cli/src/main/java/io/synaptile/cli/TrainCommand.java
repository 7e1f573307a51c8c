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

/** The first stage. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Trains the network of an experiment and starts its run folder.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile train examples/quickstart.yaml --out runs/first",
            "  synaptile train examples/quickstart.yaml train.epochs=5 --out runs/short"
        })
final class TrainCommand implements Callable<Integer> {
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

    TrainCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        ExperimentFile read = options.read(file, settings, streams.err());
        Path target = out == null ? ExperimentRunner.defaultFolder(read.experiment()) : out;
        RunFolder.refuseForeign(target);
        ExperimentRunner runner =
                new ExperimentRunner(read, ExperimentOptions.site(), reporting.progress(streams.err()));
        SummaryPrinter.print(runner.train(target), target, reporting.json(), streams.out());
        return ExitCode.OK;
    }
}
