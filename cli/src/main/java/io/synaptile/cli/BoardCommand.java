/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Commands about boards. */
@Command(
        name = "board",
        mixinStandardHelpOptions = true,
        description = "Serves a simulated board, asks boards what they are, and checks that they keep their contract.",
        subcommands = {
            BoardServeCommand.class,
            BoardInfoCommand.class,
            BoardCalibrateCommand.class,
            BoardCheckCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile board serve examples/board.yaml",
            "  synaptile board info grpc://localhost:7447/array0",
            "  synaptile board check grpc://localhost:7447/array0",
            "  synaptile run examples/quickstart.yaml hardware.boards.fc2=grpc://localhost:7447/array0"
        })
final class BoardCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is needed: serve, info, calibrate or check");
    }
}
