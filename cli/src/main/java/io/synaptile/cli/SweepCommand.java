/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.Progress;
import io.synaptile.experiment.folder.Start;
import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.experiment.stage.RunSummary;
import io.synaptile.experiment.sweep.SweepRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** All design points of an experiment. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Runs every combination of the values in the block 'sweep' of an experiment file, or of settings for a run folder; all points of a run folder use its weights.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile sweep examples/ladder/mnist-recovery-grid.yaml",
            "  synaptile sweep examples/quickstart.yaml sweep.hardware.readout.bits=[4,5,6,8] --out runs/bits",
            "  synaptile sweep examples/quickstart.yaml sweep.hardware.readout.bits=[4,5,6,8] --out runs/bits --resume",
            "  synaptile sweep runs/first sweep.hardware.cell.programming.scale=[0,1,2] --out runs/spread"
        })
final class SweepCommand extends NewRunCommand {
    @Parameters(
            index = "0",
            paramLabel = "EXPERIMENT|RUN",
            description = "Experiment file (YAML), or a run folder whose hardware and simulation are swept.")
    private Path file;

    @Option(names = "--skip-invalid", description = "Leave out points that cannot be run, and name them.")
    private boolean skipInvalid;

    SweepCommand(Streams streams) {
        super(streams);
    }

    @Override
    Filling filling(PlugIns plugIns, Progress progress) {
        SweepRunner runner = Files.isDirectory(file)
                ? SweepRunner.ofRun(file, overrides(), plugIns, ExperimentOptions.site(), progress)
                : SweepRunner.of(read(file, plugIns), ExperimentOptions.site(), progress);
        return new Filling() {
            @Override
            public Path defaultFolder() {
                return runner.defaultFolder();
            }

            @Override
            public RunSummary fill(Path target, Start start) {
                return new RunSummary.Swept(runner.run(target, start, skipInvalid));
            }
        };
    }
}
