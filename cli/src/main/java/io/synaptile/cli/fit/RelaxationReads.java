/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.fit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads of cells after they were programmed once.
 *
 * <p>A line has seven columns: address of the cell, seconds since programming, resistance in ohm, conductance now in S,
 * conductance right after programming in S, level, nominal time in s. This is the format of the RRAM relaxation data of A. Levy
 * et al. (RRAM-Relaxation-Master-Model).
 *
 * @param cells cells of the levels from 0 to {@code levels - 1}
 * @param seconds median of the seconds at each nominal time after programming, to four digits, ascending
 * @param leftOut why cells are not among them, and how many
 */
record RelaxationReads(List<MeasuredCell> cells, int levels, double[] seconds, Map<String, Integer> leftOut) {
    private static final int COLUMNS = 7;
    private static final double MICROSIEMENS = 1e6;
    private static final int FEWEST_CELLS = 200;
    private static final int LARGEST_LEVEL = 4095;

    /**
     * One cell.
     *
     * @param programmed conductance right after programming, uS
     * @param later conductance at each time, uS; NaN where it was not read
     */
    record MeasuredCell(int level, double programmed, double[] later) {
        double change(int time) {
            return later[time] - programmed;
        }
    }

    /** Whether a line looks like one of this format. */
    static boolean fits(String line) {
        return line.split("\\s+").length == COLUMNS;
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException naming file and line
     */
    static RelaxationReads read(Path file) {
        MeasuredLines text = new MeasuredLines(file);
        Map<Long, List<double[]>> reads = new LinkedHashMap<>();
        TreeMap<Double, List<Double>> times = new TreeMap<>();
        for (MeasuredLines.Line line : text.read()) {
            String[] fields = line.text().split("\\s+");
            if (fields.length != COLUMNS) {
                throw text.problem(line, fields.length + " columns instead of " + COLUMNS);
            }
            double[] row = text.numbers(line, fields);
            if (row[5] != Math.rint(row[5]) || row[5] < 0 || row[5] > LARGEST_LEVEL) {
                throw text.problem(line, "level must be a whole number from 0 to " + LARGEST_LEVEL + ", got " + row[5]);
            }
            if (row[1] < 0 || row[6] < 0) {
                throw text.problem(line, "times must be at least 0 s, got " + row[1] + " and " + row[6]);
            }
            reads.computeIfAbsent((long) row[0], cell -> new ArrayList<>()).add(row);
            if (row[6] > 0) {
                times.computeIfAbsent(row[6], time -> new ArrayList<>()).add(row[1]);
            }
        }
        if (times.isEmpty()) {
            throw text.problem("has no read later than 0 s");
        }
        return of(text, reads, times);
    }

    private static RelaxationReads of(
            MeasuredLines text, Map<Long, List<double[]>> reads, TreeMap<Double, List<Double>> times) {
        List<Double> nominal = List.copyOf(times.keySet());
        Map<String, Integer> leftOut = new TreeMap<>();
        List<MeasuredCell> all = new ArrayList<>();
        Map<Integer, Integer> count = new HashMap<>();
        for (List<double[]> rows : reads.values()) {
            MeasuredCell cell = cell(rows, nominal);
            if (cell.programmed() < 0 || Arrays.stream(cell.later()).anyMatch(later -> later < 0)) {
                leftOut.merge("with a negative conductance", 1, Integer::sum);
            } else {
                all.add(cell);
                count.merge(cell.level(), 1, Integer::sum);
            }
        }
        int levels = 0;
        while (count.getOrDefault(levels, 0) >= FEWEST_CELLS) {
            levels++;
        }
        if (levels < 2) {
            throw text.problem(
                    "has fewer than " + FEWEST_CELLS + " cells of level " + levels + "; a fit needs 2 levels");
        }
        int kept = levels;
        int above = (int) all.stream().filter(cell -> cell.level() >= kept).count();
        if (above > 0) {
            leftOut.put("above level " + (levels - 1) + ", where levels have fewer than " + FEWEST_CELLS, above);
        }
        double[] seconds = times.values().stream()
                .mapToDouble(at -> Form.rounded(at.stream().sorted().toList().get(at.size() / 2)))
                .toArray();
        return new RelaxationReads(
                all.stream().filter(cell -> cell.level() < kept).toList(), levels, seconds, leftOut);
    }

    private static MeasuredCell cell(List<double[]> rows, List<Double> nominal) {
        double[] later = new double[nominal.size()];
        Arrays.fill(later, Double.NaN);
        for (double[] row : rows) {
            if (row[6] > 0) {
                later[nominal.indexOf(row[6])] = row[3] * MICROSIEMENS;
            }
        }
        double[] first = rows.getFirst();
        return new MeasuredCell((int) first[5], first[4] * MICROSIEMENS, later);
    }

    int times() {
        return seconds.length;
    }

    /** Conductances of a level right after programming, uS. */
    static double[] programmed(List<MeasuredCell> cells, int level) {
        return cells.stream()
                .filter(cell -> cell.level() == level)
                .mapToDouble(MeasuredCell::programmed)
                .toArray();
    }

    /** Conductances of a level at a time, uS. */
    static double[] later(List<MeasuredCell> cells, int level, int time) {
        return cells.stream()
                .filter(cell -> cell.level() == level && !Double.isNaN(cell.later()[time]))
                .mapToDouble(cell -> cell.later()[time])
                .toArray();
    }

    /** Changes of the conductances of a level up to a time, uS. */
    static double[] changes(List<MeasuredCell> cells, int level, int time) {
        return cells.stream()
                .filter(cell -> cell.level() == level && !Double.isNaN(cell.later()[time]))
                .mapToDouble(cell -> cell.change(time))
                .toArray();
    }
}
