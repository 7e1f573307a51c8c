/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.cli.experiment.Progress;
import io.synaptile.cli.experiment.RunSummary;
import io.synaptile.cli.experiment.Start;
import io.synaptile.cli.experiment.file.ExperimentFile;
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
    RunSummary fill(ExperimentFile experiment, Path target, Start start, Progress progress) {
        return runner(experiment, target, progress).train(target, start);
    }
}
