/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.device.fit;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.experiment.device.fit.RelaxationReads.MeasuredCell;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How well a cell repeats measured ones, by level and time. The cell is programmed and aged as on a chip, so tables, drawing
 * and interpolation are all judged.
 */
public record FitGoodness(List<At> all) {
    private static final int DRAWN = 4096;

    /**
     * One level at one time.
     *
     * @param seconds 0 for right after programming
     * @param predictedMicrosiemens standard deviation, of the conductance at 0 s and of its change later, of the cell
     * @param measuredMicrosiemens the same of the measured cells
     * @param samplingPercent one standard error of the measured deviation, which no prediction can go below
     * @param distance of Kolmogorov and Smirnov between the conductances of both
     */
    public record At(
            int level,
            double seconds,
            int cells,
            double predictedMicrosiemens,
            double measuredMicrosiemens,
            double samplingPercent,
            double distance) {
        /** By how much the prediction is off. */
        public double errorPercent() {
            return 100 * (predictedMicrosiemens / measuredMicrosiemens - 1);
        }
    }

    public FitGoodness {
        all = List.copyOf(all);
    }

    static FitGoodness of(CellModel cell, RelaxationReads reads, List<MeasuredCell> judged) {
        List<At> all = new ArrayList<>();
        for (int level = 0; level < reads.levels(); level++) {
            float[] target = new float[DRAWN];
            Arrays.fill(target, cell.range().minMicrosiemens() + cell.range().span() * level / (cell.levels() - 1));
            float[] programmed = new float[DRAWN];
            cell.program(target, programmed, NoiseStream.of(1, Purpose.PROGRAMMING, level, 0, 0));
            double[] before = RelaxationReads.programmed(judged, level);
            all.add(at(level, 0, wide(programmed), before, wide(programmed), before));
            for (int time = 0; time < reads.times(); time++) {
                double seconds = reads.seconds()[time];
                float[] aged = new float[DRAWN];
                cell.age(
                        target,
                        programmed,
                        aged,
                        new Age(seconds, Age.ROOM_KELVIN),
                        NoiseStream.of(2, Purpose.PROGRAMMING, level, 0, 0));
                double[] change = new double[DRAWN];
                Arrays.setAll(change, i -> (double) aged[i] - programmed[i]);
                all.add(at(
                        level,
                        seconds,
                        change,
                        RelaxationReads.changes(judged, level, time),
                        wide(aged),
                        RelaxationReads.later(judged, level, time)));
            }
        }
        return new FitGoodness(all);
    }

    private static At at(
            int level,
            double seconds,
            double[] predicted,
            double[] measured,
            double[] predictedConductance,
            double[] measuredConductance) {
        return new At(
                level,
                seconds,
                measured.length,
                Form.deviation(predicted),
                Form.deviation(measured),
                100 * standardError(measured),
                distance(predictedConductance, measuredConductance));
    }

    /** Relative standard error of a sample's deviation, {@code sqrt((kurtosis - 1) / 4 n)}. */
    private static double standardError(double[] sample) {
        double mean = Form.mean(sample);
        double squares = 0;
        double fourths = 0;
        for (double value : sample) {
            double square = (value - mean) * (value - mean);
            squares += square;
            fourths += square * square;
        }
        int n = sample.length;
        return Math.sqrt((n * fourths / (squares * squares) - 1) / (4.0 * n));
    }

    private static double distance(double[] predicted, double[] measured) {
        Arrays.sort(predicted);
        Arrays.sort(measured);
        double farthest = 0;
        int below = 0;
        for (int i = 0; i < measured.length; i++) {
            while (below < predicted.length && predicted[below] <= measured[i]) {
                below++;
            }
            double model = (double) below / predicted.length;
            double low = (double) i / measured.length;
            double high = (double) (i + 1) / measured.length;
            farthest = Math.max(farthest, Math.max(Math.abs(model - low), Math.abs(model - high)));
        }
        return farthest;
    }

    private static double[] wide(float[] values) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, i -> values[i]);
        return wide;
    }

    /** Times, ascending from 0 s. */
    public List<Double> seconds() {
        return all.stream().map(At::seconds).distinct().toList();
    }

    /** Root mean square of the errors at a time, in percent. */
    public double rmsErrorPercent(double seconds) {
        return rms(seconds, At::errorPercent);
    }

    /** What {@link #rmsErrorPercent} would be if every true deviation were predicted. */
    public double rmsSamplingPercent(double seconds) {
        return rms(seconds, At::samplingPercent);
    }

    /** Mean over the levels of the distances at a time. */
    public double meanDistance(double seconds) {
        return at(seconds).stream().mapToDouble(At::distance).average().orElseThrow();
    }

    /** Measured spread at a time over all levels: root of the mean square, weighted by cells, uS. */
    public double measuredSpread(double seconds) {
        double squares = 0;
        long cells = 0;
        for (At at : at(seconds)) {
            squares += at.cells() * at.measuredMicrosiemens() * at.measuredMicrosiemens();
            cells += at.cells();
        }
        return Math.sqrt(squares / cells);
    }

    /** Everything at a time, by level. */
    public List<At> at(double seconds) {
        return all.stream().filter(at -> at.seconds() == seconds).toList();
    }

    private double rms(double seconds, ToDoubleFunction<At> value) {
        return Math.sqrt(at(seconds).stream()
                .mapToDouble(value)
                .map(percent -> percent * percent)
                .average()
                .orElseThrow());
    }
}
