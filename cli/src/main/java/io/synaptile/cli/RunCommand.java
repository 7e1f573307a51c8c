/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.cli.experiment.ExperimentRunner;
import io.synaptile.cli.experiment.RunSummary;
import io.synaptile.cli.experiment.Start;
import java.nio.file.Path;
import picocli.CommandLine.Command;

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
            "  synaptile run examples/quickstart.yaml --out runs/first --threads 1 --json",
            "  synaptile run examples/quickstart.yaml --resume"
        })
final class RunCommand extends NewRunCommand {
    RunCommand(Streams streams) {
        super(streams);
    }

    @Override
    RunSummary fill(ExperimentRunner runner, Path target, Start start) {
        return runner.run(target, start);
    }
}
