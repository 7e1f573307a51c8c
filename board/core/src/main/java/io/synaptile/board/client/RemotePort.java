/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.client;

import io.synaptile.board.Wire;
import io.synaptile.board.wire.AgeReply;
import io.synaptile.board.wire.AgeRequest;
import io.synaptile.board.wire.ArrayBoardGrpc;
import io.synaptile.board.wire.ArrayBoardGrpc.ArrayBoardBlockingStub;
import io.synaptile.board.wire.CalibrateReply;
import io.synaptile.board.wire.CalibrateRequest;
import io.synaptile.board.wire.CloseRequest;
import io.synaptile.board.wire.Draws;
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
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.readout.RowReads;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.port.CellReadings;
import io.synaptile.mapping.port.ColumnCalibration;
import io.synaptile.mapping.port.ColumnReadings;
import io.synaptile.mapping.port.PortException;
import io.synaptile.mapping.port.PortFacts;
import io.synaptile.mapping.port.PortLimits;
import io.synaptile.mapping.port.PortReading;
import io.synaptile.mapping.port.ProgramOrder;
import io.synaptile.mapping.port.ProgramReport;
import java.util.BitSet;
import java.util.List;

/** An array of a board behind a connection. What comes back is held against what was asked for. */
final class RemotePort implements ArrayPort {
    private final ArrayBoardBlockingStub stub;
    private final Calls calls;
    private final HelloReply hello;
    private final long session;
    private PortFacts facts;
    private long call;
    private boolean closed;

    RemotePort(ArrayBoardBlockingStub stub, Calls calls, HelloReply hello, String array, OpenReply opened) {
        this.stub = stub;
        this.calls = calls;
        this.hello = hello;
        this.session = opened.getSession();
        this.facts = facts(array, opened);
    }

    private PortFacts facts(String array, OpenReply opened) {
        try {
            return new PortFacts(
                    hello.getBoard(),
                    hello.getSerialNumber(),
                    array,
                    opened.getRows(),
                    opened.getColumns(),
                    new ConductanceRange((float) opened.getMinUS(), (float) opened.getMaxUS()),
                    new PortLimits(
                            opened.getLimits().getReadVoltageV(),
                            opened.getLimits().getDrive(),
                            opened.getLimits().getColumnCurrentUA(),
                            opened.getLimits().getPulsesPerCell(),
                            opened.getLimits().getReadsPerCall()),
                    opened.getDeterministic(),
                    opened.getCanCalibrate(),
                    opened.getCanAge(),
                    opened.getWornPulses(),
                    opened.getCalibration());
        } catch (IllegalArgumentException e) {
            throw new PortException(PortException.Kind.NONSENSE, calls.where(), "open", e.getMessage(), e);
        }
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
            throw new PortException(PortException.Kind.INVALID, calls.where(), name, "the array was given back");
        }
        long number = call + 1;
        T reply = calls.of(name, deadline -> asked.ask(deadline.on(stub), number));
        call = number;
        return reply;
    }

    private PortException nonsense(String name, String what) {
        return new PortException(PortException.Kind.NONSENSE, calls.where(), name, what);
    }

    private float[] numbers(List<Float> given, int wanted, String name, String what) {
        if (given.size() != wanted) {
            throw nonsense(name, given.size() + " " + what + " came back, " + wanted + " were asked for");
        }
        float[] numbers = Wire.floats(given);
        for (int i = 0; i < numbers.length; i++) {
            if (!Float.isFinite(numbers[i])) {
                throw nonsense(name, what + ", entry " + i + ": " + numbers[i]);
            }
        }
        return numbers;
    }

    @Override
    public synchronized ProgramReport program(ProgramOrder order) {
        int cells = order.target().length;
        ProgramRequest.Builder request = ProgramRequest.newBuilder()
                .setSession(session)
                .setRows(order.rows())
                .setColumns(order.columns())
                .addAllTargetUS(Wire.floats(order.target()))
                .setToleranceUS(order.toleranceMicrosiemens())
                .setMaxPulses(order.maxPulses())
                .setDraws(Draws.newBuilder()
                        .setLayer(order.draws().layer())
                        .setArray(order.draws().array())
                        .setInstance(order.draws().instance()));
        order.cells().ifPresent(mask -> mask.stream().forEach(request::addCells));
        ProgramReply reply = call(
                "program", (on, number) -> on.program(request.setCall(number).build()));
        float[] reached = numbers(reply.getReachedUSList(), cells, "program", "conductances");
        if (reply.getPulsesCount() != cells || reply.getStatusCount() != cells) {
            throw nonsense(
                    "program",
                    reply.getPulsesCount() + " numbers of pulses and " + reply.getStatusCount() + " outcomes for "
                            + cells + " cells");
        }
        ProgramReport.Status[] status = new ProgramReport.Status[cells];
        for (int i = 0; i < cells; i++) {
            try {
                status[i] = Wire.status(reply.getStatus(i));
            } catch (IllegalArgumentException e) {
                throw nonsense("program", "cell " + i + " has " + e.getMessage());
            }
        }
        return new ProgramReport(
                reached, Wire.ints(reply.getPulsesList()), status, reply.getTimeNs(), reply.getEnergyPJ());
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
        return new CellReadings(
                numbers(reply.getMeanUSList(), rows * columns, "read", "means"),
                numbers(reply.getDeviationUSList(), rows * columns, "read", "deviations"));
    }

    @Override
    public synchronized ColumnReadings multiply(int columns, List<RowReads> reads) {
        MultiplyRequest.Builder request =
                MultiplyRequest.newBuilder().setSession(session).setColumns(columns);
        int count = 0;
        for (RowReads own : reads) {
            request.addReads(Wire.message(own));
            count += own.count();
        }
        MultiplyReply reply = call(
                "multiply", (on, number) -> on.multiply(request.setCall(number).build()));
        float[] currents = numbers(reply.getColumnUSList(), count * columns, "multiply", "currents");
        BitSet saturated = new BitSet();
        for (int entry : reply.getSaturatedList()) {
            if (entry < 0 || entry >= currents.length) {
                throw nonsense("multiply", "entry " + Integer.toUnsignedString(entry) + " is said to be saturated");
            }
            saturated.set(entry);
        }
        return new ColumnReadings(currents, saturated);
    }

    @Override
    public synchronized ColumnCalibration calibrate() {
        CalibrateRequest.Builder request = CalibrateRequest.newBuilder().setSession(session);
        CalibrateReply reply = call(
                "calibrate",
                (on, number) -> on.calibrate(request.setCall(number).build()));
        ColumnCalibration found = new ColumnCalibration(
                reply.getCalibration(),
                numbers(reply.getColumnGainList(), facts.columns(), "calibrate", "gains"),
                numbers(reply.getColumnOffsetUSList(), facts.columns(), "calibrate", "offsets"));
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
        return reply.getReadingsList().stream()
                .map(own -> new PortReading(own.getName(), own.getValue(), own.getUnit()))
                .toList();
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
            if (!e.mayPass() && e.kind() != PortException.Kind.INVALID) {
                throw e;
            }
        } finally {
            closed = true;
        }
    }
}
