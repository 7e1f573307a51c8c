/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.cli.experiment.ExperimentRunner;
import io.synaptile.cli.experiment.RunSummary;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** The second stage. */
@Command(
        name = "map",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Places the trained network of a run folder on tiles: tiles.csv.",
        footerHeading = "%nExamples:%n",
        footer = {"  synaptile map runs/first", "  synaptile map runs/first hardware.tile.rows=64"})
final class MapCommand extends StageCommand {
    MapCommand(Streams streams) {
        super(streams);
    }

    @Override
    RunSummary stage(ExperimentRunner runner, Path folder) {
        return runner.map(folder);
    }
}
