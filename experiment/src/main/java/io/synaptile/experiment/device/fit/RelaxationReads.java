/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.device.fit;

import io.synaptile.experiment.device.fit.ReadColumns.Read;
import io.synaptile.text.table.Row;
import io.synaptile.text.table.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads of cells after they were programmed once.
 *
 * <p>A line has seven columns: address of the cell, seconds since programming, resistance in ohm, conductance now in S,
 * conductance right after programming in S, level, nominal time in s. This is the format of the RRAM relaxation data of A. Levy
 * et al. (RRAM-Relaxation-Master-Model). A header may name columns in another order and in other units.
 *
 * @param cells cells of the levels from 0 to {@code levels - 1}
 * @param seconds median of the seconds at each nominal time after programming, to four digits, ascending
 * @param leftOut why cells or reads are not among them, and how many
 * @param told what was decided about columns and units
 */
record RelaxationReads(
        List<MeasuredCell> cells, int levels, double[] seconds, Map<String, Integer> leftOut, List<String> told) {
    private static final int FEWEST_CELLS = 200;

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

    /** Whether a table looks like one of this format. */
    static boolean fits(TextTable table) {
        return ReadColumns.fits(table);
    }

    /** Why a table does not. */
    static String whyNot(TextTable table) {
        return ReadColumns.whyNot(table);
    }

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException naming file, line and column
     */
    static RelaxationReads read(TextTable table) {
        ReadColumns columns = ReadColumns.of(table);
        Map<Long, List<Read>> reads = new LinkedHashMap<>();
        TreeMap<Double, List<Double>> times = new TreeMap<>();
        Map<String, Integer> leftOut = new TreeMap<>();
        for (Row row : table.rows()) {
            Optional<Read> read = columns.read(row);
            if (read.isEmpty()) {
                leftOut.merge("reads without a value", 1, Integer::sum);
                continue;
            }
            reads.computeIfAbsent(read.get().cell(), cell -> new ArrayList<>()).add(read.get());
            if (read.get().nominal() > 0) {
                times.computeIfAbsent(read.get().nominal(), time -> new ArrayList<>())
                        .add(read.get().seconds());
            }
        }
        if (times.isEmpty()) {
            throw table.problem("has no read later than 0 s");
        }
        return of(table, reads, times, leftOut, columns.told());
    }

    private static RelaxationReads of(
            TextTable table,
            Map<Long, List<Read>> reads,
            TreeMap<Double, List<Double>> times,
            Map<String, Integer> leftOut,
            List<String> told) {
        List<Double> nominal = List.copyOf(times.keySet());
        List<MeasuredCell> all = new ArrayList<>();
        Map<Integer, Integer> count = new HashMap<>();
        for (List<Read> own : reads.values()) {
            MeasuredCell cell = cell(own, nominal);
            if (Double.isNaN(cell.programmed())) {
                leftOut.merge("without a read right after programming", 1, Integer::sum);
            } else if (cell.programmed() < 0 || Arrays.stream(cell.later()).anyMatch(later -> later < 0)) {
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
            throw table.problem(
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
                all.stream().filter(cell -> cell.level() < kept).toList(), levels, seconds, leftOut, told);
    }

    private static MeasuredCell cell(List<Read> reads, List<Double> nominal) {
        double[] later = new double[nominal.size()];
        Arrays.fill(later, Double.NaN);
        double programmed = reads.getFirst().programmed();
        for (Read read : reads) {
            if (read.nominal() > 0) {
                later[nominal.indexOf(read.nominal())] = read.conductance();
            } else if (Double.isNaN(programmed)) {
                programmed = read.conductance();
            }
        }
        return new MeasuredCell(reads.getFirst().level(), programmed, later);
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
