/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.board.client.BoardAddress;
import io.synaptile.board.client.BoardClient;
import io.synaptile.board.client.CallRules;
import io.synaptile.board.server.BoardServer;
import io.synaptile.board.server.Mishaps;
import io.synaptile.board.server.ServedBoard;
import io.synaptile.board.server.ServingRules;
import io.synaptile.devices.readout.RowReads;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.port.ColumnReadings;
import io.synaptile.mapping.port.PortException;
import io.synaptile.mapping.port.ProgramOrder;
import io.synaptile.mapping.port.ProgramReport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client and a server of this process, over a connection. */
class BoardsTest {
    private static final ServingRules PLAIN =
            new ServingRules(Optional.empty(), Duration.ZERO, 8, Wire.MAX_MESSAGE_BYTES, Mishaps.NONE);

    @TempDir
    private Path folder;

    private static BoardServer serve(ServingRules rules, Map<String, ArrayPort> arrays) throws Exception {
        return BoardServer.start(
                new ServedBoard("bench", "S-1", "test", arrays),
                rules,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty());
    }

    private static BoardClient client(BoardServer server, CallRules rules) {
        return BoardClient.connect(BoardAddress.of("grpc://localhost:" + server.port() + "/a"), rules);
    }

    private static CallRules rules(int retries, String token) {
        return new CallRules(
                Duration.ofSeconds(20),
                retries,
                Duration.ofMillis(1),
                Optional.ofNullable(token),
                Optional.empty(),
                "test");
    }

    /** What an array says to a series of calls, in words. */
    private static List<String> said(ArrayPort port) {
        ProgramReport report = port.program(SmallArray.order());
        BitSet some = new BitSet();
        some.set(1);
        some.set(3);
        ProgramOrder again = new ProgramOrder(
                SmallArray.ROWS,
                SmallArray.COLUMNS,
                SmallArray.order().target(),
                Optional.of(some),
                0.3f,
                5,
                new ProgramOrder.Draws(1, 2, 3));
        ProgramReport second = port.program(again);
        ColumnReadings before = port.multiply(SmallArray.COLUMNS, SmallArray.reads());
        List<String> said = new ArrayList<>(List.of(
                Arrays.toString(report.reached()),
                Arrays.toString(report.pulses()),
                Arrays.toString(report.status()),
                Arrays.toString(second.reached()),
                Arrays.toString(second.pulses()),
                Arrays.toString(second.status()),
                Arrays.toString(before.microsiemens()),
                before.saturated().toString(),
                Arrays.toString(port.calibrate().gain()),
                Arrays.toString(port.multiply(2, SmallArray.reads()).microsiemens()),
                Arrays.toString(port.read(2, 3, 4).deviation())));
        port.age(100, 310);
        said.add(Arrays.toString(port.read(2, 3, 1).mean()));
        said.add(port.telemetry().toString());
        said.add(port.facts().calibration());
        return said;
    }

    @Test
    void anArrayBehindAConnectionIsTheArray() throws Exception {
        List<String> expected = said(SmallArray.port("a"));
        try (BoardServer server = serve(PLAIN, Map.of("a", SmallArray.port("a")));
                BoardClient client = client(server, rules(0, null))) {
            assertThat(client.name()).isEqualTo("bench");
            assertThat(client.serialNumber()).isEqualTo("S-1");
            assertThat(client.arrays()).containsExactly("a");
            try (ArrayPort port = client.open("a")) {
                assertThat(said(port)).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void lostAnswersDoNotChangeWhatIsDone(int dropEvery) throws Exception {
        List<String> expected = said(SmallArray.port("a"));
        ServingRules rules = new ServingRules(
                Optional.empty(), Duration.ZERO, 8, Wire.MAX_MESSAGE_BYTES, new Mishaps(dropEvery, Duration.ZERO));
        try (BoardServer server = serve(rules, Map.of("a", SmallArray.port("a")));
                BoardClient client = client(server, rules(3, null));
                ArrayPort port = client.open("a")) {
            assertThat(said(port)).isEqualTo(expected);
        }
    }

    @Test
    void oneClientHasAnArrayAtATime() throws Exception {
        try (BoardServer server = serve(PLAIN, Map.of("a", SmallArray.port("a")));
                BoardClient first = client(server, rules(0, null));
                BoardClient second = client(server, rules(0, null))) {
            ArrayPort held = first.open("a");
            assertThatThrownBy(() -> second.open("a"))
                    .isInstanceOf(PortException.class)
                    .hasMessage(
                            "board grpc://localhost:" + server.port() + ", array a, open: array a is in use by 'test'");
            held.close();
            second.open("a").close();
            assertThatThrownBy(() -> second.open("b")).hasMessageContaining("no array 'b'; this board has a");
            assertThatThrownBy(held::telemetry).hasMessageContaining("was given back");
        }
    }

    @Test
    void anArrayOfAClientThatIsGoneIsFree() throws Exception {
        try (BoardServer server = serve(PLAIN, Map.of("a", SmallArray.port("a")))) {
            BoardClient first = client(server, rules(0, null));
            first.open("a");
            first.close();
            try (BoardClient second = client(server, rules(0, null))) {
                // The server hears of the end of a connection a little later.
                for (int tried = 0; ; tried++) {
                    try {
                        second.open("a").close();
                        break;
                    } catch (PortException e) {
                        assertThat(tried).as(e.getMessage()).isLessThan(100);
                        Thread.sleep(20);
                    }
                }
            }
        }
    }

    @Test
    void aSecondClientMayWait() throws Exception {
        ServingRules rules =
                new ServingRules(Optional.empty(), Duration.ofSeconds(10), 8, Wire.MAX_MESSAGE_BYTES, Mishaps.NONE);
        try (BoardServer server = serve(rules, Map.of("a", SmallArray.port("a")));
                BoardClient first = client(server, rules(0, null));
                BoardClient second = client(server, rules(0, null))) {
            ArrayPort held = first.open("a");
            Thread waiting = Thread.ofVirtual().start(() -> second.open("a").close());
            held.close();
            waiting.join(Duration.ofSeconds(10));
            assertThat(waiting.isAlive()).isFalse();
        }
    }

    @Test
    void aTokenIsAskedFor() throws Exception {
        ServingRules rules =
                new ServingRules(Optional.of("secret"), Duration.ZERO, 8, Wire.MAX_MESSAGE_BYTES, Mishaps.NONE);
        try (BoardServer server = serve(rules, Map.of("a", SmallArray.port("a")))) {
            assertThatThrownBy(() -> client(server, rules(3, null)))
                    .hasMessageContaining("hello: this board asks for a token");
            assertThatThrownBy(() -> client(server, rules(3, "other")))
                    .hasMessageContaining("this is not the board's token");
            client(server, rules(0, "secret")).close();
        }
    }

    @Test
    void withTlsTheCertificateHasToBeTrusted() throws Exception {
        BoardServer.Tls tls = OwnCertificate.in(folder);
        ServingRules rules =
                new ServingRules(Optional.of("secret"), Duration.ZERO, 8, Wire.MAX_MESSAGE_BYTES, Mishaps.NONE);
        try (BoardServer server = BoardServer.start(
                new ServedBoard("bench", "S-1", "test", Map.of("a", SmallArray.port("a"))),
                rules,
                new InetSocketAddress("0.0.0.0", 0),
                Optional.of(tls))) {
            BoardAddress address = BoardAddress.of("grpcs://localhost:" + server.port() + "/a");
            CallRules trusting = new CallRules(
                    Duration.ofSeconds(20),
                    0,
                    Duration.ZERO,
                    Optional.of("secret"),
                    Optional.of(tls.certificates()),
                    "test");
            try (BoardClient client = BoardClient.connect(address, trusting);
                    ArrayPort port = client.open("a")) {
                assertThat(port.program(SmallArray.order()).allPulses()).isEqualTo(12);
            }
            assertThatThrownBy(() -> BoardClient.connect(address, rules(0, "secret")))
                    .hasMessageContaining("hello: no answer");
            assertThatThrownBy(() -> BoardClient.connect(
                            BoardAddress.of("grpc://localhost:" + server.port() + "/a"), rules(0, "secret")))
                    .hasMessageContaining("hello: no answer");
        }
    }

    @Test
    void servesOtherMachinesWithTlsAndTokenAlone() {
        assertThatThrownBy(() -> BoardServer.start(
                        new ServedBoard("bench", "S-1", "test", Map.of("a", SmallArray.port("a"))),
                        PLAIN,
                        new InetSocketAddress("0.0.0.0", 0),
                        Optional.empty()))
                .hasMessageContaining("takes TLS (certificate and key) and a token");
    }

    @Test
    void aRefusalNamesBoardArrayAndCall() throws Exception {
        try (BoardServer server = serve(PLAIN, Map.of("a", SmallArray.port("a")));
                BoardClient client = client(server, rules(2, null));
                ArrayPort port = client.open("a")) {
            float[] high = SmallArray.order().target().clone();
            high[0] = 99f;
            assertThatThrownBy(() -> port.program(ProgramOrder.of(
                            SmallArray.ROWS, SmallArray.COLUMNS, high, new ProgramOrder.Draws(0, 0, 0))))
                    .isInstanceOfSatisfying(
                            PortException.class, e -> assertThat(e.kind()).isEqualTo(PortException.Kind.LIMIT))
                    .hasMessageContaining("board grpc://localhost:" + server.port() + ", array a, program: ")
                    .hasMessageContaining("target 99.0 uS of row 0, column 0 lies outside");
            // A refused call has not been done, so its number is free for the next.
            port.program(SmallArray.order());
        }
    }

    @Test
    void noAnswerIsSaidInALine() throws Exception {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        assertThatThrownBy(
                        () -> BoardClient.connect(BoardAddress.of("grpc://localhost:" + nobody + "/a"), rules(2, null)))
                .isInstanceOf(PortException.class)
                .hasMessageMatching("board grpc://localhost:" + nobody
                        + ", hello: no answer after 3 tries \\(Connection refused.*\\)");
        ServingRules slow = new ServingRules(
                Optional.empty(), Duration.ZERO, 8, Wire.MAX_MESSAGE_BYTES, new Mishaps(0, Duration.ofSeconds(3)));
        CallRules hasty =
                new CallRules(Duration.ofMillis(300), 0, Duration.ZERO, Optional.empty(), Optional.empty(), "test");
        try (BoardServer server = serve(slow, Map.of("a", SmallArray.port("a")))) {
            assertThatThrownBy(() -> client(server, hasty)).hasMessageEndingWith("hello: no answer (within 0.3 s)");
        }
    }

    @Test
    void answersThatCannotBeAreRefused() throws Exception {
        try (BoardServer server = serve(PLAIN, Map.of("a", new SmallArray.Lying(SmallArray.port("a"))));
                BoardClient client = client(server, rules(0, null));
                ArrayPort port = client.open("a")) {
            port.program(SmallArray.order());
            assertThatThrownBy(() -> port.multiply(SmallArray.COLUMNS, SmallArray.reads()))
                    .isInstanceOfSatisfying(
                            PortException.class, e -> assertThat(e.kind()).isEqualTo(PortException.Kind.NONSENSE))
                    .hasMessageContaining("multiply: currents, entry 0: NaN");
            List<RowReads> reads = SmallArray.reads();
            assertThatThrownBy(() -> port.multiply(1, reads)).hasMessageContaining("0 currents came back");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "array0",
                "http://localhost:1/a",
                "grpc://localhost/a",
                "grpc://localhost:7447",
                "grpc://localhost:0/a",
                "grpc://localhost:99999/a",
                "grpc://localhost:1/a/b",
                "grpc://me@localhost:1/a",
                "grpc://localhost:1/a?b",
                "grpc://local host:1/a"
            })
    void wrongAddressesAreRefused(String text) {
        assertThatThrownBy(() -> BoardAddress.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be grpc://host:port/array or grpcs://host:port/array, got '" + text + "'");
    }
}
