/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.client;

import io.synaptile.board.Messages;
import io.synaptile.board.wire.AgeReply;
import io.synaptile.board.wire.AgeRequest;
import io.synaptile.board.wire.ArrayBoardGrpc;
import io.synaptile.board.wire.ArrayBoardGrpc.ArrayBoardBlockingStub;
import io.synaptile.board.wire.CalibrateReply;
import io.synaptile.board.wire.CalibrateRequest;
import io.synaptile.board.wire.CloseRequest;
import io.synaptile.board.wire.HelloReply;
import io.synaptile.board.wire.MultiplyReply;
import io.synaptile.board.wire.MultiplyRequest;
import io.synaptile.board.wire.OpenReply;
import io.synaptile.board.wire.ProgramReply;
import io.synaptile.board.wire.ProgramRequest;
import io.synaptile.board.wire.ReadReply;
import io.synaptile.board.wire.ReadRequest;
import io.synaptile.board.wire.TelemetryReply;
import io.synaptile.board.wire.TelemetryRequest;
import io.synaptile.devices.readout.RowReads;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.port.CellReadings;
import io.synaptile.mapping.port.ColumnCalibration;
import io.synaptile.mapping.port.ColumnReadings;
import io.synaptile.mapping.port.PortException;
import io.synaptile.mapping.port.PortFacts;
import io.synaptile.mapping.port.PortReading;
import io.synaptile.mapping.port.ProgramOrder;
import io.synaptile.mapping.port.ProgramReport;
import java.util.List;
import java.util.function.Supplier;

/** An array of a board behind a connection. What comes back is held against what was asked for. */
final class RemotePort implements ArrayPort {
    private final ArrayBoardBlockingStub stub;
    private final Calls calls;
    private final long session;
    private PortFacts facts;
    private long call;
    private boolean closed;

    RemotePort(ArrayBoardBlockingStub stub, Calls calls, HelloReply hello, String array, OpenReply opened) {
        this.stub = stub;
        this.calls = calls;
        this.session = opened.getSession();
        this.facts = sense("open", () -> Messages.facts(hello, array, opened));
    }

    @Override
    public synchronized PortFacts facts() {
        return facts;
    }

    /** One call of this session; the stub has a deadline. */
    private interface Asked<T> {
        T ask(ArrayBoardGrpc.ArrayBoardBlockingStub on, long number);
    }

    /** Makes a call under the next number, which is taken only where the board has done it. */
    private <T> T call(String name, Asked<T> asked) {
        if (closed) {
            throw new PortException(PortException.Kind.UNREADY, calls.where(), name, "the array was given back");
        }
        long number = call + 1;
        T reply = calls.of(name, deadline -> asked.ask(deadline.on(stub), number));
        call = number;
        return reply;
    }

    /** Takes what came back apart; what it cannot be is the board's fault. */
    private <T> T sense(String name, Supplier<T> reply) {
        try {
            return reply.get();
        } catch (IllegalArgumentException e) {
            throw new PortException(PortException.Kind.NONSENSE, calls.where(), name, e.getMessage(), e);
        }
    }

    @Override
    public synchronized ProgramReport program(ProgramOrder order) {
        ProgramRequest.Builder request = Messages.request(order).setSession(session);
        ProgramReply reply = call(
                "program", (on, number) -> on.program(request.setCall(number).build()));
        return sense("program", () -> Messages.report(reply, order.target().length));
    }

    @Override
    public synchronized CellReadings read(int rows, int columns, int times) {
        ReadRequest.Builder request = ReadRequest.newBuilder()
                .setSession(session)
                .setRows(rows)
                .setColumns(columns)
                .setTimes(times);
        ReadReply reply =
                call("read", (on, number) -> on.read(request.setCall(number).build()));
        return sense("read", () -> Messages.readings(reply, rows * columns));
    }

    @Override
    public synchronized ColumnReadings multiply(int columns, List<RowReads> reads) {
        MultiplyRequest.Builder request = Messages.request(columns, reads).setSession(session);
        int count = reads.stream().mapToInt(RowReads::count).sum();
        MultiplyReply reply = call(
                "multiply", (on, number) -> on.multiply(request.setCall(number).build()));
        return sense("multiply", () -> Messages.readings(reply, count * columns));
    }

    @Override
    public synchronized ColumnCalibration calibrate() {
        CalibrateRequest.Builder request = CalibrateRequest.newBuilder().setSession(session);
        CalibrateReply reply = call(
                "calibrate",
                (on, number) -> on.calibrate(request.setCall(number).build()));
        ColumnCalibration found = sense("calibrate", () -> Messages.calibration(reply, facts.columns()));
        facts = facts.with(found.name());
        return found;
    }

    @Override
    public synchronized void age(double seconds, double kelvin) {
        AgeRequest.Builder request =
                AgeRequest.newBuilder().setSession(session).setTimeS(seconds).setTemperatureK(kelvin);
        AgeReply _ = call("age", (on, number) -> on.age(request.setCall(number).build()));
    }

    @Override
    public synchronized List<PortReading> telemetry() {
        TelemetryRequest.Builder request = TelemetryRequest.newBuilder().setSession(session);
        TelemetryReply reply = call(
                "telemetry",
                (on, number) -> on.telemetry(request.setCall(number).build()));
        return Messages.telemetry(reply);
    }

    /** Gives the array back; a board that does not answer any more has lost it anyway. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        CloseRequest.Builder request = CloseRequest.newBuilder().setSession(session);
        try {
            call("close", (on, number) -> on.close(request.setCall(number).build()));
        } catch (PortException e) {
            if (!e.mayPass() && e.kind() != PortException.Kind.UNREADY) {
                throw e;
            }
        } finally {
            closed = true;
        }
    }
}
