/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Commands about energy tables. */
@Command(
        name = "energy",
        mixinStandardHelpOptions = true,
        description = "Lists, shows and writes the energy tables that can be named in hardware.energy.",
        subcommands = {EnergyListCommand.class, EnergyShowCommand.class, EnergyWriteCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile energy list",
            "  synaptile energy show isaac32",
            "  synaptile energy write isaac32 my-chip.csv"
        })
final class EnergyCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is needed: list, show or write");
    }
}
