/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.synaptile.board.BareServer;
import io.synaptile.board.Messages;
import io.synaptile.board.RawCalls;
import io.synaptile.board.Wire;
import io.synaptile.board.client.BoardAddress;
import io.synaptile.board.client.BoardClient;
import io.synaptile.board.client.CallRules;
import io.synaptile.board.server.BoardServer;
import io.synaptile.board.server.Mishaps;
import io.synaptile.board.server.ServedBoard;
import io.synaptile.board.server.ServingRules;
import io.synaptile.board.wire.AgeReply;
import io.synaptile.board.wire.AgeRequest;
import io.synaptile.board.wire.ArrayBoardGrpc;
import io.synaptile.board.wire.CalibrateRequest;
import io.synaptile.board.wire.CloseReply;
import io.synaptile.board.wire.CloseRequest;
import io.synaptile.board.wire.HelloReply;
import io.synaptile.board.wire.HelloRequest;
import io.synaptile.board.wire.OpenRequest;
import io.synaptile.board.wire.ReadRequest;
import io.synaptile.board.wire.TelemetryRequest;
import io.synaptile.devices.CellModels;
import io.synaptile.devices.readout.RowReads;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.port.ColumnErrors;
import io.synaptile.mapping.port.PortException;
import io.synaptile.mapping.port.PortLimits;
import io.synaptile.mapping.port.ProgramOrder;
import io.synaptile.mapping.port.SimulatedArray;
import io.synaptile.mapping.port.SimulatedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Damaged messages to a server, and damaged replies to a client. A server answers each with a status code of the contract, and
 * goes on; a client gives a result or says in a line what is wrong. A few mutants are tried in every build; {@code -Pfuzz
 * -Dfuzz.mutants=20000} tries more in 256 MiB of memory, {@code -Dfuzz.seed} draws others. What came of them is written to
 * {@code target/fuzz/wire.csv}.
 */
class WireFuzzTest {
    private static final int MUTANTS = Integer.getInteger("fuzz.mutants", 200);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final int ROWS = 5;
    private static final int COLUMNS = 4;
    private static final long SECONDS = 20;
    private static final Set<Status.Code> OF_THE_CONTRACT = EnumSet.of(
            Status.Code.OK,
            Status.Code.INVALID_ARGUMENT,
            Status.Code.FAILED_PRECONDITION,
            Status.Code.OUT_OF_RANGE,
            Status.Code.NOT_FOUND,
            Status.Code.UNIMPLEMENTED,
            Status.Code.RESOURCE_EXHAUSTED);
    private static final CallRules CALLS =
            new CallRules(Duration.ofSeconds(SECONDS), 0, Duration.ZERO, Optional.empty(), Optional.empty(), "test");

    private final List<String> logged = Collections.synchronizedList(new ArrayList<>());
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getLoggerName() + ": " + entry.getMessage());
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

    private static ArrayPort array() {
        return new SimulatedPort(new SimulatedArray(
                "bench",
                "S-1",
                "a",
                0,
                ROWS,
                COLUMNS,
                CellModels.load().create("rram", Map.of("bits", 4L, "range_uS", List.of(2.0, 40.0))),
                Optional.empty(),
                new ColumnErrors(0.05, 1, 0.1),
                new PortLimits(0.2, 2, 20, 0, 64),
                7));
    }

    private static ProgramOrder order() {
        float[] target = new float[ROWS * COLUMNS];
        for (int i = 0; i < target.length; i++) {
            target[i] = 2f + i;
        }
        return ProgramOrder.of(ROWS, COLUMNS, target, new ProgramOrder.Draws(1, 2, 3));
    }

    private static List<RowReads> reads() {
        return List.of(new RowReads(
                6,
                new int[] {0, 1},
                new long[] {-12, Long.MAX_VALUE},
                new int[] {0, 1, 4},
                new int[] {2, 0, 1, 3},
                new float[] {0.5f, 1f, 0.25f, 1f}));
    }

    /** A method of the wire form by its name, with bytes in the place of messages. */
    private static MethodDescriptor<byte[], byte[]> method(String name) {
        return RawCalls.method(MethodDescriptor.generateFullMethodName(ArrayBoardGrpc.SERVICE_NAME, name));
    }

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(log);
    }

    @AfterEach
    void nothingWasLogged() {
        Logger.getLogger("").removeHandler(log);
        assertThat(logged).isEmpty();
    }

    /** How often what came of a call. */
    private static final class Outcomes {
        private final Map<String, Map<String, Integer>> counts = new TreeMap<>();

        void count(String call, String outcome) {
            counts.computeIfAbsent(call, _ -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
        }

        void write(String side) throws IOException {
            StringBuilder rows = new StringBuilder();
            counts.forEach((call, outcomes) -> rows.append(side)
                    .append(',')
                    .append(call)
                    .append(',')
                    .append(outcomes.entrySet().stream()
                            .map(own -> own.getKey() + "=" + own.getValue())
                            .collect(Collectors.joining(",")))
                    .append('\n'));
            Path folder = Files.createDirectories(Path.of("target", "fuzz"));
            Files.writeString(folder.resolve("wire.csv"), rows, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    private static BoardServer serve() throws IOException {
        return BoardServer.start(
                new ServedBoard("bench", "S-1", "test", Map.of("a", array())),
                new ServingRules(Optional.empty(), Duration.ZERO, 8, Wire.MAX_MESSAGE_BYTES, Mishaps.NONE),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty());
    }

    /** Right requests of all methods for a session, with the number of its next call. */
    private static Map<String, Message> requests(long opening, long session, long call) {
        Map<String, Message> requests = new LinkedHashMap<>();
        requests.put(
                "Hello",
                HelloRequest.newBuilder()
                        .setProtocolVersion(1)
                        .setClient("test")
                        .build());
        requests.put(
                "Open",
                OpenRequest.newBuilder()
                        .setArray("a")
                        .setClient("test")
                        .setOpening(opening)
                        .build());
        requests.put(
                "Close",
                CloseRequest.newBuilder().setSession(session).setCall(call).build());
        requests.put(
                "Program",
                Messages.request(order()).setSession(session).setCall(call).build());
        requests.put(
                "Read",
                ReadRequest.newBuilder()
                        .setSession(session)
                        .setCall(call)
                        .setRows(2)
                        .setColumns(3)
                        .setTimes(4)
                        .build());
        requests.put(
                "Multiply",
                Messages.request(COLUMNS, reads())
                        .setSession(session)
                        .setCall(call)
                        .build());
        requests.put(
                "Calibrate",
                CalibrateRequest.newBuilder().setSession(session).setCall(call).build());
        requests.put(
                "Age",
                AgeRequest.newBuilder()
                        .setSession(session)
                        .setCall(call)
                        .setTimeS(10)
                        .setTemperatureK(300)
                        .build());
        requests.put(
                "Telemetry",
                TelemetryRequest.newBuilder().setSession(session).setCall(call).build());
        return requests;
    }

    @Test
    void aServerRefusesDamagedMessagesAndGoesOn() throws Exception {
        Outcomes outcomes = new Outcomes();
        List<String> bad = new ArrayList<>();
        try (BoardServer server = serve()) {
            BoardAddress address = BoardAddress.of("grpc://localhost:" + server.port() + "/a");
            Conversation now = new Conversation(address, 1);
            try {
                for (int n = 0; n < MUTANTS; n++) {
                    MessageMutator mutator = new MessageMutator(SEED * 1_000_003 + n);
                    List<Map.Entry<String, Message>> right =
                            List.copyOf(now.requests().entrySet());
                    Map.Entry<String, Message> chosen = right.get(n % right.size());
                    byte[] mutant = n / right.size() % 3 == 0
                            ? mutator.bytes(chosen.getValue().toByteArray())
                            : mutator.fields(chosen.getValue(), n % 5 == 0 ? Set.of() : Set.of("session", "call"))
                                    .toByteArray();
                    Status status = now.called(chosen.getKey(), mutant);
                    outcomes.count(chosen.getKey(), status.getCode().toString());
                    if (!OF_THE_CONTRACT.contains(status.getCode())) {
                        bad.add("mutant " + n + " of " + chosen.getKey() + ": " + status);
                    }
                    if (!now.goesOn()) {
                        now.close();
                        now = new Conversation(address, n + 2);
                    }
                }
            } finally {
                now.close();
            }
            try (BoardClient client = BoardClient.connect(address, CALLS);
                    ArrayPort port = openedWhenFree(client)) {
                assertThat(port.program(order()).allPulses()).isEqualTo(ROWS * COLUMNS);
            }
        }
        outcomes.write("server");
        assertThat(bad).isEmpty();
    }

    /** A session of a server, on a connection of its own, with cells that were programmed. */
    private static final class Conversation implements AutoCloseable {
        private final ManagedChannel channel;
        private final long opening;
        private final long session;
        private long call = 1;

        Conversation(BoardAddress address, long opening) throws InterruptedException {
            this.channel = BoardClient.channel(address, CALLS);
            this.opening = opening;
            this.session = opened();
            Status programmed = called("Program", requests().get("Program").toByteArray());
            assertThat(programmed.isOk()).as(programmed.toString()).isTrue();
            call++;
        }

        /** Opens the array as soon as the server has heard of the end of the connection before. */
        private long opened() throws InterruptedException {
            for (int tried = 0; ; tried++) {
                try {
                    return ArrayBoardGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                            .open((OpenRequest)
                                    WireFuzzTest.requests(opening, 0, 0).get("Open"))
                            .getSession();
                } catch (StatusRuntimeException e) {
                    assertThat(tried).as(e.getMessage()).isLessThan(2000);
                    Thread.sleep(5);
                }
            }
        }

        Map<String, Message> requests() {
            return WireFuzzTest.requests(opening, session, call);
        }

        Status called(String method, byte[] request) {
            try {
                ClientCalls.blockingUnaryCall(
                        channel,
                        method(method),
                        CallOptions.DEFAULT.withDeadlineAfter(SECONDS, TimeUnit.SECONDS),
                        request);
                return Status.OK;
            } catch (StatusRuntimeException e) {
                return e.getStatus();
            }
        }

        /** Whether the session answers, under this number or, where a mutant was done, the next. */
        boolean goesOn() {
            for (int i = 0; i < 2; i++) {
                boolean answers = called(
                                "Telemetry", requests().get("Telemetry").toByteArray())
                        .isOk();
                call++;
                if (answers) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void close() {
            channel.shutdownNow();
        }
    }

    private static ArrayPort openedWhenFree(BoardClient client) throws InterruptedException {
        for (int tried = 0; ; tried++) {
            try {
                return client.open("a");
            } catch (PortException e) {
                assertThat(tried).as(e.getMessage()).isLessThan(200);
                Thread.sleep(20);
            }
        }
    }

    /** A server that damages one of its replies, or refuses in a way of its own. */
    private static final class Liar implements AutoCloseable {
        private final Server server;
        private volatile MessageMutator mutator;
        private volatile String damaged = "";

        Liar() throws IOException {
            ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(ArrayBoardGrpc.SERVICE_NAME);
            replies()
                    .forEach((name, right) -> service.addMethod(method(name), ServerCalls.asyncUnaryCall((_, out) -> {
                        MessageMutator own = mutator;
                        if (!name.equals(damaged)) {
                            out.onNext(right.toByteArray());
                            out.onCompleted();
                        } else if (own.refuses()) {
                            out.onError(own.status().asRuntimeException());
                        } else {
                            out.onNext(own.damage(right));
                            out.onCompleted();
                        }
                    })));
            server = BareServer.start(service.build());
        }

        /** Right replies of all methods. */
        private static Map<String, Message> replies() {
            ArrayPort port = array();
            Map<String, Message> replies = new LinkedHashMap<>();
            replies.put(
                    "Hello",
                    HelloReply.newBuilder()
                            .setProtocolVersion(1)
                            .setBoard("bench")
                            .setSerialNumber("S-1")
                            .addArrays("a")
                            .setMaxMessageBytes(1 << 20)
                            .setQueueDepth(8)
                            .build());
            replies.put("Open", Messages.opened(port.facts()).setSession(3).build());
            replies.put("Program", Messages.reply(port.program(order())));
            replies.put("Read", Messages.reply(port.read(2, 3, 4)));
            replies.put("Multiply", Messages.reply(port.multiply(COLUMNS, reads())));
            replies.put("Calibrate", Messages.reply(port.calibrate()));
            replies.put("Age", AgeReply.getDefaultInstance());
            replies.put("Telemetry", Messages.reply(port.telemetry()));
            replies.put("Close", CloseReply.getDefaultInstance());
            return replies;
        }

        @Override
        public void close() {
            server.shutdownNow();
        }
    }

    @Test
    void aClientSaysInALineWhatIsWrongWithAReply() throws Exception {
        Outcomes outcomes = new Outcomes();
        List<String> bad = new ArrayList<>();
        try (Liar liar = new Liar()) {
            BoardAddress address = BoardAddress.of("grpc://localhost:" + liar.server.getPort() + "/a");
            List<String> methods = List.copyOf(Liar.replies().keySet());
            BoardClient client = BoardClient.connect(address, CALLS);
            try {
                for (int n = 0; n < MUTANTS; n++) {
                    liar.mutator = new MessageMutator(SEED * 1_000_033 + n);
                    liar.damaged = methods.get(n % methods.size());
                    String outcome;
                    long begun = System.nanoTime();
                    try {
                        if (liar.damaged.equals("Hello")) {
                            BoardClient.connect(address, CALLS).close();
                        } else {
                            converse(client, liar.damaged);
                        }
                        outcome = "OK";
                    } catch (PortException e) {
                        outcome = e.kind().toString();
                    } catch (RuntimeException | Error e) {
                        outcome = e.getClass().getSimpleName();
                        bad.add("mutant " + n + " of " + liar.damaged + ": " + e);
                    }
                    if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(SECONDS) / 2) {
                        bad.add("mutant " + n + " of " + liar.damaged + " hangs");
                    }
                    outcomes.count(liar.damaged, outcome);
                    liar.damaged = "";
                }
            } finally {
                client.close();
            }
        }
        outcomes.write("client");
        assertThat(bad).isEmpty();
    }

    /** Everything that a client asks an array for, up to the call that is meant. */
    private static void converse(BoardClient client, String method) {
        try (ArrayPort port = client.open("a")) {
            switch (method) {
                case "Program" -> port.program(order());
                case "Read" -> port.read(2, 3, 4);
                case "Multiply" -> port.multiply(COLUMNS, reads());
                case "Calibrate" -> port.calibrate();
                case "Age" -> port.age(1, 300);
                case "Telemetry" -> port.telemetry();
                default -> port.facts();
            }
        }
    }
}
