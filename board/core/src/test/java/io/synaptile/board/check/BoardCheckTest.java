/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import io.synaptile.board.BareServer;
import io.synaptile.board.OtherPort;
import io.synaptile.board.Wire;
import io.synaptile.board.client.BoardAddress;
import io.synaptile.board.client.CallRules;
import io.synaptile.board.server.BoardServer;
import io.synaptile.board.server.Mishaps;
import io.synaptile.board.server.ServedBoard;
import io.synaptile.board.server.ServingRules;
import io.synaptile.board.wire.AgeReply;
import io.synaptile.board.wire.AgeRequest;
import io.synaptile.board.wire.CalibrateReply;
import io.synaptile.board.wire.CalibrateRequest;
import io.synaptile.board.wire.CloseReply;
import io.synaptile.board.wire.CloseRequest;
import io.synaptile.board.wire.HelloReply;
import io.synaptile.board.wire.HelloRequest;
import io.synaptile.board.wire.MultiplyReply;
import io.synaptile.board.wire.MultiplyRequest;
import io.synaptile.board.wire.OpenReply;
import io.synaptile.board.wire.OpenRequest;
import io.synaptile.board.wire.ProgramReply;
import io.synaptile.board.wire.ProgramRequest;
import io.synaptile.board.wire.ReadReply;
import io.synaptile.board.wire.ReadRequest;
import io.synaptile.board.wire.TelemetryReply;
import io.synaptile.board.wire.TelemetryRequest;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModels;
import io.synaptile.devices.readout.RowReads;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.port.ColumnErrors;
import io.synaptile.mapping.port.ColumnReadings;
import io.synaptile.mapping.port.PortException;
import io.synaptile.mapping.port.PortLimits;
import io.synaptile.mapping.port.ProgramOrder;
import io.synaptile.mapping.port.ProgramReport;
import io.synaptile.mapping.port.SimulatedArray;
import io.synaptile.mapping.port.SimulatedPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks of boards: one that is right passes, and what is broken is found in the checks that are about it. */
class BoardCheckTest {
    static final CallRules CALLS =
            new CallRules(Duration.ofSeconds(20), 0, Duration.ZERO, Optional.empty(), Optional.empty(), "test");
    private static final CellModel CELL = CellModels.load()
            .create(
                    "rram",
                    Map.of(
                            "bits",
                            4L,
                            "range_uS",
                            List.of(2.0, 40.0),
                            "read_noise.kind",
                            "proportional",
                            "read_noise.sigma",
                            0.05,
                            "programming.kind",
                            "lognormal",
                            "programming.sigma",
                            0.1));

    /** A service that does not look for garbage itself has its garbage logged; held here, so that the level stays. */
    private static final Logger LOGGER = Logger.getLogger("io.grpc.internal.SerializingExecutor");

    @BeforeAll
    static void logNoGarbage() {
        LOGGER.setLevel(Level.OFF);
    }

    @AfterAll
    static void logAgain() {
        LOGGER.setLevel(null);
    }

    private static ArrayPort array() {
        return new SimulatedPort(new SimulatedArray(
                "bench",
                "S-1",
                "a",
                0,
                20,
                18,
                CELL,
                Optional.empty(),
                new ColumnErrors(0.05, 1, 0.1),
                new PortLimits(0.2, 2, 20, 0, 64),
                7));
    }

    private static BoardServer serve(ArrayPort port, Duration wait) throws Exception {
        return BoardServer.start(
                new ServedBoard("bench", "S-1", "test", Map.of("a", port)),
                new ServingRules(Optional.empty(), wait, 8, Wire.MAX_MESSAGE_BYTES, Mishaps.NONE),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty());
    }

    private static List<Finding> check(int port) {
        List<Finding> seen = new ArrayList<>();
        List<Finding> all = BoardCheck.of(BoardAddress.of("grpc://localhost:" + port + "/a"), "a", CALLS, seen::add);
        assertThat(seen).isEqualTo(all);
        return all;
    }

    private static List<String> failed(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> !finding.passed())
                .map(finding -> finding.name() + " | " + finding.detail())
                .toList();
    }

    /** What fails on a board with a broken array. */
    private static List<String> ofPort(UnaryOperator<ArrayPort> breakage) throws Exception {
        try (BoardServer server = serve(breakage.apply(array()), Duration.ZERO)) {
            return failed(check(server.port()));
        }
    }

    /** What fails on a board whose service is broken. */
    private static List<String> ofService(IntFunction<OtherService> breakage) throws Exception {
        try (BoardServer server = serve(array(), Duration.ZERO);
                OtherService broken = breakage.apply(server.port())) {
            Server other = BareServer.start(broken.bindService());
            try {
                return failed(check(other.getPort()));
            } finally {
                other.shutdownNow();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 30})
    void aBoardThatIsRightPasses(long waitSeconds) throws Exception {
        try (BoardServer server = serve(array(), Duration.ofSeconds(waitSeconds))) {
            List<Finding> findings = check(server.port());
            assertThat(failed(findings)).isEmpty();
            assertThat(findings).hasSizeGreaterThan(40);
            assertThat(findings.stream().map(Finding::name)).doesNotHaveDuplicates();
            // Once more: what a check leaves behind is of no consequence to the next.
            assertThat(failed(check(server.port()))).isEmpty();
        }
    }

    @Test
    void anotherArrayThanThereIsEndsTheChecks() throws Exception {
        try (BoardServer server = serve(array(), Duration.ZERO)) {
            List<Finding> findings =
                    BoardCheck.of(BoardAddress.of("grpc://localhost:" + server.port() + "/a"), "b", CALLS, _ -> {});
            assertThat(failed(findings))
                    .contains("open: size, range and limits make sense | the array cannot be opened: NOT_FOUND: no"
                            + " array 'b'; this board has a");
            assertThat(findings).hasSizeLessThan(10);
        }
    }

    @Test
    void aBoardThatDoesNotAnswerIsNoFinding() {
        assertThatThrownBy(() -> BoardCheck.of(BoardAddress.of("grpc://localhost:1/a"), "a", CALLS, _ -> {}))
                .isInstanceOf(PortException.class)
                .hasMessageContaining("board grpc://localhost:1, hello: UNAVAILABLE");
    }

    @Test
    void clippedDrivesAreFound() throws Exception {
        assertThat(ofPort(array -> new OtherPort(array) {
                    @Override
                    public ColumnReadings multiply(int columns, List<RowReads> reads) {
                        for (RowReads own : reads) {
                            for (int e = 0; e < own.drive().length; e++) {
                                own.drive()[e] = Math.min(own.drive()[e], 1f);
                            }
                        }
                        return array.multiply(columns, reads);
                    }
                }))
                .anySatisfy(line -> assertThat(line).startsWith("multiply: a drive above the limit is refused, not"))
                .anySatisfy(line -> assertThat(line).startsWith("multiply: currents are linear in the drive | row"))
                .anySatisfy(line -> assertThat(line).startsWith("multiply: a row alone shows its cells"));
    }

    @Test
    void ignoredMasksAreFound() throws Exception {
        assertThat(ofPort(array -> new OtherPort(array) {
                    @Override
                    public ProgramReport program(ProgramOrder order) {
                        return array.program(new ProgramOrder(
                                order.rows(),
                                order.columns(),
                                order.target(),
                                Optional.empty(),
                                order.toleranceMicrosiemens(),
                                order.maxPulses(),
                                order.draws()));
                    }
                }))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("program: cells outside the mask are left as they are | cell 1 was not to be"));
    }

    /** An array whose currents are changed. */
    private static UnaryOperator<ArrayPort> currents(UnaryOperator<float[]> change) {
        return array -> new OtherPort(array) {
            @Override
            public ColumnReadings multiply(int columns, List<RowReads> reads) {
                ColumnReadings right = array.multiply(columns, reads);
                return new ColumnReadings(change.apply(right.microsiemens()), right.saturated());
            }
        };
    }

    @Test
    void currentsThatAreNoNumbersAreFound() throws Exception {
        assertThat(ofPort(currents(right -> {
                    right[right.length - 1] = Float.NaN;
                    return right;
                })))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("multiply: a current for every read and column, all of them numbers | entry 47"))
                .allSatisfy(line -> assertThat(line).contains("NaN uS"));
    }

    @Test
    void missingCurrentsAreFound() throws Exception {
        assertThat(ofPort(currents(right -> Arrays.copyOf(right, right.length - 1))))
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo("multiply: a current for every read and column, all of them numbers | 47 currents"
                                + " came back, 48 were asked for"))
                .allSatisfy(line -> assertThat(line).contains("currents came back"));
    }

    @Test
    void currentsThatAreNotLinearAreFound() throws Exception {
        assertThat(ofPort(currents(right -> {
                    for (int i = 0; i < right.length; i++) {
                        right[i] = (float) (30 * Math.tanh(right[i] / 30));
                    }
                    return right;
                })))
                .anySatisfy(line -> assertThat(line).startsWith("multiply: currents are linear in the drive"))
                .anySatisfy(line -> assertThat(line).startsWith("multiply: rows together give the sum of the rows"));
    }

    @Test
    void currentsWithoutDrivesAreFound() throws Exception {
        assertThat(ofPort(currents(right -> {
                    for (int i = 0; i < right.length; i++) {
                        right[i] += 100;
                    }
                    return right;
                })))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("multiply: a read without rows shows no current"));
    }

    @Test
    void readsOutOfOrderAreFound() throws Exception {
        assertThat(ofPort(array -> new OtherPort(array) {
                    @Override
                    public ColumnReadings multiply(int columns, List<RowReads> reads) {
                        return array.multiply(columns, reads.reversed());
                    }
                }))
                .singleElement()
                .satisfies(
                        line -> assertThat(line).startsWith("multiply: reads of several images come in their order"));
    }

    @Test
    void targetsThatAreClippedAreFound() throws Exception {
        assertThat(ofPort(array -> new OtherPort(array) {
                    @Override
                    public ProgramReport program(ProgramOrder order) {
                        for (int i = 0; i < order.target().length; i++) {
                            order.target()[i] = Math.clamp(order.target()[i], 2f, 40f);
                        }
                        return array.program(order);
                    }
                }))
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo("program: a target outside the range is refused and nothing is written | was done;"
                                + " OUT_OF_RANGE was expected"))
                .allSatisfy(line -> assertThat(line).contains("a target"));
    }

    @Test
    void outcomesThatAreAlwaysGoodAreFound() throws Exception {
        assertThat(ofPort(array -> new OtherPort(array) {
                    @Override
                    public ProgramReport program(ProgramOrder order) {
                        ProgramReport right = array.program(
                                ProgramOrder.of(order.rows(), order.columns(), order.target(), order.draws()));
                        return order.cells().isPresent() || order.toleranceMicrosiemens() == 0
                                ? array.program(order)
                                : right;
                    }
                }))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("program: cells come within the tolerance, or are said not to | cell"));
    }

    @Test
    void forgottenNumbersOfCallsAreFound() throws Exception {
        assertThat(ofService(port -> new OtherService(port) {
                    private final AtomicLong number = new AtomicLong();

                    @Override
                    public void open(OpenRequest request, StreamObserver<OpenReply> out) {
                        answer(out, () -> {
                            OpenReply reply = board().open(request);
                            number.set(0);
                            return reply;
                        });
                    }

                    private long next() {
                        return number.get() + 1;
                    }

                    private <T> T done(T reply) {
                        number.incrementAndGet();
                        return reply;
                    }

                    @Override
                    public void read(ReadRequest request, StreamObserver<ReadReply> out) {
                        answer(
                                out,
                                () -> done(board().read(request.toBuilder()
                                        .setCall(next())
                                        .build())));
                    }

                    @Override
                    public void program(ProgramRequest request, StreamObserver<ProgramReply> out) {
                        answer(
                                out,
                                () -> done(board().program(request.toBuilder()
                                        .setCall(next())
                                        .build())));
                    }

                    @Override
                    public void multiply(MultiplyRequest request, StreamObserver<MultiplyReply> out) {
                        answer(
                                out,
                                () -> done(board().multiply(request.toBuilder()
                                        .setCall(next())
                                        .build())));
                    }

                    @Override
                    public void telemetry(TelemetryRequest request, StreamObserver<TelemetryReply> out) {
                        answer(
                                out,
                                () -> done(board().telemetry(request.toBuilder()
                                        .setCall(next())
                                        .build())));
                    }

                    @Override
                    public void calibrate(CalibrateRequest request, StreamObserver<CalibrateReply> out) {
                        answer(
                                out,
                                () -> done(board().calibrate(request.toBuilder()
                                        .setCall(next())
                                        .build())));
                    }

                    @Override
                    public void age(AgeRequest request, StreamObserver<AgeReply> out) {
                        answer(
                                out,
                                () -> done(board().age(request.toBuilder()
                                        .setCall(next())
                                        .build())));
                    }

                    @Override
                    public void close(CloseRequest request, StreamObserver<CloseReply> out) {
                        answer(
                                out,
                                () -> board().close(request.toBuilder()
                                        .setCall(next())
                                        .build()));
                    }
                }))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("calls: the last number again gives the same reply and does nothing | a read"
                                        + " that was repeated reads otherwise"),
                        line -> assertThat(line)
                                .startsWith("calls: a number that is used again with another request is refused"),
                        line -> assertThat(line).startsWith("calls: a number that is not the next is refused"));
    }

    @Test
    void anotherVersionIsFound() throws Exception {
        assertThat(ofService(port -> new OtherService(port) {
                    @Override
                    public void hello(HelloRequest request, StreamObserver<HelloReply> out) {
                        answer(
                                out,
                                () -> board()
                                        .hello(request.toBuilder()
                                                .setProtocolVersion(1)
                                                .build())
                                        .toBuilder()
                                        .setProtocolVersion(2)
                                        .build());
                    }
                }))
                .containsExactly(
                        "hello: version, names and bounds make sense | the board speaks version 2, expected 1",
                        "hello: another version is refused | was done; UNIMPLEMENTED was expected");
    }

    @Test
    void twoClientsOnOneArrayAreFound() throws Exception {
        assertThat(ofService(port -> new OtherService(port) {
                    private final AtomicInteger holders = new AtomicInteger();
                    private volatile OpenReply held;

                    @Override
                    public void open(OpenRequest request, StreamObserver<OpenReply> out) {
                        answer(out, () -> {
                            if (!request.getArray().equals("a")) {
                                return board().open(request);
                            }
                            if (holders.getAndIncrement() == 0) {
                                held = board().open(request);
                            }
                            return held;
                        });
                    }

                    @Override
                    public void close(CloseRequest request, StreamObserver<CloseReply> out) {
                        answer(
                                out,
                                () -> holders.updateAndGet(own -> Math.max(0, own - 1)) > 0
                                        ? CloseReply.getDefaultInstance()
                                        : board().close(request));
                    }
                }))
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo("open: an array that another client holds is refused or waited for | two clients"
                                + " hold the array at once"))
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo("open: a client that gave up waiting does not get the array | two clients hold the"
                                + " array at once"));
    }

    @Test
    void anArrayThatIsNotGivenBackIsFound() throws Exception {
        assertThat(ofService(port -> new OtherService(port) {
                    private final AtomicInteger closings = new AtomicInteger();

                    @Override
                    public void close(CloseRequest request, StreamObserver<CloseReply> out) {
                        answer(
                                out,
                                () -> closings.incrementAndGet() > 3
                                        ? CloseReply.getDefaultInstance()
                                        : board().close(request));
                    }
                }))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("close: the array is free for another client")
                        .contains("FAILED_PRECONDITION: array a is in use"));
    }
}
