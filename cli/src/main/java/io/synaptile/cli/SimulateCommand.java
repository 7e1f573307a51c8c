/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.cli.experiment.ExperimentRunner;
import io.synaptile.cli.experiment.RunSummary;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** The third stage. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Simulates chip instances of a run folder: results, layers, energy, latency.",
        footerHeading = "%nExamples:%n",
        footer = {"  synaptile simulate runs/first", "  synaptile simulate runs/first simulate.instances=5"})
final class SimulateCommand extends StageCommand {
    SimulateCommand(Streams streams) {
        super(streams);
    }

    @Override
    RunSummary stage(ExperimentRunner runner, Path folder) {
        return runner.simulate(folder);
    }
}
