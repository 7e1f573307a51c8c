/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board;

import io.synaptile.board.wire.CalibrateReply;
import io.synaptile.board.wire.CellStatus;
import io.synaptile.board.wire.Draws;
import io.synaptile.board.wire.HelloReply;
import io.synaptile.board.wire.Limits;
import io.synaptile.board.wire.MultiplyReply;
import io.synaptile.board.wire.MultiplyRequest;
import io.synaptile.board.wire.OpenReply;
import io.synaptile.board.wire.ProgramReply;
import io.synaptile.board.wire.ProgramRequest;
import io.synaptile.board.wire.ReadReply;
import io.synaptile.board.wire.Reads;
import io.synaptile.board.wire.TelemetryReply;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.readout.RowReads;
import io.synaptile.mapping.port.CellReadings;
import io.synaptile.mapping.port.ColumnCalibration;
import io.synaptile.mapping.port.ColumnReadings;
import io.synaptile.mapping.port.PortFacts;
import io.synaptile.mapping.port.PortLimits;
import io.synaptile.mapping.port.PortReading;
import io.synaptile.mapping.port.ProgramOrder;
import io.synaptile.mapping.port.ProgramReport;
import io.synaptile.mapping.port.ProgramReport.Status;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;

/**
 * What goes to an array and comes back, as messages, and out of messages. A message that cannot be is refused with an {@link
 * IllegalArgumentException} that says what was found and what is right.
 */
public final class Messages {
    private Messages() {}

    /** The array of a board as an open call tells it. */
    public static OpenReply.Builder opened(PortFacts facts) {
        return OpenReply.newBuilder()
                .setRows(facts.rows())
                .setColumns(facts.columns())
                .setMinUS(facts.range().minMicrosiemens())
                .setMaxUS(facts.range().maxMicrosiemens())
                .setLimits(Limits.newBuilder()
                        .setReadVoltageV(facts.limits().readVolts())
                        .setDrive(facts.limits().drive())
                        .setColumnCurrentUA(facts.limits().columnMicroamperes())
                        .setPulsesPerCell(facts.limits().pulsesPerCell())
                        .setReadsPerCall(facts.limits().readsPerCall()))
                .setDeterministic(facts.deterministic())
                .setCanCalibrate(facts.canCalibrate())
                .setCanAge(facts.canAge())
                .setWornPulses(facts.wornPulses())
                .setCalibration(facts.calibration());
    }

    /** What an array is, from what its board said. */
    public static PortFacts facts(HelloReply hello, String array, OpenReply opened) {
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
    }

    /** An order, without session and number. */
    public static ProgramRequest.Builder request(ProgramOrder order) {
        ProgramRequest.Builder request = ProgramRequest.newBuilder()
                .setRows(order.rows())
                .setColumns(order.columns())
                .addAllTargetUS(floats(order.target()))
                .setToleranceUS(order.toleranceMicrosiemens())
                .setMaxPulses(order.maxPulses())
                .setDraws(Draws.newBuilder()
                        .setLayer(order.draws().layer())
                        .setArray(order.draws().array())
                        .setInstance(order.draws().instance()));
        order.cells().ifPresent(mask -> mask.stream().forEach(request::addCells));
        return request;
    }

    /** The order of a request. */
    public static ProgramOrder order(ProgramRequest request) {
        int cells = request.getTargetUSCount();
        long rows = Integer.toUnsignedLong(request.getRows());
        long columns = Integer.toUnsignedLong(request.getColumns());
        if (cells == 0 || rows > cells || columns > cells || rows * columns != cells) {
            throw new IllegalArgumentException(cells + " targets for " + rows + " x " + columns + " cells");
        }
        Optional<BitSet> mask = Optional.empty();
        if (request.getCellsCount() > 0) {
            BitSet entries = new BitSet(cells);
            for (int entry : request.getCellsList()) {
                if (entry < 0 || entry >= cells) {
                    throw new IllegalArgumentException(
                            "cell " + Integer.toUnsignedString(entry) + " of " + cells + " is to be written");
                }
                entries.set(entry);
            }
            mask = Optional.of(entries);
        }
        Draws draws = request.getDraws();
        return new ProgramOrder(
                request.getRows(),
                request.getColumns(),
                floats(request.getTargetUSList()),
                mask,
                request.getToleranceUS(),
                request.getMaxPulses(),
                new ProgramOrder.Draws(draws.getLayer(), draws.getArray(), draws.getInstance()));
    }

    /** A report as a message. */
    public static ProgramReply reply(ProgramReport report) {
        ProgramReply.Builder reply = ProgramReply.newBuilder()
                .addAllReachedUS(floats(report.reached()))
                .setTimeNs(report.nanoseconds())
                .setEnergyPJ(report.picojoules());
        for (int i = 0; i < report.status().length; i++) {
            reply.addPulses(report.pulses()[i]);
            reply.addStatus(message(report.status()[i]));
        }
        return reply.build();
    }

    /** The report of a reply about some cells. */
    public static ProgramReport report(ProgramReply reply, int cells) {
        float[] reached = numbers(reply.getReachedUSList(), cells, "conductances");
        if (reply.getPulsesCount() != cells || reply.getStatusCount() != cells) {
            throw new IllegalArgumentException(reply.getPulsesCount() + " numbers of pulses and "
                    + reply.getStatusCount() + " outcomes for " + cells + " cells");
        }
        int[] pulses = new int[cells];
        Status[] status = new Status[cells];
        for (int i = 0; i < cells; i++) {
            pulses[i] = reply.getPulses(i);
            if (pulses[i] < 0) {
                throw new IllegalArgumentException(
                        "cell " + i + " had " + Integer.toUnsignedString(pulses[i]) + " pulses");
            }
            status[i] = status(i, reply.getStatus(i));
        }
        return new ProgramReport(reached, pulses, status, reply.getTimeNs(), reply.getEnergyPJ());
    }

    private static CellStatus message(Status status) {
        return switch (status) {
            case REACHED -> CellStatus.REACHED;
            case MISSED -> CellStatus.MISSED;
            case STUCK -> CellStatus.STUCK;
            case REFUSED -> CellStatus.REFUSED;
        };
    }

    private static Status status(int cell, CellStatus status) {
        return switch (status) {
            case REACHED -> Status.REACHED;
            case MISSED -> Status.MISSED;
            case STUCK -> Status.STUCK;
            case REFUSED -> Status.REFUSED;
            case UNRECOGNIZED ->
                throw new IllegalArgumentException("cell " + cell + " has an outcome that this version does not know");
        };
    }

    /** Readings of cells as a message. */
    public static ReadReply reply(CellReadings readings) {
        return ReadReply.newBuilder()
                .addAllMeanUS(floats(readings.mean()))
                .addAllDeviationUS(floats(readings.deviation()))
                .build();
    }

    /** The readings of some cells. */
    public static CellReadings readings(ReadReply reply, int cells) {
        return new CellReadings(
                numbers(reply.getMeanUSList(), cells, "means"),
                numbers(reply.getDeviationUSList(), cells, "deviations"));
    }

    /** Reads of several images, without session and number. */
    public static MultiplyRequest.Builder request(int columns, List<RowReads> reads) {
        MultiplyRequest.Builder request = MultiplyRequest.newBuilder().setColumns(columns);
        reads.forEach(own -> request.addReads(message(own)));
        return request;
    }

    private static Reads message(RowReads reads) {
        Reads.Builder message = Reads.newBuilder().setImage(reads.image());
        boolean whole = true;
        for (int i = 0; i < reads.count(); i++) {
            message.addStep(reads.step()[i]);
            message.addKey(reads.key()[i]);
            message.addDriven(reads.start()[i + 1] - reads.start()[i]);
        }
        for (int e = 0; e < reads.row().length; e++) {
            message.addRow(reads.row()[e]);
            whole &= reads.drive()[e] == 1f;
        }
        if (!whole) {
            message.addAllDrive(floats(reads.drive()));
        }
        return message.build();
    }

    /** The reads of a request. */
    public static List<RowReads> reads(MultiplyRequest request) {
        List<RowReads> reads = new ArrayList<>();
        for (Reads own : request.getReadsList()) {
            reads.add(reads(own));
        }
        return reads;
    }

    private static RowReads reads(Reads message) {
        int count = message.getDrivenCount();
        if (message.getStepCount() != count || message.getKeyCount() != count) {
            throw new IllegalArgumentException(count + " numbers of driven rows, " + message.getStepCount()
                    + " steps and " + message.getKeyCount() + " keys; there must be one of each for every read");
        }
        int entries = message.getRowCount();
        int[] step = new int[count];
        long[] key = new long[count];
        int[] start = new int[count + 1];
        for (int i = 0; i < count; i++) {
            step[i] = message.getStep(i);
            key[i] = message.getKey(i);
            long end = start[i] + Integer.toUnsignedLong(message.getDriven(i));
            if (end > entries) {
                throw new IllegalArgumentException(
                        "reads drive more than the " + entries + " rows that the message has");
            }
            start[i + 1] = (int) end;
        }
        if (start[count] != entries) {
            throw new IllegalArgumentException("reads drive " + start[count] + " rows, and the message has " + entries);
        }
        if (message.getDriveCount() != 0 && message.getDriveCount() != entries) {
            throw new IllegalArgumentException(message.getDriveCount() + " drives for " + entries + " rows");
        }
        int[] row = new int[entries];
        float[] drive = new float[entries];
        for (int e = 0; e < entries; e++) {
            row[e] = message.getRow(e);
            drive[e] = message.getDriveCount() == 0 ? 1f : message.getDrive(e);
        }
        return new RowReads(message.getImage(), step, key, start, row, drive);
    }

    /** Readings of columns as a message. */
    public static MultiplyReply reply(ColumnReadings readings) {
        MultiplyReply.Builder reply = MultiplyReply.newBuilder().addAllColumnUS(floats(readings.microsiemens()));
        readings.saturated().stream().forEach(reply::addSaturated);
        return reply.build();
    }

    /** The readings of some columns and reads. */
    public static ColumnReadings readings(MultiplyReply reply, int wanted) {
        float[] currents = numbers(reply.getColumnUSList(), wanted, "currents");
        BitSet saturated = new BitSet();
        for (int entry : reply.getSaturatedList()) {
            if (entry < 0 || entry >= wanted) {
                throw new IllegalArgumentException(
                        "entry " + Integer.toUnsignedString(entry) + " of " + wanted + " is said to be saturated");
            }
            saturated.set(entry);
        }
        return new ColumnReadings(currents, saturated);
    }

    /** A calibration as a message. */
    public static CalibrateReply reply(ColumnCalibration found) {
        return CalibrateReply.newBuilder()
                .setCalibration(found.name())
                .addAllColumnGain(floats(found.gain()))
                .addAllColumnOffsetUS(floats(found.offset()))
                .build();
    }

    /** The calibration of an array with some columns. */
    public static ColumnCalibration calibration(CalibrateReply reply, int columns) {
        return new ColumnCalibration(
                reply.getCalibration(),
                numbers(reply.getColumnGainList(), columns, "gains"),
                numbers(reply.getColumnOffsetUSList(), columns, "offsets"));
    }

    /** What instruments show, as a message. */
    public static TelemetryReply reply(List<PortReading> readings) {
        TelemetryReply.Builder reply = TelemetryReply.newBuilder();
        readings.forEach(own -> reply.addReadings(TelemetryReply.Reading.newBuilder()
                .setName(own.name())
                .setValue(own.value())
                .setUnit(own.unit())));
        return reply.build();
    }

    /** What instruments show. */
    public static List<PortReading> telemetry(TelemetryReply reply) {
        return reply.getReadingsList().stream()
                .map(own -> new PortReading(own.getName(), own.getValue(), own.getUnit()))
                .toList();
    }

    private static List<Float> floats(float[] values) {
        return new Floats(values);
    }

    /** Numbers as a list without an object for each. */
    private static final class Floats extends AbstractList<Float> implements RandomAccess {
        private final float[] values;

        Floats(float[] values) {
            this.values = values;
        }

        @Override
        public Float get(int index) {
            return values[index];
        }

        @Override
        public int size() {
            return values.length;
        }
    }

    private static float[] floats(List<Float> values) {
        float[] copy = new float[values.size()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = values.get(i);
        }
        return copy;
    }

    private static float[] numbers(List<Float> given, int wanted, String what) {
        if (given.size() != wanted) {
            throw new IllegalArgumentException(given.size() + " " + what + " came back, " + wanted + " were asked for");
        }
        float[] numbers = floats(given);
        for (int i = 0; i < numbers.length; i++) {
            if (!Float.isFinite(numbers[i])) {
                throw new IllegalArgumentException(what + ", entry " + i + ": " + numbers[i]);
            }
        }
        return numbers;
    }
}
