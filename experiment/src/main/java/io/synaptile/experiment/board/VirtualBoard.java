/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.board;

import io.synaptile.board.Wire;
import io.synaptile.board.server.BoardServer;
import io.synaptile.board.server.Mishaps;
import io.synaptile.board.server.ServedBoard;
import io.synaptile.board.server.ServingRules;
import io.synaptile.experiment.file.BoardBlock;
import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.plan.ExperimentHardware;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.port.ColumnErrors;
import io.synaptile.mapping.port.PortLimits;
import io.synaptile.mapping.port.SimulatedArray;
import io.synaptile.mapping.port.SimulatedPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The board that an experiment file describes: arrays of simulated cells, with a hidden instance of them. */
public final class VirtualBoard {
    private VirtualBoard() {}

    /**
     * The arrays of the board.
     *
     * @param version of the product, which the board tells as its firmware
     * @throws io.synaptile.experiment.file.ConfigException if cell or read-out cannot be made
     */
    public static ServedBoard of(ExperimentFile file, String version) {
        Experiment experiment = file.experiment();
        BoardBlock block = experiment.board();
        Map<String, ArrayPort> arrays = new LinkedHashMap<>();
        for (int i = 0; i < block.arrays(); i++) {
            arrays.put(
                    "array" + i,
                    new SimulatedPort(new SimulatedArray(
                            experiment.name(),
                            block.serialNumber(),
                            "array" + i,
                            i,
                            experiment.hardware().tile().rows(),
                            experiment.hardware().tile().columns(),
                            ExperimentHardware.cell(file),
                            ExperimentHardware.arrays(file),
                            new ColumnErrors(block.gainSd(), block.offsetSdMicrosiemens(), block.noiseMicrosiemens()),
                            new PortLimits(
                                    block.readVoltageVolts(),
                                    block.drive(),
                                    block.columnCurrentMicroamperes(),
                                    block.pulsesPerCell(),
                                    block.readsPerCall()),
                            experiment.seed())));
        }
        return new ServedBoard(experiment.name(), block.serialNumber(), version, arrays);
    }

    /**
     * Serves the board.
     *
     * @param token that clients must show
     * @throws io.synaptile.experiment.file.ConfigException naming the key of an address or file that cannot be used
     */
    public static BoardServer serve(ExperimentFile file, ServedBoard board, Optional<String> token) {
        BoardBlock block = file.experiment().board();
        ServingRules rules = new ServingRules(
                token,
                Duration.ofMillis(Math.round(1000 * block.waitS())),
                block.queueDepth(),
                Wire.MAX_MESSAGE_BYTES,
                new Mishaps(block.dropEvery(), Duration.ofNanos(Math.round(1e6 * block.delayMs()))));
        InetSocketAddress address = new InetSocketAddress(block.host(), block.port());
        if (address.isUnresolved()) {
            throw file.problem("board.host", "board.host: no address of the name '" + block.host() + "' is known");
        }
        Optional<BoardServer.Tls> tls = block.tls()
                .map(names -> new BoardServer.Tls(
                        found(file, "board.certificate", names.certificate()), found(file, "board.key", names.key())));
        try {
            return BoardServer.start(board, rules, address, tls);
        } catch (IOException e) {
            throw file.problem(
                    "board.port",
                    "board.port: cannot listen on " + block.host() + " port " + block.port() + " (" + reason(e) + ")");
        } catch (IllegalArgumentException e) {
            throw file.problem("board.host", "board.host: " + e.getMessage());
        }
    }

    private static String reason(IOException e) {
        return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    }

    private static java.io.File found(ExperimentFile file, String key, String name) {
        Path path = file.resolve(key, name);
        if (!Files.isRegularFile(path)) {
            throw file.problem(key, key + ": " + path + ": no such file");
        }
        return path.toFile();
    }
}
