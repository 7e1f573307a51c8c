/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.check;

import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.synaptile.board.RawCalls;
import io.synaptile.board.check.Bench.Cells;
import io.synaptile.board.wire.ArrayBoardGrpc;
import io.synaptile.board.wire.CloseReply;
import io.synaptile.board.wire.CloseRequest;
import io.synaptile.board.wire.OpenReply;
import io.synaptile.board.wire.ReadReply;
import io.synaptile.board.wire.ReadRequest;
import io.synaptile.board.wire.TelemetryRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Numbers of calls, sessions, and who holds an array. */
final class CallChecks {
    /** In which another client is refused, or gives up waiting. */
    private static final Duration SHORT = Duration.ofMillis(500);

    private final Suite suite;
    private final Bench bench;
    private final Bench other;

    CallChecks(Suite suite, Bench bench, Bench other) {
        this.suite = suite;
        this.bench = bench;
        this.other = other;
    }

    void run() {
        suite.check("calls: the last number again gives the same reply and does nothing", this::repeated);
        suite.check("calls: a number that is used again with another request is refused", this::another);
        suite.check("calls: a number that is not the next is refused", this::outOfTurn);
        suite.check("calls: a session that never began is refused", this::noSession);
        suite.check("calls: bytes that are no message are refused, and the board goes on", this::garbage);
        suite.check("calls: a call whose time is up may be made again", this::deadline);
        suite.check("open: an array that another client holds is refused or waited for", this::taken);
        suite.check("open: a client that gave up waiting does not get the array", this::ghost);
        suite.check("close: the array is free for another client", this::free);
        suite.check("close: closing again gives the same reply", this::closedTwice);
        suite.check("close: calls of a session that has ended are refused", this::ended);
        suite.check("close: cells keep what they hold", this::kept);
    }

    private ReadRequest.Builder read(Held held) {
        return ReadRequest.newBuilder()
                .setSession(held.session())
                .setCall(held.next())
                .setRows(Bench.rows(held))
                .setColumns(Bench.columns(held))
                .setTimes(2);
    }

    private String repeated() throws Exception {
        return bench.with(held -> {
            ReadRequest request = read(held).build();
            ReadReply first = held.call(_ -> held.stub().read(request));
            Broken.unless(first.equals(held.stub().read(request)), "a read that was repeated reads otherwise");
            OpenReply before = held.opened();
            var order = Bench.order(held, Bench.targets(held, false))
                    .setSession(held.session())
                    .setCall(held.next())
                    .build();
            var done = held.call(_ -> held.stub().program(order));
            for (int i = 0; i < 2; i++) {
                Broken.unless(
                        done.equals(held.stub().program(order)), "a programming that was repeated reports otherwise");
            }
            int most = done.getPulsesList().stream().max(Integer::compare).orElse(0);
            held.giveBack();
            try (Held again = bench.open()) {
                long worn = again.opened().getWornPulses() - before.getWornPulses();
                Broken.unless(
                        worn <= most,
                        "a programming of at most " + most + " pulses for a cell, made three times under one number,"
                                + " wore a cell by " + worn);
            }
            return "";
        });
    }

    private String another() throws Exception {
        return bench.with(held -> {
            ReadRequest request = read(held).build();
            held.call(_ -> held.stub().read(request));
            Held.refusal(() -> held.stub().read(request.toBuilder().setTimes(1).build()), Code.INVALID_ARGUMENT);
            return held.refused(
                    () -> held.stub()
                            .telemetry(TelemetryRequest.newBuilder()
                                    .setSession(held.session())
                                    .setCall(request.getCall())
                                    .build()),
                    Code.INVALID_ARGUMENT);
        });
    }

    private String outOfTurn() throws Exception {
        return bench.with(held -> {
            held.telemetry();
            held.telemetry();
            for (long number : new long[] {held.next() + 1, held.next() - 2, 0, -1}) {
                held.refused(
                        () -> held.stub().read(read(held).setCall(number).build()),
                        Code.INVALID_ARGUMENT,
                        Code.FAILED_PRECONDITION);
            }
            return "";
        });
    }

    private String noSession() throws Exception {
        return bench.with(held -> held.refused(
                () -> held.stub()
                        .read(read(held)
                                .setSession(held.session() ^ 0x5a5a_5a5a_5a5aL)
                                .build()),
                Code.FAILED_PRECONDITION));
    }

    private String garbage() throws Exception {
        MethodDescriptor<byte[], byte[]> method =
                RawCalls.method(ArrayBoardGrpc.getMultiplyMethod().getFullMethodName());
        return bench.with(held -> {
            try {
                ClientCalls.blockingUnaryCall(
                        bench.channel(),
                        method,
                        CallOptions.DEFAULT.withDeadlineAfter(bench.deadline().toNanos(), TimeUnit.NANOSECONDS),
                        new byte[] {(byte) 0xff, 1, 2});
            } catch (StatusRuntimeException e) {
                Code code = e.getStatus().getCode();
                Broken.unless(
                        code == Code.INVALID_ARGUMENT || code == Code.INTERNAL || code == Code.UNKNOWN,
                        "answered " + e.getMessage() + "; INVALID_ARGUMENT was expected");
                held.telemetry();
                return e.getMessage();
            }
            throw new Broken("was done; INVALID_ARGUMENT was expected");
        });
    }

    private String deadline() throws Exception {
        return bench.with(held -> {
            ReadRequest request = read(held)
                    .setRows(held.opened().getRows())
                    .setColumns(held.opened().getColumns())
                    .build();
            String found = "done in time";
            try {
                bench.stub(Duration.ofMillis(1)).read(request);
            } catch (StatusRuntimeException e) {
                Broken.unless(
                        e.getStatus().getCode() == Code.DEADLINE_EXCEEDED,
                        "answered " + e.getMessage() + "; DEADLINE_EXCEEDED was expected");
                found = "not done in time";
            }
            ReadReply reply = held.call(_ -> held.stub().read(request));
            Bench.requireShape(reply, request.getRows() * request.getColumns());
            held.telemetry();
            return found;
        });
    }

    private String takenBySecond() {
        OpenReply opened;
        try {
            opened = other.stub(SHORT).open(other.opening());
        } catch (StatusRuntimeException e) {
            Code code = e.getStatus().getCode();
            Broken.unless(
                    List.of(Code.FAILED_PRECONDITION, Code.DEADLINE_EXCEEDED, Code.RESOURCE_EXHAUSTED)
                            .contains(code),
                    "answered " + e.getMessage() + "; FAILED_PRECONDITION was expected");
            return code == Code.DEADLINE_EXCEEDED ? "waited for" : e.getMessage();
        }
        new Held(other::stub, opened).close();
        throw new Broken("two clients hold the array at once");
    }

    private String taken() throws Exception {
        return bench.with(held -> {
            String found = takenBySecond();
            held.telemetry();
            return found;
        });
    }

    private String ghost() throws Exception {
        return bench.with(held -> {
            String found = takenBySecond();
            held.giveBack();
            try (Held again = bench.open()) {
                again.telemetry();
            }
            return found;
        });
    }

    private String free() throws Exception {
        return bench.with(held -> {
            held.giveBack();
            try (Held second = other.open()) {
                second.telemetry();
            }
            return "";
        });
    }

    private String closedTwice() throws Exception {
        return bench.with(held -> {
            CloseRequest closing = held.closing();
            held.giveBack();
            CloseReply reply = held.stub().close(closing);
            Broken.unless(reply.equals(CloseReply.getDefaultInstance()), "another reply");
            return "";
        });
    }

    private String ended() throws Exception {
        return bench.with(held -> {
            held.giveBack();
            return Held.refusal(held::telemetry, Code.FAILED_PRECONDITION);
        });
    }

    private String kept() throws Exception {
        return bench.with(held -> {
            Cells before = Bench.part(held);
            held.giveBack();
            try (Held again = bench.open()) {
                Cells after = Bench.part(again);
                for (int i = 0; i < before.mean().length; i++) {
                    Broken.unless(
                            after.moved(i, before, i) <= Bench.CELL_SHARE * Bench.range(again),
                            "cell " + i + " held " + CellChecks.figure(before.mean()[i]) + " uS and holds "
                                    + CellChecks.figure(after.mean()[i]));
                }
            }
            return "";
        });
    }
}
