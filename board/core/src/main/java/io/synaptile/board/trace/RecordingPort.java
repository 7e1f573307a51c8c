/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.trace;

import com.google.protobuf.MessageLite;
import io.synaptile.board.Messages;
import io.synaptile.board.wire.AgeReply;
import io.synaptile.board.wire.AgeRequest;
import io.synaptile.board.wire.CalibrateRequest;
import io.synaptile.board.wire.OpenedEntry;
import io.synaptile.board.wire.ReadRequest;
import io.synaptile.board.wire.TelemetryRequest;
import io.synaptile.devices.readout.RowReads;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.port.CellReadings;
import io.synaptile.mapping.port.ColumnCalibration;
import io.synaptile.mapping.port.ColumnReadings;
import io.synaptile.mapping.port.PortFacts;
import io.synaptile.mapping.port.PortReading;
import io.synaptile.mapping.port.ProgramOrder;
import io.synaptile.mapping.port.ProgramReport;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** An array whose calls are written to a file, with what it answered. */
final class RecordingPort implements ArrayPort {
    private final String tile;
    private final ArrayPort array;
    private final TraceWriter trace;

    RecordingPort(String tile, ArrayPort array, TraceWriter trace) {
        this.tile = tile;
        this.array = array;
        this.trace = trace;
        PortFacts facts = array.facts();
        trace.write(
                tile,
                "open",
                CallHash.of("open"),
                OpenedEntry.newBuilder()
                        .setBoard(facts.board())
                        .setSerialNumber(facts.serialNumber())
                        .setArray(facts.array())
                        .setOpened(Messages.opened(facts))
                        .build(),
                0);
    }

    private <T> T write(String call, MessageLite request, Supplier<T> work, Function<T, MessageLite> reply) {
        long before = System.nanoTime();
        T result = work.get();
        long nanos = System.nanoTime() - before;
        trace.write(tile, call, CallHash.of(request), reply.apply(result), nanos);
        return result;
    }

    @Override
    public PortFacts facts() {
        return array.facts();
    }

    @Override
    public ProgramReport program(ProgramOrder order) {
        return write("program", Messages.request(order).build(), () -> array.program(order), Messages::reply);
    }

    @Override
    public CellReadings read(int rows, int columns, int times) {
        ReadRequest request = ReadRequest.newBuilder()
                .setRows(rows)
                .setColumns(columns)
                .setTimes(times)
                .build();
        return write("read", request, () -> array.read(rows, columns, times), Messages::reply);
    }

    @Override
    public ColumnReadings multiply(int columns, List<RowReads> reads) {
        return write(
                "multiply",
                Messages.request(columns, reads).build(),
                () -> array.multiply(columns, reads),
                Messages::reply);
    }

    @Override
    public ColumnCalibration calibrate() {
        return write("calibrate", CalibrateRequest.getDefaultInstance(), array::calibrate, Messages::reply);
    }

    @Override
    public void age(double seconds, double kelvin) {
        AgeRequest request = AgeRequest.newBuilder()
                .setTimeS(seconds)
                .setTemperatureK(kelvin)
                .build();
        write(
                "age",
                request,
                () -> {
                    array.age(seconds, kelvin);
                    return AgeReply.getDefaultInstance();
                },
                reply -> reply);
    }

    @Override
    public List<PortReading> telemetry() {
        return write("telemetry", TelemetryRequest.getDefaultInstance(), array::telemetry, Messages::reply);
    }

    @Override
    public void close() {
        array.close();
    }
}
