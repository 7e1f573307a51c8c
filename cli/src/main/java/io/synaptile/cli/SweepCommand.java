/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.cli.experiment.Progress;
import io.synaptile.cli.experiment.RunSummary;
import io.synaptile.cli.experiment.Start;
import io.synaptile.cli.experiment.SweepRunner;
import io.synaptile.cli.experiment.file.ExperimentFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import picocli.CommandLine.Command;

/** All design points of an experiment. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs every combination of the values in the block 'sweep' of an experiment file.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile sweep examples/ladder/mnist-recovery-grid.yaml",
            "  synaptile sweep examples/quickstart.yaml sweep.hardware.readout.bits=[4,5,6,8] --out runs/bits",
            "  synaptile sweep examples/quickstart.yaml sweep.hardware.readout.bits=[4,5,6,8] --out runs/bits --resume"
        })
final class SweepCommand extends NewRunCommand {
    SweepCommand(Streams streams) {
        super(streams);
    }

    @Override
    RunSummary fill(ExperimentFile experiment, Path target, Start start, Progress progress) {
        SweepRunner runner = new SweepRunner(experiment, ExperimentOptions.site(), progress);
        return new RunSummary(new LinkedHashMap<>(), Optional.of(runner.run(target, start)));
    }

    @Override
    Path defaultFolder(ExperimentFile experiment) {
        return SweepRunner.defaultFolder(experiment);
    }
}
