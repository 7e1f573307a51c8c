/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.port;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellFault;
import io.synaptile.devices.CellPlaces;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.readout.ArrayCells;
import io.synaptile.devices.readout.ReadableArray;
import io.synaptile.devices.readout.RowReads;
import io.synaptile.mapping.port.PortException.Kind;
import io.synaptile.mapping.port.ProgramReport.Status;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A physical array made of a model of its cells: what stands in for a bench. It draws as a tile of a simulated chip does, so that
 * with the same seed, cells and order it holds the same conductances.
 *
 * <p>Where a tolerance is asked for, cells outside it are written again, with draws of {@code NoiseStream.of(seed, BOARD_VERIFY,
 * layer, array * 64 + round, instance)}. A cell model counts pulses together; where that is more than one for every cell written,
 * they are spread over these evenly.
 */
public final class SimulatedPort implements ArrayPort {
    /** Writes of a cell that does not come within its tolerance, where the order says nothing else. */
    private static final int ROUNDS = 16;
    /** Readings of a reference in a calibration. */
    private static final int REFERENCE_READINGS = 256;

    private static final int MOST_ROUNDS = 64;
    private final SimulatedArray array;
    private final ConductanceRange range;
    private final float[] target;
    private final float[] programmed;
    private final float[] held;
    private final byte[] faults;
    private final long[] worn;
    private final float[] gain;
    private final float[] offset;
    /** What the board believes of its columns. */
    private ColumnCalibration calibration;

    private int calibrations;
    /** Of the last programming, which is of these rows and columns. */
    private ProgramOrder.Draws draws;

    private int rows;
    private int columns;
    private Age age = Age.NONE;
    private long readCount;
    /** What reads see; null after a change. */
    private ReadableArray readable;

    private float[] mean;
    private float[] sigma;

    public SimulatedPort(SimulatedArray array) {
        this.array = array;
        this.range = array.cell().range();
        int cells = array.rows() * array.columns();
        this.target = new float[cells];
        Arrays.fill(target, range.minMicrosiemens());
        this.programmed = target.clone();
        this.held = target.clone();
        this.faults = new byte[cells];
        this.worn = new long[cells];
        this.gain = new float[array.columns()];
        this.offset = new float[array.columns()];
        NoiseStream random = NoiseStream.of(array.seed(), Purpose.BOARD_COLUMNS, array.number(), 0, 0);
        for (int c = 0; c < gain.length; c++) {
            gain[c] = (float) (1 + array.errors().gainSigma() * random.nextGaussian());
            offset[c] = (float) (array.errors().offsetMicrosiemens() * random.nextGaussian());
        }
        float[] ones = new float[gain.length];
        Arrays.fill(ones, 1f);
        this.calibration = new ColumnCalibration("", ones, new float[gain.length]);
    }

    @Override
    public PortFacts facts() {
        return new PortFacts(
                array.board(),
                array.serialNumber(),
                array.name(),
                array.rows(),
                array.columns(),
                range,
                array.limits(),
                true,
                true,
                true,
                Arrays.stream(worn).max().orElse(0),
                calibration.name());
    }

    @Override
    public ProgramReport program(ProgramOrder order) {
        requirePart(order.rows(), order.columns(), "program");
        for (int i = 0; i < order.target().length; i++) {
            requireTarget(order, i);
        }
        CellPlaces places = new CellPlaces.Array(order.rows(), order.columns(), 0);
        float[] reached = new float[order.target().length];
        int[] pulses = new int[reached.length];
        Status[] status = new Status[reached.length];
        long all = array.cell().program(targets(order), reached, places, stream(order.draws()));
        byte[] fault = array.cell().faults(places, stream(order.draws()));
        BitSet open = new BitSet();
        for (int i = 0; i < reached.length; i++) {
            int at = place(order, i);
            int needed = (int) (all / reached.length + (i < all % reached.length ? 1 : 0));
            boolean refused = order.writes(i)
                    && (!mayPulse(at, Math.max(1, needed)) || order.maxPulses() > 0 && needed > order.maxPulses());
            status[i] = refused ? Status.REFUSED : Status.REACHED;
            if (!order.writes(i) || refused) {
                reached[i] = held[at];
                continue;
            }
            pulses[i] = needed;
            faults[at] = fault[i];
            if (fault[i] != CellFault.NONE) {
                status[i] = Status.STUCK;
            } else if (isOff(order, reached, i)) {
                open.set(i);
            }
        }
        verify(order, reached, pulses, open);
        for (int i = 0; i < reached.length; i++) {
            if (status[i] == Status.REFUSED || !order.writes(i)) {
                continue;
            }
            int at = place(order, i);
            worn[at] += pulses[i];
            target[at] = order.target()[i];
            programmed[at] = reached[i];
            held[at] = reached[i];
            status[i] = open.get(i) ? Status.MISSED : status[i];
        }
        draws = order.draws();
        rows = order.rows();
        columns = order.columns();
        age = Age.NONE;
        readable = null;
        return new ProgramReport(reached, pulses, status, 0, 0);
    }

    /** What cells are written towards; what is said of cells that are not written is of no consequence. */
    private float[] targets(ProgramOrder order) {
        float[] targets = order.target().clone();
        for (int i = 0; i < targets.length; i++) {
            if (!order.writes(i)) {
                targets[i] = Math.clamp(targets[i], range.minMicrosiemens(), range.maxMicrosiemens());
            }
        }
        return targets;
    }

    private NoiseStream stream(ProgramOrder.Draws own) {
        return NoiseStream.of(array.seed(), Purpose.PROGRAMMING, own.layer(), own.array(), own.instance());
    }

    private void requireTarget(ProgramOrder order, int entry) {
        float value = order.target()[entry];
        if (!Float.isFinite(value)) {
            throw failure(Kind.INVALID, "program", "target " + value + " uS of " + cell(order.columns(), entry));
        }
        if (order.writes(entry) && (value < range.minMicrosiemens() || value > range.maxMicrosiemens())) {
            throw failure(
                    Kind.LIMIT,
                    "program",
                    "target " + value + " uS of " + cell(order.columns(), entry) + " lies outside "
                            + range.minMicrosiemens() + " to " + range.maxMicrosiemens() + " uS; nothing was written");
        }
    }

    private static String cell(int columns, int entry) {
        return "row " + entry / columns + ", column " + entry % columns;
    }

    private int place(ProgramOrder order, int entry) {
        return entry / order.columns() * array.columns() + entry % order.columns();
    }

    private boolean mayPulse(int cell, long pulses) {
        return array.limits().pulsesPerCell() == 0
                || worn[cell] + pulses <= array.limits().pulsesPerCell();
    }

    private static boolean isOff(ProgramOrder order, float[] reached, int entry) {
        return order.toleranceMicrosiemens() > 0
                && Math.abs(reached[entry] - order.target()[entry]) > order.toleranceMicrosiemens();
    }

    /** Writes cells again until they are near enough, or have had their pulses. */
    private void verify(ProgramOrder order, float[] reached, int[] pulses, BitSet open) {
        int rounds = order.maxPulses() == 0 ? ROUNDS : Math.min(MOST_ROUNDS, order.maxPulses());
        CellPlaces places = new CellPlaces.Array(order.rows(), order.columns(), 0);
        for (int round = 1; round < rounds && !open.isEmpty(); round++) {
            float[] again = new float[reached.length];
            ProgramOrder.Draws own = order.draws();
            array.cell()
                    .program(
                            targets(order),
                            again,
                            places,
                            NoiseStream.of(
                                    array.seed(),
                                    Purpose.BOARD_VERIFY,
                                    own.layer(),
                                    (long) own.array() * MOST_ROUNDS + round,
                                    own.instance()));
            for (int i = open.nextSetBit(0); i >= 0; i = open.nextSetBit(i + 1)) {
                boolean spent = order.maxPulses() > 0 && pulses[i] >= order.maxPulses();
                if (spent || !mayPulse(place(order, i), pulses[i] + 1L)) {
                    continue;
                }
                reached[i] = again[i];
                pulses[i]++;
                if (!isOff(order, reached, i)) {
                    open.clear(i);
                }
            }
        }
    }

    @Override
    public CellReadings read(int rows, int columns, int times) {
        requirePart(rows, columns, "read");
        if (times < 1) {
            throw failure(
                    Kind.INVALID,
                    "read",
                    Integer.toUnsignedString(times) + " reads of every cell, at least 1 is needed");
        }
        if (times > array.limits().readsPerCall()) {
            throw failure(
                    Kind.LIMIT,
                    "read",
                    times + " reads of every cell in one call, at most "
                            + array.limits().readsPerCall() + " are allowed");
        }
        see("read");
        NoiseStream random = NoiseStream.of(array.seed(), Purpose.BOARD_READ, array.number(), 0, 0);
        float[] means = new float[rows * columns];
        float[] deviations = new float[means.length];
        for (int i = 0; i < means.length; i++) {
            int at = i / columns * array.columns() + i % columns;
            random.moveTo(Purpose.BOARD_READ, array.number(), readCount, at + 1L);
            double sum = 0;
            double squares = 0;
            for (int n = 0; n < times; n++) {
                double deviation = sigma[at] == 0 ? 0 : sigma[at] * random.nextGaussian();
                sum += deviation;
                squares += deviation * deviation;
            }
            double mid = sum / times;
            means[i] = (float) (mean[at] + mid);
            deviations[i] = times == 1 ? 0f : (float) Math.sqrt(Math.max(0, squares - times * mid * mid) / (times - 1));
        }
        readCount++;
        return new CellReadings(means, deviations);
    }

    @Override
    public ColumnReadings multiply(int columns, List<RowReads> reads) {
        requirePart(1, columns, "multiply");
        see("multiply");
        long asked = reads.stream().mapToLong(RowReads::count).sum();
        if (asked > array.limits().readsPerCall()) {
            throw failure(
                    Kind.LIMIT,
                    "multiply",
                    asked + " reads in one call, at most " + array.limits().readsPerCall() + " are allowed");
        }
        reads.forEach(this::requireDrives);
        float[] currents = new float[(int) asked * columns];
        int at = 0;
        for (RowReads own : reads) {
            sum(own, columns, currents, at);
            at += own.count() * columns;
        }
        return new ColumnReadings(currents, convert(reads, columns, currents));
    }

    private void requireDrives(RowReads reads) {
        for (int i = 0; i < reads.count(); i++) {
            for (int e = reads.start()[i] + 1; e < reads.start()[i + 1]; e++) {
                if (reads.row()[e] <= reads.row()[e - 1]) {
                    throw failure(
                            Kind.INVALID,
                            "multiply",
                            "row " + reads.row()[e] + " comes after row " + reads.row()[e - 1]
                                    + "; rows of a read must ascend");
                }
            }
        }
        for (int e = 0; e < reads.row().length; e++) {
            if (reads.row()[e] < 0 || reads.row()[e] >= array.rows()) {
                throw failure(
                        Kind.INVALID,
                        "multiply",
                        "row " + Integer.toUnsignedString(reads.row()[e]) + " of an array of " + array.rows()
                                + " rows");
            }
            float drive = reads.drive()[e];
            if (!(drive > 0) || Float.isInfinite(drive)) {
                throw failure(
                        Kind.INVALID,
                        "multiply",
                        "drive " + drive + " of row " + reads.row()[e] + " must be above 0 and finite");
            }
            if (array.limits().drive() > 0 && drive > array.limits().drive()) {
                throw failure(
                        Kind.LIMIT,
                        "multiply",
                        "drive " + drive + " of row " + reads.row()[e] + " exceeds "
                                + array.limits().drive() + " times the read voltage; nothing was read");
            }
        }
    }

    private void sum(RowReads reads, int columns, float[] currents, int from) {
        int width = array.columns();
        if (array.readout().isPresent()) {
            float[] all = new float[reads.count() * width];
            readable.read(reads, all);
            for (int i = 0; i < reads.count(); i++) {
                System.arraycopy(all, i * width, currents, from + i * columns, columns);
            }
            return;
        }
        for (int i = 0; i < reads.count(); i++) {
            int to = from + i * columns;
            for (int e = reads.start()[i]; e < reads.start()[i + 1]; e++) {
                int row = reads.row()[e] * width;
                float drive = reads.drive()[e];
                for (int c = 0; c < columns; c++) {
                    currents[to + c] += drive * mean[row + c];
                }
            }
        }
    }

    /** Puts noise and errors on currents and takes off what the calibration knows; which entries are at the end of the range. */
    private BitSet convert(List<RowReads> reads, int columns, float[] currents) {
        BitSet saturated = new BitSet();
        boolean noisyCells = array.readout().map(own -> !own.noisy()).orElse(true) && hasNoise();
        double ofReading = array.errors().noiseMicrosiemens();
        double limit =
                array.limits().columnMicroamperes() == 0 || array.limits().readVolts() == 0
                        ? Double.POSITIVE_INFINITY
                        : array.limits().columnMicroamperes() / array.limits().readVolts();
        int at = 0;
        float[] variance = new float[columns];
        float[] normals = new float[columns];
        boolean noisy = noisyCells || ofReading > 0;
        NoiseStream random = NoiseStream.of(array.seed(), Purpose.BOARD_READ, array.number(), 0, 0);
        for (RowReads own : reads) {
            for (int i = 0; i < own.count(); i++) {
                Arrays.fill(variance, (float) (ofReading * ofReading));
                if (noisyCells) {
                    addVariance(own, i, columns, variance);
                }
                if (noisy) {
                    random.moveTo(Purpose.BOARD_READ, array.number(), own.key()[i], 0);
                    random.gaussiansAt(0, normals, columns);
                }
                for (int c = 0; c < columns; c++) {
                    double current = (double) gain[c] * currents[at] + offset[c];
                    if (noisy) {
                        current += Math.sqrt(variance[c]) * normals[c];
                    }
                    if (current > limit) {
                        current = limit;
                        saturated.set(at);
                    }
                    currents[at++] = (float)
                            ((current - calibration.offset()[c]) / calibration.gain()[c]);
                }
            }
        }
        return saturated;
    }

    private void addVariance(RowReads reads, int read, int columns, float[] variance) {
        for (int e = reads.start()[read]; e < reads.start()[read + 1]; e++) {
            int row = reads.row()[e] * array.columns();
            float drive = reads.drive()[e];
            for (int c = 0; c < columns; c++) {
                float deviation = drive * sigma[row + c];
                variance[c] += deviation * deviation;
            }
        }
    }

    private boolean hasNoise() {
        for (float own : sigma) {
            if (own != 0f) {
                return true;
            }
        }
        return false;
    }

    /** Measures every column at no current and at that of all cells of the largest conductance. */
    @Override
    public ColumnCalibration calibrate() {
        calibrations++;
        float[] found = new float[gain.length];
        float[] zero = new float[gain.length];
        double reference = (double) range.maxMicrosiemens() * array.rows();
        NoiseStream random = NoiseStream.of(array.seed(), Purpose.BOARD_COLUMNS, array.number(), 1, calibrations);
        double noise = array.errors().noiseMicrosiemens() / Math.sqrt(REFERENCE_READINGS);
        for (int c = 0; c < found.length; c++) {
            double atZero = offset[c] + noise * random.nextGaussian();
            double atReference = gain[c] * reference + offset[c] + noise * random.nextGaussian();
            zero[c] = (float) atZero;
            found[c] = (float) ((atReference - atZero) / reference);
        }
        calibration = new ColumnCalibration(array.name() + "-" + calibrations, found, zero);
        return calibration;
    }

    @Override
    public void age(double seconds, double kelvin) {
        if (draws == null) {
            throw failure(Kind.UNREADY, "age", "cells were never programmed");
        }
        Age wanted;
        try {
            wanted = new Age(seconds, kelvin);
            float[] aged = new float[rows * columns];
            array.cell()
                    .age(
                            part(target),
                            part(programmed),
                            aged,
                            wanted,
                            NoiseStream.of(
                                    array.seed(), Purpose.AGEING, draws.layer(), draws.array(), draws.instance()));
            for (int i = 0; i < aged.length; i++) {
                held[i / columns * array.columns() + i % columns] = aged[i];
            }
        } catch (IllegalArgumentException e) {
            throw new PortException(Kind.INVALID, where(), "age", e.getMessage(), e);
        }
        age = wanted;
        readable = null;
        mean = null;
    }

    /** The cells that were last programmed, in their order. */
    private float[] part(float[] cells) {
        float[] part = new float[rows * columns];
        for (int i = 0; i < part.length; i++) {
            part[i] = cells[i / columns * array.columns() + i % columns];
        }
        return part;
    }

    @Override
    public List<PortReading> telemetry() {
        return List.of(
                new PortReading("temperature", age.kelvin(), "K"), new PortReading("calibrations", calibrations, ""));
    }

    @Override
    public void close() {
        // Cells keep what they hold.
    }

    private void requirePart(int rows, int columns, String call) {
        if (rows < 1 || columns < 1 || rows > array.rows() || columns > array.columns()) {
            throw failure(
                    Kind.INVALID,
                    call,
                    rows + " rows and " + columns + " columns of an array of " + array.rows() + " x "
                            + array.columns());
        }
    }

    private PortException failure(Kind kind, String call, String what) {
        return new PortException(kind, where(), call, what);
    }

    private String where() {
        return "board " + array.board() + ", array " + array.name();
    }

    /** Number of this array that its reads draw from. */
    private long key() {
        return NoiseStream.of(array.seed(), Purpose.BOARD_COLUMNS, array.number(), 2, 0)
                .nextLong();
    }

    private void see(String call) {
        if (draws == null) {
            throw failure(Kind.UNREADY, call, "cells were never programmed");
        }
        if (readable == null) {
            mean = new float[held.length];
            sigma = new float[held.length];
            array.cell()
                    .readMoments(
                            programmed,
                            held,
                            mean,
                            sigma,
                            age,
                            NoiseStream.of(
                                    array.seed(), Purpose.READ_TRAITS, draws.layer(), draws.array(), draws.instance()));
            ArrayCells cells = new ArrayCells(array.rows(), array.columns(), mean, sigma, range, key());
            readable = array.readout().map(own -> own.open(cells)).orElse((_, _) -> {});
        }
    }
}
