/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.check;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.synaptile.board.wire.AgeRequest;
import io.synaptile.board.wire.ArrayBoardGrpc.ArrayBoardBlockingStub;
import io.synaptile.board.wire.CalibrateReply;
import io.synaptile.board.wire.CalibrateRequest;
import io.synaptile.board.wire.CloseRequest;
import io.synaptile.board.wire.MultiplyReply;
import io.synaptile.board.wire.MultiplyRequest;
import io.synaptile.board.wire.OpenReply;
import io.synaptile.board.wire.ProgramReply;
import io.synaptile.board.wire.ProgramRequest;
import io.synaptile.board.wire.ReadReply;
import io.synaptile.board.wire.ReadRequest;
import io.synaptile.board.wire.TelemetryReply;
import io.synaptile.board.wire.TelemetryRequest;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** An array that is held for a check, with the number of its next call. */
final class Held implements AutoCloseable {
    private final Supplier<ArrayBoardBlockingStub> stub;
    private final OpenReply opened;
    private long next = 1;
    private boolean closed;

    /** Holds an array that was opened. */
    Held(Supplier<ArrayBoardBlockingStub> stub, OpenReply opened) {
        this.stub = stub;
        this.opened = opened;
    }

    OpenReply opened() {
        return opened;
    }

    /** For calls that are made by hand. */
    ArrayBoardBlockingStub stub() {
        return stub.get();
    }

    long session() {
        return opened.getSession();
    }

    /** Number of the next call. */
    long next() {
        return next;
    }

    /** Makes a call; its number is used up where the board does it. */
    <T> T call(LongFunction<T> work) {
        T reply = work.apply(next);
        next++;
        return reply;
    }

    ProgramReply program(ProgramRequest.Builder request) {
        return call(number ->
                stub().program(request.setSession(session()).setCall(number).build()));
    }

    ReadReply read(int rows, int columns, int times) {
        return call(number -> stub().read(ReadRequest.newBuilder()
                .setSession(session())
                .setCall(number)
                .setRows(rows)
                .setColumns(columns)
                .setTimes(times)
                .build()));
    }

    MultiplyReply multiply(MultiplyRequest.Builder request) {
        return call(number ->
                stub().multiply(request.setSession(session()).setCall(number).build()));
    }

    CalibrateReply calibrate() {
        return call(number -> stub().calibrate(CalibrateRequest.newBuilder()
                .setSession(session())
                .setCall(number)
                .build()));
    }

    void age(double seconds, double kelvin) {
        call(number -> stub().age(AgeRequest.newBuilder()
                .setSession(session())
                .setCall(number)
                .setTimeS(seconds)
                .setTemperatureK(kelvin)
                .build()));
    }

    TelemetryReply telemetry() {
        return call(number -> stub().telemetry(TelemetryRequest.newBuilder()
                .setSession(session())
                .setCall(number)
                .build()));
    }

    /** Demands that a call is refused in one of these ways, and that the session goes on with the number that it had. */
    String refused(Runnable work, Status.Code... codes) {
        String said = refusal(work, codes);
        try {
            telemetry();
        } catch (StatusRuntimeException e) {
            throw new Broken("after the refusal the next call under its number fails: " + e.getMessage());
        }
        return said;
    }

    /** Demands that a call is refused in one of these ways. */
    static String refusal(Runnable work, Status.Code... codes) {
        try {
            work.run();
        } catch (StatusRuntimeException e) {
            Broken.unless(
                    Set.of(codes).contains(e.getStatus().getCode()),
                    "answered " + e.getMessage() + "; " + codes[0] + " was expected");
            return e.getMessage();
        }
        throw new Broken("was done; " + codes[0] + " was expected");
    }

    /** The call that gives the array back. */
    CloseRequest closing() {
        return CloseRequest.newBuilder().setSession(session()).setCall(next).build();
    }

    /** Gives the array back and says so to nobody if that fails: a check of its own does. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            stub().close(closing());
        } catch (StatusRuntimeException e) {
            // The connection ends after the checks, and the array is free then.
        }
    }

    /** Gives the array back. */
    void giveBack() {
        closed = true;
        call(number -> stub().close(CloseRequest.newBuilder()
                .setSession(session())
                .setCall(number)
                .build()));
    }
}
