/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.Progress;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.experiment.stage.ExperimentRunner;
import java.nio.file.Path;
import picocli.CommandLine.Command;
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
            "  synaptile train examples/quickstart.yaml train.epochs=5 --out runs/short",
            "  synaptile train examples/quickstart.yaml --out runs/first --resume"
        })
final class TrainCommand extends NewRunCommand {
    @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "Experiment file (YAML).")
    private Path file;

    TrainCommand(Streams streams) {
        super(streams);
    }

    @Override
    Filling filling(PlugIns plugIns, Progress progress) {
        ExperimentFile experiment = read(file, plugIns);
        return new OneRun(
                experiment,
                new ExperimentRunner(experiment, ExperimentOptions.site(), progress),
                ExperimentRunner::train);
    }
}
