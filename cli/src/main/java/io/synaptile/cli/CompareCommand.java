/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.Progress;
import io.synaptile.experiment.compare.ComparisonRunner;
import io.synaptile.experiment.folder.Start;
import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.experiment.stage.RunSummary;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Several methods for the same chips. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains the candidates in the block 'compare' of an experiment file, such as several training methods, for the same data and chips.",
            "Simulates the chips of each at every amount of programming variation, repairs them by SRAM words where asked, and puts accuracy, time steps, spikes, operations, energy, latency, tiles and sparsity side by side in one table and one page (comparison.csv, comparison.html)."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile compare examples/compare-methods.yaml",
            "  synaptile compare examples/compare-methods.yaml compare.variation=[0,2] simulate.instances=5 --out runs/compared",
            "  synaptile compare examples/compare-methods.yaml --out runs/compared --resume"
        })
final class CompareCommand extends NewRunCommand {
    @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "Experiment file (YAML) with a block compare.")
    private Path file;

    CompareCommand(Streams streams) {
        super(streams);
    }

    @Override
    Filling filling(PlugIns plugIns, Progress progress) {
        ComparisonRunner runner = new ComparisonRunner(read(file, plugIns), ExperimentOptions.site(), progress);
        return new Filling() {
            @Override
            public Path defaultFolder() {
                return runner.defaultFolder();
            }

            @Override
            public RunSummary fill(Path target, Start start) {
                return new RunSummary.Compared(runner.run(target, start));
            }
        };
    }
}
