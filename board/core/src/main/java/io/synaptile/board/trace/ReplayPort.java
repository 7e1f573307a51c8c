/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.trace;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.synaptile.board.Messages;
import io.synaptile.board.wire.AgeReply;
import io.synaptile.board.wire.AgeRequest;
import io.synaptile.board.wire.CalibrateReply;
import io.synaptile.board.wire.CalibrateRequest;
import io.synaptile.board.wire.HelloReply;
import io.synaptile.board.wire.MultiplyReply;
import io.synaptile.board.wire.OpenedEntry;
import io.synaptile.board.wire.ProgramReply;
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

/** An array whose answers come from a file. */
final class ReplayPort implements ArrayPort {
    private final String tile;
    private final TraceFile trace;
    private PortFacts facts;

    ReplayPort(String tile, TraceFile trace) {
        this.tile = tile;
        this.trace = trace;
        OpenedEntry opened = trace.answer(tile, "open", CallHash.of("open"), OpenedEntry.parser());
        HelloReply hello = HelloReply.newBuilder()
                .setBoard(opened.getBoard())
                .setSerialNumber(opened.getSerialNumber())
                .build();
        this.facts = sense("open", () -> Messages.facts(hello, opened.getArray(), opened.getOpened()));
    }

    private <T> T answer(String call, MessageLite request, Parser<T> parser) {
        return trace.answer(tile, call, CallHash.of(request), parser);
    }

    private <T> T sense(String call, Supplier<T> reply) {
        try {
            return reply.get();
        } catch (IllegalArgumentException e) {
            throw new PortException(PortException.Kind.NONSENSE, "recorded tile " + tile, call, e.getMessage(), e);
        }
    }

    @Override
    public PortFacts facts() {
        return facts;
    }

    @Override
    public ProgramReport program(ProgramOrder order) {
        ProgramReply reply = answer("program", Messages.request(order).build(), ProgramReply.parser());
        return sense("program", () -> Messages.report(reply, order.target().length));
    }

    @Override
    public CellReadings read(int rows, int columns, int times) {
        ReadRequest request = ReadRequest.newBuilder()
                .setRows(rows)
                .setColumns(columns)
                .setTimes(times)
                .build();
        ReadReply reply = answer("read", request, ReadReply.parser());
        return sense("read", () -> Messages.readings(reply, rows * columns));
    }

    @Override
    public ColumnReadings multiply(int columns, List<RowReads> reads) {
        int count = reads.stream().mapToInt(RowReads::count).sum();
        MultiplyReply reply =
                answer("multiply", Messages.request(columns, reads).build(), MultiplyReply.parser());
        return sense("multiply", () -> Messages.readings(reply, count * columns));
    }

    @Override
    public ColumnCalibration calibrate() {
        CalibrateReply reply = answer("calibrate", CalibrateRequest.getDefaultInstance(), CalibrateReply.parser());
        ColumnCalibration found = sense("calibrate", () -> Messages.calibration(reply, facts.columns()));
        facts = facts.with(found.name());
        return found;
    }

    @Override
    public void age(double seconds, double kelvin) {
        AgeRequest request = AgeRequest.newBuilder()
                .setTimeS(seconds)
                .setTemperatureK(kelvin)
                .build();
        AgeReply _ = answer("age", request, AgeReply.parser());
    }

    @Override
    public List<PortReading> telemetry() {
        return Messages.telemetry(answer("telemetry", TelemetryRequest.getDefaultInstance(), TelemetryReply.parser()));
    }

    @Override
    public void close() {
        // The file is closed by whoever opened it.
    }
}
