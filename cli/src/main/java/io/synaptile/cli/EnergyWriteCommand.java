/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.sim.io.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** An energy table as a file, to be changed and named in an experiment. */
@Command(
        name = "write",
        mixinStandardHelpOptions = true,
        description = "Writes an energy table as a CSV file for hardware.energy, with exactly the same prices.",
        footerHeading = "%nExamples:%n",
        footer = "  synaptile energy write isaac32 my-chip.csv")
final class EnergyWriteCommand implements Callable<Integer> {
    private static final String CSV = ".csv";

    private final Streams streams;

    @Mixin
    private PlugInOptions plugInOptions;

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of an energy table.")
    private String name;

    @Parameters(index = "1", paramLabel = "FILE.csv", description = "File to write; it must not exist.")
    private Path file;

    EnergyWriteCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        if (!file.toString().endsWith(CSV)) {
            throw new IllegalArgumentException(
                    "the name must end with .csv, by which hardware.energy recognises your own table, got " + file);
        }
        PlugIns plugIns = plugInOptions.load();
        byte[] text = plugIns.energyTable(name).csv().getBytes(StandardCharsets.UTF_8);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IllegalArgumentException(file + " exists and is not overwritten; name another file");
        }
        AtomicFile.write(file, out -> out.write(text));
        streams.out().printf("%-12s %s%n", "file", file);
        PlugInOptions.tell(plugIns, streams.err());
        return ExitCode.OK;
    }
}
