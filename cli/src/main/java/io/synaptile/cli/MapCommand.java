/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.folder.TileExport;
import io.synaptile.experiment.stage.ExperimentRunner;
import io.synaptile.experiment.stage.MapOrder;
import io.synaptile.experiment.stage.RunSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The second stage. */
@Command(
        name = "map",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Places the trained network of a run folder on tiles: tiles.csv, and programmed chips.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile map runs/first",
            "  synaptile map runs/first hardware.tile.rows=64",
            "  synaptile map runs/first --instances 50",
            "  synaptile map runs/first --export-tile conv2:3 --chip 17 --age 30d --out tile.npz"
        })
final class MapCommand extends StageCommand {
    @Option(
            names = "--instances",
            paramLabel = "N",
            defaultValue = "0",
            description = "Program this many chips and store them in RUN/chips.")
    private int instances;

    @ArgGroup(exclusive = false)
    private Export export;

    @Mixin
    private AgeOptions age;

    /** A tile that is written to a file. */
    static final class Export {
        @Option(
                names = "--export-tile",
                paramLabel = "LAYER:TILE",
                required = true,
                description = "Write one tile: conductances as targeted, programmed and aged, and stuck cells.")
        private String tile;

        @Option(
                names = "--chip",
                paramLabel = "N",
                defaultValue = "0",
                description = "Chip of that tile, by default 0.")
        private int chip;

        @Option(
                names = "--out",
                paramLabel = "FILE",
                required = true,
                description = "File of that tile; its ending, .npz or .csv, decides the format.")
        private Path out;
    }

    MapCommand(Streams streams) {
        super(streams);
    }

    @Override
    RunSummary stage(ExperimentRunner runner, Path folder) {
        return runner.map(
                folder,
                new MapOrder(
                        instances,
                        Optional.ofNullable(export).map(tile -> TileExport.of(tile.tile, tile.chip, tile.out))));
    }

    @Override
    List<String> ownSettings() {
        return age.settings();
    }
}
