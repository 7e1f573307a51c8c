/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command without a subcommand. */
@Command(
        name = "synaptile",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        description =
                "Trains spiking networks, places them on tiles of memory cells, and reports accuracy, spikes and energy.",
        subcommands = {
            RunCommand.class,
            SweepCommand.class,
            CompareCommand.class,
            TrainCommand.class,
            ConvertCommand.class,
            MapCommand.class,
            SimulateCommand.class,
            ReportCommand.class,
            VerifyCommand.class,
            RerunCommand.class,
            NetworkCommand.class,
            DeviceCommand.class,
            EnergyCommand.class,
            BoardCommand.class,
            DataCommand.class,
            ValidateCommand.class,
            DoctorCommand.class,
            SynaptileCommand.Completion.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile run examples/quickstart.yaml",
            "  synaptile run examples/quickstart.yaml hardware.readout.bits=5 --out runs/five-bits",
            "  synaptile device list"
        })
final class SynaptileCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is needed");
    }

    /** Completion script under a shorter name. */
    @Command(
            name = "completion",
            description = "Prints a completion script for bash and zsh.",
            footerHeading = "%nExamples:%n",
            footer = "  source <(synaptile completion)")
    static final class Completion extends GenerateCompletion {}
}
