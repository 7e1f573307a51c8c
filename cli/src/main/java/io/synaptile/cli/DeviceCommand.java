/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Commands about memory cells. */
@Command(
        name = "device",
        mixinStandardHelpOptions = true,
        description =
                "Lists, shows, plots, checks and fits memory cells and the other parts that an experiment can name.",
        subcommands = {
            DeviceListCommand.class,
            DeviceShowCommand.class,
            DevicePlotCommand.class,
            DeviceFitCommand.class,
            DeviceCheckCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {"  synaptile device list", "  synaptile device show rram", "  synaptile device check rram"})
final class DeviceCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is needed: list, show, plot, fit or check");
    }
}
