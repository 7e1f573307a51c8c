/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.board.server.BoardServer;
import io.synaptile.experiment.Progress;
import io.synaptile.experiment.board.VirtualBoard;
import io.synaptile.experiment.file.ConfigException;
import io.synaptile.experiment.folder.Start;
import io.synaptile.mapping.port.PortException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs with layers on boards. */
class BoardRunsTest {
    /** Time steps and read noise, so that reads come in several calls and differ. */
    private static final String[] SETTINGS = {
        "simulate.instances=2",
        "hardware.layers=all",
        "hardware.cell.read_noise.kind=proportional",
        "hardware.cell.read_noise.sigma=0.05"
    };

    @TempDir
    private Path folder;

    private static String[] with(String... more) {
        return append(SETTINGS, more);
    }

    private Map<String, String> tables(String name, String... settings) {
        TinyRun.run(folder.resolve(name), with(settings));
        return tables(name);
    }

    /** Hashes of the tables of a run. */
    private Map<String, String> tables(String name) {
        try {
            Map<String, String> tables = new TreeMap<>(TinyRun.results(folder.resolve(name)));
            tables.keySet().removeIf(file -> !file.endsWith(".csv"));
            assertThat(tables).containsKey("results.csv");
            return tables;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BoardServer serve(int port, String... settings) {
        return VirtualBoard.serve(
                TinyRun.file(with(append(settings, "board.port=" + port, "board.arrays=6"))),
                VirtualBoard.of(TinyRun.file(with(append(settings, "board.arrays=6"))), "test"),
                Optional.empty());
    }

    private static String[] append(String[] settings, String... more) {
        String[] all = Arrays.copyOf(settings, settings.length + more.length);
        System.arraycopy(more, 0, all, settings.length, more.length);
        return all;
    }

    @Test
    void aBoardIsWorthTheArraysOfThisProcessAndItsRecordingTheBoard() throws Exception {
        String trace = folder.resolve("calls.trace").toString();
        Map<String, String> remote;
        String address;
        try (BoardServer server = serve(0)) {
            address = "hardware.boards.fc2=grpc://localhost:" + server.port() + "/array0";
            remote = tables("remote", address, "hardware.boards.record=" + trace);
            assertThat(folder.resolve("calls.trace")).isRegularFile();
            assertThat(tables("threads", address, "run.threads=3")).isEqualTo(remote);
        }
        assertThat(Files.readString(folder.resolve("remote/manifest.json")))
                .contains("\"serial_number\" : \"simulated\"", "\"tile\" : \"fc2.0.0.0\"");
        assertThat(tables("replayed", address, "hardware.boards.replay=" + trace))
                .isEqualTo(remote);
        assertThatThrownBy(() -> tables("other", address, "hardware.boards.replay=" + trace, "seed=4"))
                .hasMessageContaining("no such call was recorded");
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void arraysBehindTheInterfaceHoldWhatSimulatedOnesHold() {
        // Without noise of reads, whose draws differ.
        Map<String, String> plain = tables("plain", "hardware.cell.read_noise.kind=none");
        Map<String, String> behind =
                tables("behind", "hardware.cell.read_noise.kind=none", "hardware.boards.fc2=simulated");
        assertThat(behind.get("tiles.csv")).isEqualTo(plain.get("tiles.csv"));
        assertThat(accuracies("behind")).isEqualTo(accuracies("plain"));
        tables("tile", "hardware.cell.read_noise.kind=none", "hardware.boards.fc1.1.0=simulated");
        assertThat(accuracies("tile")).isEqualTo(accuracies("plain"));
    }

    private String accuracies(String name) {
        try {
            StringBuilder all = new StringBuilder();
            for (String line : Files.readAllLines(folder.resolve(name).resolve("results.csv"))) {
                all.append(line.split(",")[4]).append(' ');
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aBoardThatEndsStopsARunThatGoesOnLater() throws Exception {
        Map<String, String> undisturbed;
        int port;
        try (BoardServer server = serve(0)) {
            port = server.port();
            undisturbed = tables("undisturbed", "hardware.boards.fc2=grpc://localhost:" + port + "/array0");
        }
        String[] settings =
                with("hardware.boards.fc2=grpc://localhost:" + port + "/array0", "hardware.boards.retries=0");
        assertThatThrownBy(() -> TinyRun.runner(Progress.NONE, settings).run(folder.resolve("disturbed"), Start.ANEW))
                .isInstanceOf(PortException.class)
                .hasMessageContaining("board grpc://localhost:" + port + ", hello: no answer");
        assertThat(folder.resolve("disturbed")).doesNotExist();
        try (BoardServer _ = serve(port)) {
            TinyRun.runner(Progress.NONE, settings).run(folder.resolve("disturbed"), Start.RESUMED);
        }
        assertThat(tables("disturbed")).isEqualTo(undisturbed);
    }

    /** Kills a board when the first chip has been simulated. */
    private record Killer(BoardProcess board, AtomicReference<String> stage) implements Progress {
        @Override
        public void begin(String begun, long steps) {
            stage.set(begun);
        }

        @Override
        public void advance(long by, String status) {
            if (stage.get().equals("simulate")) {
                board.kill();
            }
        }

        @Override
        public void notice(String line) {
            // Told by the command line.
        }
    }

    @Test
    void aBoardThatIsKilledAfterAChipStopsARunThatGoesOnToTheSameBytes() throws Exception {
        String[] settings = with("simulate.instances=3", "hardware.boards.retries=0", "board.arrays=6");
        Map<String, String> undisturbed;
        try (BoardProcess board = BoardProcess.start(append(settings, "board.port=0"))) {
            settings = append(settings, "hardware.boards.fc2=grpc://localhost:" + board.port() + "/array0");
            TinyRun.run(folder.resolve("undisturbed"), settings);
            undisturbed = tables("undisturbed");
            ExperimentRunner runner = TinyRun.runner(new Killer(board, new AtomicReference<>("")), settings);
            assertThatThrownBy(() -> runner.run(folder.resolve("disturbed"), Start.ANEW))
                    .isInstanceOfSatisfying(
                            PortException.class, e -> assertThat(e.kind()).isEqualTo(PortException.Kind.NO_ANSWER))
                    .hasMessageMatching(
                            "board grpc://localhost:" + board.port() + ", array array\\d, program: no answer \\(.*\\)");
            assertThat(folder.resolve("disturbed")).doesNotExist();
            settings = append(settings, "board.port=" + board.port());
        }
        try (BoardProcess _ = BoardProcess.start(settings)) {
            TinyRun.runner(Progress.NONE, settings).run(folder.resolve("disturbed"), Start.RESUMED);
        }
        assertThat(tables("disturbed")).isEqualTo(undisturbed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "forward",
                "{policy: forward, write_every: 2}",
                "layers",
                "{policy: black-box, perturbation: 0.2}"
            })
    void boardsInTrainingGiveTheSameWhereverTheyAre(String loop) throws Exception {
        String trace = folder.resolve("calls.trace").toString();
        String[] training = {"train.loop=" + loop, "train.epochs=2", "network.hidden=[6, 6]", "run.threads=2"};
        Map<String, String> remote;
        String[] boards;
        try (BoardServer server = serve(0)) {
            boards = append(training, "hardware.boards.fc2=grpc://localhost:" + server.port() + "/array0");
            remote = tables("remote", append(boards, "hardware.boards.record=" + trace));
        }
        assertThat(folder.resolve("calls.trace.training")).isRegularFile();
        assertThat(tables("replayed", append(boards, "hardware.boards.replay=" + trace)))
                .isEqualTo(remote);
        assertThat(Files.readString(folder.resolve("remote/manifest.json")))
                .contains("\"training_boards\"", "\"layer_writings\"", "\"serial_number\" : \"simulated\"");
        Map<String, String> none =
                tables("none", "train.epochs=2", "network.hidden=[6, 6]", "hardware.boards.fc2=simulated");
        assertThat(remote.get("training.csv")).isNotEqualTo(none.get("training.csv"));
    }

    @Test
    void aTrainingWithBoardsGoesOnAfterAnEpoch() {
        String[] settings = {
            "train.loop=layers",
            "train.epochs=4",
            "network.hidden=[6, 6]",
            "hardware.boards={fc2: simulated, fc3: simulated}"
        };
        Map<String, String> undisturbed = tables("undisturbed", settings);
        Path stopped = folder.resolve("stopped");
        ExperimentRunner runner = TinyRun.runner(new StopsAfter(3), with(settings));
        assertThatThrownBy(() -> runner.run(stopped, Start.ANEW)).isInstanceOf(StopsAfter.Stopped.class);
        TinyRun.runner(Progress.NONE, with(settings)).run(stopped, Start.RESUMED);
        assertThat(tables("stopped")).isEqualTo(undisturbed);
    }

    /** Stops a training as it tells of an epoch. */
    private static final class StopsAfter implements Progress {
        static final class Stopped extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }

        private final int epoch;

        StopsAfter(int epoch) {
            this.epoch = epoch;
        }

        @Override
        public void notice(String line) {
            // Nobody reads it.
        }

        @Override
        public void advance(long steps, String status) {
            if (status.startsWith("epoch " + epoch + ",")) {
                throw new Stopped();
            }
        }
    }

    @Test
    void whatCellsWouldNotBearIsSaidBeforeTrainingBegins() throws Exception {
        String[] settings = {"train.epochs=20", "board.pulses_per_cell=20"};
        try (BoardServer server = serve(0, settings)) {
            String address = "hardware.boards.fc2=grpc://localhost:" + server.port() + "/array0";
            assertThatThrownBy(() -> tables("worn", append(settings, address, "train.loop=forward")))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("train.loop.policy: cells of board")
                    .hasMessageContaining(
                            "array array0, would be written 21 times in training and 2 times for chips, and 20 of the 20 pulses");
            assertThatThrownBy(
                            () -> tables("chips", append(settings, address, "simulate.instances=21", "train.epochs=1")))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("simulate.instances: cells of board")
                    .hasMessageContaining("would be written 21 times for chips");
            assertThat(folder.resolve("worn")).doesNotExist();
            tables("enough", append(settings, address, "train.loop=layers"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hardware.boards.fc9=simulated | hardware.boards.fc9 is no layer on tiles",
                "hardware.boards.fc2=http://x/a | hardware.boards.fc2 must be grpc://host:port/array",
                "hardware.boards.fc2=3 | hardware.boards.fc2 must be the address of an array",
                "hardware.boards.retries=-1 | hardware.boards.retries must be",
                "train.loop=forward | train.loop.policy needs a layer in hardware.boards",
                "train.loop=sideways | train.loop.policy must be one of none, forward, layers, black-box",
                "train.loop.write_every=3 | train.loop.write_every is a key of train.loop.policy forward, and it is none",
                "train.loop={policy: black-box, perturbation: 0} | train.loop.perturbation must be",
                "board.gain_sd=1 | board.gain_sd must be",
                "board.read_voltage_V=0 | board.read_voltage_V must be",
                "board.certificate=x.pem | board.key must be named where the other of the two is"
            })
    void wrongSettingsAreRefused(String setting, String message) {
        assertThatThrownBy(() -> tables("wrong", setting))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message.strip());
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train.method=dsr | train.loop.policy must be none for train.method dsr",
                "hardware.sparse_mapping=skip | hardware.sparse_mapping must be none where train.loop has boards",
                "hardware.bias=row | hardware.bias must be digital where train.loop has boards",
                "train.early_stopping=1 | train.early_stopping.patience must be off where train.loop is layers",
                "network.neuron.emission=0.5 | train.loop.policy must be none where spikes are worth other than 1"
            })
    void whatDoesNotGoWithBoardsInTrainingIsRefused(String setting, String message) {
        assertThatThrownBy(() -> tables(
                        "wrong", "train.loop=layers", "hardware.boards.fc2=simulated", "train.epochs=3", setting))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message.strip());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aTileIsNamedOnce() {
        assertThatThrownBy(() -> tables("wrong", "hardware.boards={fc2: simulated, \"fc2.0.0\": simulated}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("hardware.boards.fc2.0.0 has a tile that another of these keys has too");
    }
}
