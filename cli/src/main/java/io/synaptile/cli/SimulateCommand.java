/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.stage.ExperimentRunner;
import io.synaptile.experiment.stage.RunSummary;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The third stage. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Simulates chip instances of a run folder: results, layers, energy, latency.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile simulate runs/first",
            "  synaptile simulate runs/first simulate.instances=5",
            "  synaptile simulate runs/first --instance 17 --age 30d --temperature 350K"
        })
final class SimulateCommand extends StageCommand {
    @Option(
            names = "--instance",
            paramLabel = "N",
            description = "Simulate only this chip, as 'synaptile map RUN --instances' wrote it.")
    private Integer instance;

    @Mixin
    private AgeOptions age;

    SimulateCommand(Streams streams) {
        super(streams);
    }

    @Override
    RunSummary stage(ExperimentRunner runner, Path folder) {
        return instance == null ? runner.simulate(folder) : runner.simulate(folder, instance);
    }

    @Override
    List<String> ownSettings() {
        return age.settings();
    }
}
