/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.board.server.BoardServer;
import io.synaptile.board.server.ServedBoard;
import io.synaptile.experiment.board.BoardPorts;
import io.synaptile.experiment.board.VirtualBoard;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.plugin.PlugIns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A simulated board on a port of this machine. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Serves the board that an experiment file describes (blocks board and hardware), until it is interrupted. Clients must show"
                        + " the token in SYNAPTILE_BOARD_TOKEN where that is set.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile board serve examples/board.yaml",
            "  synaptile board serve examples/board.yaml board.port=7448 board.gain_sd=0.05"
        })
final class BoardServeCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private PlugInOptions plugInOptions;

    @Mixin
    private ReportingOptions reporting;

    @Parameters(index = "0", paramLabel = "FILE", description = "Experiment file with a block board.")
    private Path file;

    @Parameters(index = "1..*", paramLabel = "KEY=VALUE", description = "Settings over those of the file.")
    private List<String> settings = new ArrayList<>();

    BoardServeCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws InterruptedException {
        PlugIns plugIns = plugInOptions.load();
        ExperimentFile experiment = ExperimentFile.readBoard(file, settings, plugIns);
        experiment.notices().forEach(notice -> MessageLine.print(streams.err(), notice));
        PlugInOptions.tell(plugIns, streams.err());
        ServedBoard board = VirtualBoard.of(experiment, Product.line());
        Optional<String> token =
                Optional.ofNullable(System.getenv(BoardPorts.TOKEN)).filter(own -> !own.isBlank());
        try (BoardServer server = VirtualBoard.serve(experiment, board, token)) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "board-end"));
            streams.out()
                    .println("board " + board.name() + " (serial number " + board.serialNumber() + ", "
                            + board.arrays().size() + " arrays) listening on "
                            + experiment.experiment().board().host() + ":" + server.port());
            streams.out().flush();
            server.await();
        }
        return ExitCode.OK;
    }
}
