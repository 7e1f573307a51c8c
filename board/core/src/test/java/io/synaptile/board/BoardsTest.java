/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.synaptile.board.client.BoardAddress;
import io.synaptile.board.client.BoardClient;
import io.synaptile.board.client.CallRules;
import io.synaptile.board.server.BoardServer;
import io.synaptile.board.server.Mishaps;
import io.synaptile.board.server.ServedBoard;
import io.synaptile.board.server.ServingRules;
import io.synaptile.board.wire.ArrayBoardGrpc;
import io.synaptile.board.wire.ArrayBoardGrpc.ArrayBoardBlockingStub;
import io.synaptile.board.wire.CloseReply;
import io.synaptile.board.wire.CloseRequest;
import io.synaptile.board.wire.OpenReply;
import io.synaptile.board.wire.OpenRequest;
import io.synaptile.board.wire.ProgramReply;
import io.synaptile.board.wire.ProgramRequest;
import io.synaptile.board.wire.TelemetryRequest;
import io.synaptile.devices.readout.RowReads;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.port.ColumnReadings;
import io.synaptile.mapping.port.PortException;
import io.synaptile.mapping.port.ProgramOrder;
import io.synaptile.mapping.port.ProgramReport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
        return BoardClient.connect(address(server), rules);
    }

    private static BoardAddress address(BoardServer server) {
        return BoardAddress.of("grpc://localhost:" + server.port() + "/a");
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

    /** The calls of the wire form themselves, on a connection of their own. */
    private static ArrayBoardBlockingStub stub(ManagedChannel channel) {
        return ArrayBoardGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    private static ManagedChannel channel(BoardServer server) {
        return BoardClient.channel(address(server), rules(0, null));
    }

    private static OpenRequest opening(long number) {
        return OpenRequest.newBuilder()
                .setArray("a")
                .setClient("test")
                .setOpening(number)
                .build();
    }

    private static ServingRules waiting(Duration time) {
        return new ServingRules(Optional.empty(), time, 8, Wire.MAX_MESSAGE_BYTES, Mishaps.NONE);
    }

    @Test
    void anArrayThatWasNeverProgrammedIsNotReady() throws Exception {
        try (BoardServer server = serve(PLAIN, Map.of("a", SmallArray.port("a")));
                BoardClient client = client(server, rules(2, null));
                ArrayPort port = client.open("a")) {
            List<ThrowingCallable> calls = List.of(
                    () -> port.read(1, 1, 1), () -> port.multiply(1, SmallArray.reads()), () -> port.age(1, 300));
            for (ThrowingCallable call : calls) {
                assertThatThrownBy(call)
                        .isInstanceOfSatisfying(PortException.class, e -> {
                            assertThat(e.kind()).isEqualTo(PortException.Kind.UNREADY);
                            assertThat(((StatusRuntimeException) e.getCause())
                                            .getStatus()
                                            .getCode())
                                    .isEqualTo(Status.Code.FAILED_PRECONDITION);
                        })
                        .hasMessageEndingWith("cells were never programmed");
            }
        }
    }

    @Test
    void aNumberOfACallStandsForOneRequest() throws Exception {
        try (BoardServer server = serve(PLAIN, Map.of("a", SmallArray.port("a")))) {
            ManagedChannel channel = channel(server);
            try {
                long session = stub(channel).open(opening(5)).getSession();
                ProgramRequest order = Messages.request(SmallArray.order())
                        .setSession(session)
                        .setCall(1)
                        .build();
                ProgramReply done = stub(channel).program(order);
                assertThat(stub(channel).program(order)).isEqualTo(done);
                assertThatThrownBy(() -> stub(channel)
                                .program(order.toBuilder().setMaxPulses(9).build()))
                        .hasMessageStartingWith("INVALID_ARGUMENT: call 1 of session " + session + " was another");
                assertThatThrownBy(() -> stub(channel)
                                .telemetry(TelemetryRequest.newBuilder()
                                        .setSession(session)
                                        .setCall(1)
                                        .build()))
                        .hasMessageStartingWith("INVALID_ARGUMENT: call 1 of session " + session + " was another");
                assertThatThrownBy(() -> stub(channel)
                                .telemetry(TelemetryRequest.newBuilder()
                                        .setSession(session)
                                        .setCall(3)
                                        .build()))
                        .hasMessage("INVALID_ARGUMENT: call 3 of session " + session + "; the next is 2");
                CloseRequest end =
                        CloseRequest.newBuilder().setSession(session).setCall(2).build();
                assertThat(stub(channel).close(end)).isEqualTo(stub(channel).close(end));
                assertThatThrownBy(() ->
                                stub(channel).close(end.toBuilder().setCall(3).build()))
                        .hasMessageStartingWith(
                                "FAILED_PRECONDITION: session " + session + " has ended or never began");
                assertThat(stub(channel).open(opening(6)).getSession()).isNotEqualTo(session);
                assertThat(stub(channel).close(end)).isEqualTo(CloseReply.getDefaultInstance());
                assertThatThrownBy(() -> stub(channel).open(opening(7)))
                        .hasMessage("FAILED_PRECONDITION: array a is in use by 'test'");
            } finally {
                channel.shutdownNow();
            }
        }
    }

    @Test
    void aCallerThatGaveUpWaitingDoesNotGetTheArray() throws Exception {
        try (BoardServer server = serve(waiting(Duration.ofSeconds(15)), Map.of("a", SmallArray.port("a")))) {
            ManagedChannel channel = channel(server);
            try {
                long session = stub(channel).open(opening(1)).getSession();
                assertThatThrownBy(() -> stub(channel)
                                .withDeadlineAfter(200, TimeUnit.MILLISECONDS)
                                .open(opening(2)))
                        .hasMessageStartingWith("DEADLINE_EXCEEDED");
                stub(channel)
                        .close(CloseRequest.newBuilder()
                                .setSession(session)
                                .setCall(1)
                                .build());
                assertThat(stub(channel)
                                .withDeadlineAfter(5, TimeUnit.SECONDS)
                                .open(opening(3))
                                .getSession())
                        .isNotEqualTo(session);
            } finally {
                channel.shutdownNow();
            }
        }
    }

    @Test
    void anArrayOfAClientThatGoesIsGivenToTheOneThatWaits() throws Exception {
        try (BoardServer server = serve(waiting(Duration.ofSeconds(15)), Map.of("a", SmallArray.port("a")))) {
            ManagedChannel first = channel(server);
            ManagedChannel second = channel(server);
            try {
                OpenReply held = stub(first).open(opening(1));
                Future<OpenReply> waiting = ArrayBoardGrpc.newFutureStub(second).open(opening(2));
                first.shutdownNow();
                assertThat(waiting.get(10, TimeUnit.SECONDS).getSession()).isNotEqualTo(held.getSession());
            } finally {
                first.shutdownNow();
                second.shutdownNow();
            }
        }
    }

    @Test
    void theSameOpeningTwiceAtOnceIsOneSession() throws Exception {
        try (BoardServer server = serve(waiting(Duration.ofSeconds(15)), Map.of("a", SmallArray.port("a")))) {
            ManagedChannel channel = channel(server);
            try {
                long session = stub(channel).open(opening(1)).getSession();
                List<Future<OpenReply>> both = List.of(
                        ArrayBoardGrpc.newFutureStub(channel).open(opening(9)),
                        ArrayBoardGrpc.newFutureStub(channel).open(opening(9)));
                stub(channel)
                        .close(CloseRequest.newBuilder()
                                .setSession(session)
                                .setCall(1)
                                .build());
                OpenReply one = both.get(0).get(10, TimeUnit.SECONDS);
                assertThat(both.get(1).get(10, TimeUnit.SECONDS)).isEqualTo(one);
                assertThat(one.getSession()).isNotEqualTo(session);
            } finally {
                channel.shutdownNow();
            }
        }
    }

    @Test
    void thoseThatWaitForAnArrayDoNotHinderItsHolder() throws Exception {
        try (BoardServer server = serve(waiting(Duration.ofSeconds(15)), Map.of("a", SmallArray.port("a")));
                BoardClient client = client(server, rules(0, null));
                ArrayPort port = client.open("a")) {
            ManagedChannel channel = channel(server);
            try {
                List<Future<OpenReply>> waiting = new ArrayList<>();
                for (int i = 1; i <= 20; i++) {
                    waiting.add(ArrayBoardGrpc.newFutureStub(channel).open(opening(i)));
                }
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
                while (waiting.stream().filter(Future::isDone).count() < 12 && System.nanoTime() < end) {
                    Thread.sleep(10);
                }
                for (Future<OpenReply> refused :
                        waiting.stream().filter(Future::isDone).toList()) {
                    assertThat(refused.exceptionNow())
                            .hasMessage("RESOURCE_EXHAUSTED: 8 clients are waiting for array a; try again");
                }
                assertThat(port.program(SmallArray.order()).allPulses()).isEqualTo(12);
                assertThat(waiting.stream().filter(Future::isDone)).hasSize(12);
            } finally {
                channel.shutdownNow();
            }
        }
    }

    @Test
    void aBoardThatWasStartedAgainSaysSo() throws Exception {
        InetSocketAddress address;
        BoardClient client;
        ArrayPort held;
        try (BoardServer first = serve(PLAIN, Map.of("a", SmallArray.port("a")))) {
            address = new InetSocketAddress(InetAddress.getLoopbackAddress(), first.port());
            client = client(first, rules(3, null));
            held = client.open("a");
            held.program(SmallArray.order());
        }
        try (BoardServer _ = BoardServer.start(
                new ServedBoard("bench", "S-1", "test", Map.of("a", SmallArray.port("a"))),
                PLAIN,
                address,
                Optional.empty())) {
            assertThatThrownBy(() -> held.multiply(SmallArray.COLUMNS, SmallArray.reads()))
                    .isInstanceOfSatisfying(
                            PortException.class, e -> assertThat(e.kind()).isEqualTo(PortException.Kind.UNREADY))
                    .hasMessageMatching("board grpc://localhost:" + address.getPort()
                            + ", array a, multiply: session \\d+ has ended or never began; was the board started"
                            + " again\\?");
            held.close();
        } finally {
            client.close();
        }
    }

    /** What is logged while something is done. */
    private static List<String> logged(ThrowingCallable work) throws Throwable {
        List<String> logged = Collections.synchronizedList(new ArrayList<>());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                if (entry.getLevel().intValue() >= Level.INFO.intValue()) {
                    logged.add(entry.getLoggerName() + ": " + entry.getMessage());
                }
            }

            @Override
            public void flush() {
                // Nothing is held back.
            }

            @Override
            public void close() {
                // Nothing is held open.
            }
        };
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        try {
            work.call();
        } finally {
            root.removeHandler(handler);
        }
        return logged;
    }

    /** Calls telemetry with bytes in the place of a message. */
    private static Status garbage(ManagedChannel channel, byte[] bytes) {
        MethodDescriptor<byte[], byte[]> method =
                RawCalls.method(ArrayBoardGrpc.getTelemetryMethod().getFullMethodName());
        try {
            ClientCalls.blockingUnaryCall(
                    channel, method, CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS), bytes);
            return Status.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus();
        }
    }

    @Test
    void garbageIsRefusedAndNothingIsLogged() throws Throwable {
        SplittableRandom random = new SplittableRandom(3);
        try (BoardServer server = serve(PLAIN, Map.of("a", SmallArray.port("a")))) {
            assertThat(logged(() -> {
                        for (int i = 0; i < 20; i++) {
                            byte[] bytes = new byte[1 + random.nextInt(500)];
                            random.nextBytes(bytes);
                            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                                if (i % 2 == 0) {
                                    socket.getOutputStream()
                                            .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
                                                    .getBytes(StandardCharsets.US_ASCII));
                                }
                                socket.getOutputStream().write(bytes);
                            }
                        }
                        ManagedChannel channel = channel(server);
                        try {
                            byte[] noMessage = {(byte) 0xff, 1, 2};
                            for (int i = 0; i < 5; i++) {
                                assertThat(garbage(channel, noMessage).getCode())
                                        .isEqualTo(Status.Code.INVALID_ARGUMENT);
                            }
                        } finally {
                            channel.shutdownNow();
                        }
                    }))
                    .isEmpty();
            try (BoardClient client = client(server, rules(0, null));
                    ArrayPort port = client.open("a")) {
                assertThat(port.program(SmallArray.order()).allPulses()).isEqualTo(12);
            }
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
