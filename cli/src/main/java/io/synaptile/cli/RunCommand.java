/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.Progress;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.experiment.stage.ExperimentRunner;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The whole path in one command. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains the network of one experiment, places it on tiles, simulates its chips and writes tables and report.",
            "Prints accuracy, spikes, energy and latency; all files are in one run folder, with which map, simulate and report can continue."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile run examples/quickstart.yaml",
            "  synaptile run examples/quickstart.yaml hardware.readout.bits=5 train.variation.scale=2",
            "  synaptile run examples/quickstart.yaml --out runs/first --threads 1 --json",
            "  synaptile run examples/quickstart.yaml --resume"
        })
final class RunCommand extends NewRunCommand {
    @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "Experiment file (YAML).")
    private Path file;

    RunCommand(Streams streams) {
        super(streams);
    }

    @Override
    Filling filling(PlugIns plugIns, Progress progress) {
        ExperimentFile experiment = read(file, plugIns);
        return new OneRun(
                experiment,
                new ExperimentRunner(experiment, ExperimentOptions.site(), progress),
                ExperimentRunner::run);
    }
}
