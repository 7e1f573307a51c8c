/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.cli.experiment.ExperimentRunner;
import io.synaptile.cli.experiment.Progress;
import io.synaptile.cli.experiment.file.ExperimentFile;
import io.synaptile.cli.plugin.PlugIns;
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
    Filling filling(Path file, PlugIns plugIns, Progress progress) {
        ExperimentFile experiment = read(file, plugIns);
        return new OneRun(
                experiment,
                new ExperimentRunner(experiment, ExperimentOptions.site(), progress),
                ExperimentRunner::run);
    }
}
