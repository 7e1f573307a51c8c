/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.cli.experiment.ExperimentRunner;
import io.synaptile.cli.experiment.RunSummary;
import io.synaptile.cli.experiment.Start;
import java.nio.file.Path;
import picocli.CommandLine.Command;

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
    TrainCommand(Streams streams) {
        super(streams);
    }

    @Override
    RunSummary fill(ExperimentRunner runner, Path target, Start start) {
        return runner.train(target, start);
    }
}
