/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.board.server.BoardServer;
import io.synaptile.experiment.board.VirtualBoard;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.plugin.PlugIns;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands about boards. */
class BoardTest {
    private static BoardServer serve() {
        ExperimentFile file = ExperimentFile.readBoard(
                Path.of("..", "examples", "board.yaml"), List.of("board.port=0", "board.gain_sd=0.05"), PlugIns.NONE);
        return VirtualBoard.serve(file, VirtualBoard.of(file, "test"), Optional.empty());
    }

    @Test
    void infoAndCalibrateSayWhatTheBoardIs() {
        try (BoardServer server = serve()) {
            String address = "grpc://localhost:" + server.port() + "/array3";
            CommandOutcome info = CommandOutcome.of("board", "info", address);
            assertThat(info.code()).as(info.err()).isZero();
            assertThat(info.out())
                    .contains(
                            "serial_number        VB-0001", "array                array3", "max_uS               40.0");
            CommandOutcome calibrate = CommandOutcome.of("board", "calibrate", address, "--json");
            assertThat(calibrate.code()).as(calibrate.err()).isZero();
            assertThat(calibrate.out()).contains("\"calibration\":\"array3-1\"", "\"gain_sd\":0.0");
            assertThat(CommandOutcome.of("board", "info", address).out()).contains("calibration          array3-1");
        }
    }

    @Test
    void checksSayWhatTheyFindAndWhatTheyCost() {
        try (BoardServer server = serve()) {
            String address = "grpc://localhost:" + server.port() + "/array0";
            CommandOutcome check = CommandOutcome.of("board", "check", address);
            assertThat(check.code()).as(check.out()).isZero();
            assertThat(check.err())
                    .isEqualTo("synaptile: array array0 of grpc://localhost:" + server.port()
                            + " is written to: what its cells hold is lost, and they wear" + System.lineSeparator());
            assertThat(check.out())
                    .startsWith("ok    hello: version, names and bounds make sense: board, serial number VB-0001, 16")
                    .contains("ok    program: cells outside the mask are left as they are")
                    .matches(all -> all.strip().endsWith(" passed, 0 failed"));
            CommandOutcome other =
                    CommandOutcome.of("board", "check", address, "--array", "array9", "--json", "--quiet");
            assertThat(other.code()).as(other.out()).isZero();
            assertThat(other.err()).isEmpty();
            assertThat(other.out())
                    .startsWith(
                            "[{\"check\":\"hello: version, names and bounds make sense\",\"passed\":true,\"detail\":");
            CommandOutcome none = CommandOutcome.of("board", "check", address, "--array", "array99");
            assertThat(none.code()).isEqualTo(ExitCode.FAILURE);
            assertThat(none.out())
                    .contains("FAIL  open: size, range and limits make sense: the array cannot be opened");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check | grpc://localhost:1/a | board grpc://localhost:1, hello: UNAVAILABLE",
                "info | grpc://localhost/a | must be grpc://host:port/array or grpcs://host:port/array, got 'grpc://localhost/a'",
                "info | grpc://localhost:1/a | board grpc://localhost:1, hello: no answer (Connection refused",
                "serve | none.yaml | none.yaml: no such file",
                "calibrate | a | must be grpc://host:port/array"
            })
    void wrongAddressesAndFilesAreRefusedInALine(String command, String argument, String message) {
        CommandOutcome outcome = CommandOutcome.of("board", command, argument);
        assertThat(outcome.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(outcome.err())
                .startsWith("synaptile: ")
                .contains(message.strip())
                .hasLineCount(command.equals("check") ? 2 : 1);
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void aBoardThatCannotListenSaysSo() {
        try (BoardServer server = serve()) {
            CommandOutcome outcome = CommandOutcome.of(
                    "board",
                    "serve",
                    Path.of("..", "examples", "board.yaml").toString(),
                    "board.port=" + server.port());
            assertThat(outcome.code()).isEqualTo(ExitCode.USER_ERROR);
            assertThat(outcome.err())
                    .contains("board.port: cannot listen on 127.0.0.1 port " + server.port())
                    .hasLineCount(1);
        }
        CommandOutcome open = CommandOutcome.of(
                "board", "serve", Path.of("..", "examples", "board.yaml").toString(), "board.host=0.0.0.0");
        assertThat(open.code()).isEqualTo(ExitCode.USER_ERROR);
        assertThat(open.err())
                .contains("board.host: host 0.0.0.0 is reached from other machines")
                .hasLineCount(1);
    }
}
