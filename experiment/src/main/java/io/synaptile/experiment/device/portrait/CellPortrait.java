/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.device.portrait;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.reports.html.CurvePage.Curve;
import io.synaptile.reports.html.CurvePage.Panel;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/** The panels of one cell. Everything is drawn with fixed seeds, so equal cells give equal panels. */
public final class CellPortrait {
    private static final int CELLS = 2000;
    private static final int MOST_LEVELS = 32;
    private static final int BINS = 160;
    private static final int AGED_LEVELS = 5;
    private static final double LOW_QUANTILE = 0.05;
    private static final double HIGH_QUANTILE = 0.95;
    /** Ages that are tried, s: every half decade from a millisecond to three centuries. */
    private static final double[] AGES = IntStream.rangeClosed(0, 26)
            .mapToDouble(i -> Math.pow(10, -3 + i / 2.0))
            .toArray();

    /** Read voltages that are tried, the same distance apart. */
    private static final int VOLTAGES = 40;

    /** A curve is bent if I / V changes by more than this part of it. */
    private static final double STRAIGHT = 1e-6;

    private final CellModel cell;

    private CellPortrait(CellModel cell) {
        this.cell = cell;
    }

    /**
     * What a cell does, as far as it does anything.
     *
     * @param sweep the same cell at other read voltages; empty where it knows none
     */
    public static List<Panel> of(CellModel cell, Optional<VoltageSweep> sweep) {
        CellPortrait portrait = new CellPortrait(cell);
        List<Panel> panels = new ArrayList<>();
        panels.add(portrait.levels());
        portrait.ageing(panels);
        sweep.ifPresent(voltages -> portrait.currents(voltages, panels));
        portrait.reads(panels);
        return panels;
    }

    /**
     * A cell at other read voltages.
     *
     * @param highestVolts voltage that it is read at, above 0
     * @param at the cell read at a voltage, V
     */
    public record VoltageSweep(double highestVolts, DoubleFunction<CellModel> at) {}

    /** Current against read voltage of three states, beside that of a straight line; nothing where the cell is ohmic. */
    private void currents(VoltageSweep sweep, List<Panel> panels) {
        float[] states = {
            cell.range().minMicrosiemens(),
            (cell.range().minMicrosiemens() + cell.range().maxMicrosiemens()) / 2,
            cell.range().maxMicrosiemens()
        };
        String[] names = {"low", "middle", "high"};
        double[] volts = new double[VOLTAGES + 1];
        double[][] microamperes = new double[states.length][volts.length];
        boolean bent = false;
        for (int i = 1; i < volts.length; i++) {
            volts[i] = sweep.highestVolts() * i / VOLTAGES;
            CellModel read = sweep.at().apply(volts[i]);
            for (int s = 0; s < states.length; s++) {
                double seen = seen(read, states[s]);
                microamperes[s][i] = seen * volts[i];
                bent |= Math.abs(microamperes[s][i] / volts[i] - microamperes[s][1] / volts[1]) > STRAIGHT * seen;
            }
        }
        if (!bent) {
            return;
        }
        List<Curve> curves = new ArrayList<>();
        for (int s = 0; s < states.length; s++) {
            String name = names[s] + " state, " + Math.round(10 * states[s]) / 10.0 + " uS";
            curves.add(Curve.line(name, s, volts, microamperes[s]));
            double conductance = states[s];
            curves.add(Curve.dots(
                    "", s, volts, Arrays.stream(volts).map(v -> conductance * v).toArray()));
        }
        panels.add(new Panel("Current of a read; dots: I = G V", "read voltage, V", "current, uA", curves));
    }

    /** Mean conductance that reads of many cells in one state see, uS. */
    private static double seen(CellModel cell, float microsiemens) {
        float[] held = new float[CELLS];
        Arrays.fill(held, microsiemens);
        float[] mean = new float[CELLS];
        cell.readMoments(held, held, mean, new float[CELLS], Age.NONE, NoiseStream.of(4, Purpose.READ_NOISE, 0, 0, 0));
        return IntStream.range(0, CELLS).mapToDouble(i -> mean[i]).average().orElseThrow();
    }

    private float target(int level) {
        return cell.levelList()
                .map(list -> list.microsiemens().get(level))
                .orElseGet(() -> cell.range().minMicrosiemens() + cell.range().span() * level / (cell.levels() - 1));
    }

    /** Levels to show, the first and the last among them. */
    private int[] shown(int most) {
        int count = Math.min(most, cell.levels());
        return IntStream.range(0, count)
                .map(i -> (int) ((long) i * (cell.levels() - 1) / (count - 1)))
                .toArray();
    }

    private float[] programmed(int level) {
        float[] cells = new float[CELLS];
        Arrays.fill(cells, target(level));
        cell.program(cells, cells, NoiseStream.of(1, Purpose.PROGRAMMING, level, 0, 0));
        return cells;
    }

    private Panel levels() {
        int[] levels = shown(MOST_LEVELS);
        List<float[]> reached = Arrays.stream(levels).mapToObj(this::programmed).toList();
        double high = cell.range().maxMicrosiemens();
        double low = cell.range().minMicrosiemens();
        for (float[] cells : reached) {
            for (float value : cells) {
                high = Math.max(high, value);
                low = Math.min(low, value);
            }
        }
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < levels.length; i++) {
            curves.add(histogram(i, reached.get(i), low, high));
        }
        String which = levels.length < cell.levels()
                ? levels.length + " of " + cell.levels() + " levels"
                : levels.length + " levels";
        return new Panel(
                "Programmed conductance, " + which, "conductance after a write, uS", "cells of a level, %", curves);
    }

    private static Curve histogram(int colour, float[] values, double low, double high) {
        double[] x = new double[BINS];
        double[] y = new double[BINS];
        double width = (high - low) / BINS;
        for (int bin = 0; bin < BINS; bin++) {
            x[bin] = low + (bin + 0.5) * width;
        }
        for (float value : values) {
            y[Math.clamp((int) ((value - low) / width), 0, BINS - 1)] += 100.0 / values.length;
        }
        return Curve.line("", colour, x, y);
    }

    private void ageing(List<Panel> panels) {
        List<Curve> curves = new ArrayList<>();
        boolean moves = false;
        int[] levels = shown(AGED_LEVELS);
        for (int i = 0; i < levels.length; i++) {
            float[] target = new float[CELLS];
            Arrays.fill(target, target(levels[i]));
            float[] before = programmed(levels[i]);
            List<double[]> points = new ArrayList<>();
            for (double seconds : AGES) {
                float[] aged = new float[CELLS];
                if (aged(target, before, aged, seconds, levels[i])) {
                    moves |= !Arrays.equals(aged, before);
                    Arrays.sort(aged);
                    points.add(new double[] {
                        Math.log10(seconds),
                        aged[CELLS / 2],
                        quantile(aged, LOW_QUANTILE),
                        quantile(aged, HIGH_QUANTILE)
                    });
                }
            }
            if (!points.isEmpty()) {
                curves.add(Curve.band(
                        "level " + levels[i],
                        i,
                        column(points, 0),
                        column(points, 1),
                        column(points, 2),
                        column(points, 3)));
            }
        }
        if (moves) {
            panels.add(new Panel(
                    "Conductance over time: median, 5 % and 95 % of cells",
                    "log10 of seconds since programming", "conductance, uS", curves));
        }
    }

    /** Whether the cell has data for that age. */
    private boolean aged(float[] target, float[] before, float[] aged, double seconds, int level) {
        try {
            cell.age(
                    target,
                    before,
                    aged,
                    new Age(seconds, Age.ROOM_KELVIN),
                    NoiseStream.of(2, Purpose.PROGRAMMING, level, 0, 0));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static float quantile(float[] sorted, double part) {
        return sorted[(int) (part * sorted.length)];
    }

    private static double[] column(List<double[]> points, int index) {
        return points.stream().mapToDouble(point -> point[index]).toArray();
    }

    /** What a read sees of cells that hold conductances over the whole range. */
    private void reads(List<Panel> panels) {
        float[] held = new float[BINS];
        for (int i = 0; i < BINS; i++) {
            held[i] = cell.range().minMicrosiemens() + cell.range().span() * i / (BINS - 1);
        }
        float[] mean = new float[BINS];
        float[] sigma = new float[BINS];
        cell.readMoments(held, held, mean, sigma, Age.NONE, NoiseStream.of(3, Purpose.READ_NOISE, 0, 0, 0));
        double[] x = wide(held);
        double[] off = new double[BINS];
        Arrays.setAll(off, i -> (double) mean[i] - held[i]);
        if (Arrays.stream(off).anyMatch(difference -> difference != 0)) {
            panels.add(new Panel(
                    "What a read sees beside what a cell holds: current-voltage curve, telegraph signals",
                    "conductance held, uS",
                    "mean of the reads minus conductance held, uS",
                    List.of(Curve.dots("", 0, x, off))));
        }
        double[] spread = wide(sigma);
        if (Arrays.stream(spread).anyMatch(deviation -> deviation > 0)) {
            panels.add(new Panel(
                    "Noise of one read",
                    "conductance held, uS",
                    "standard deviation, uS",
                    List.of(Curve.dots("", 0, x, spread))));
        }
    }

    private static double[] wide(float[] values) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, i -> values[i]);
        return wide;
    }
}
