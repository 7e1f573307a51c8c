/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.board.client.BoardAddress;
import io.synaptile.board.client.BoardClient;
import io.synaptile.board.client.CallRules;
import io.synaptile.experiment.board.BoardPorts;
import java.io.File;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which board a command is about, and how it is called. */
final class BoardOptions {
    @Parameters(
            index = "0",
            paramLabel = "ADDRESS",
            description = "Address of an array: grpc://host:port/array or grpcs://host:port/array.")
    private String address;

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "Time after which a call is given up, by default 10.")
    private double deadline;

    @Option(
            names = "--certificates",
            paramLabel = "FILE",
            description = "Certificates in PEM form that sign that of a board with grpcs.")
    private File certificates;

    /** The address. */
    BoardAddress address() {
        return BoardAddress.of(address);
    }

    /** Connects to the board. */
    BoardClient connect() {
        return BoardClient.connect(address(), rules());
    }

    /** How it is called: once, for what fails is to be seen. */
    CallRules rules() {
        if (!(deadline > 0) || deadline > 86_400) {
            throw new IllegalArgumentException("--deadline must be above 0 and at most 86400, got " + deadline);
        }
        return new CallRules(
                Duration.ofMillis(Math.max(1, Math.round(1000 * deadline))),
                0,
                Duration.ZERO,
                Optional.ofNullable(System.getenv(BoardPorts.TOKEN)).filter(token -> !token.isBlank()),
                Optional.ofNullable(certificates),
                Product.line());
    }
}
