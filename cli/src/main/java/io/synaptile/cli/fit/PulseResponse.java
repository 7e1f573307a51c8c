/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.fit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Conductances after every one of a row of equal pulses.
 *
 * <p>Two formats: lines {@code up,down} with the responses, in any unit, to one row of pulses that raise and one that lower the
 * conductance; and lines that name a direction, {@code Gerase} for up and {@code Gprog} for down, before the conductances of one
 * row of pulses in S, as the Y-Flash data of W. Wang et al. (2022) have them.
 *
 * @param up rows of pulses that raise the conductance
 * @param down rows of pulses that lower it
 * @param inMicrosiemens whether values are conductances in uS, else they have no unit
 */
record PulseResponse(List<double[]> up, List<double[]> down, boolean inMicrosiemens) {
    private static final String UP = "Gerase";
    private static final String DOWN = "Gprog";
    private static final String HEADER = "(?i)up\\s*,\\s*down";
    private static final double MICROSIEMENS = 1e6;
    private static final int FEWEST_PULSES = 10;

    /** Whether a line looks like one of these formats. */
    static boolean fits(String line) {
        return isSeries(line) || line.matches("[^,]+,[^,]+");
    }

    private static boolean isSeries(String line) {
        return line.contains(UP) || line.contains(DOWN) || line.startsWith("(");
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException naming file and line
     */
    static PulseResponse read(Path file) {
        MeasuredLines text = new MeasuredLines(file);
        List<MeasuredLines.Line> lines = text.read();
        PulseResponse read = isSeries(lines.getFirst().text()) ? series(text, lines) : columns(text, lines);
        for (List<double[]> rows : List.of(read.up(), read.down())) {
            if (rows.isEmpty() || rows.stream().anyMatch(row -> row.length < FEWEST_PULSES)) {
                throw text.problem("needs rows of at least " + FEWEST_PULSES + " pulses in both directions");
            }
        }
        return read;
    }

    private static PulseResponse columns(MeasuredLines text, List<MeasuredLines.Line> all) {
        List<MeasuredLines.Line> lines = all.getFirst().text().matches(HEADER) ? all.subList(1, all.size()) : all;
        double[] up = new double[lines.size()];
        double[] down = new double[lines.size()];
        for (int i = 0; i < up.length; i++) {
            MeasuredLines.Line line = lines.get(i);
            String[] fields = line.text().split(",", -1);
            if (fields.length != 2) {
                throw text.problem(line, fields.length + " columns instead of 2");
            }
            double[] values = text.numbers(line, fields);
            up[i] = values[0];
            down[i] = values[1];
        }
        return new PulseResponse(List.of(up), List.of(down), false);
    }

    private static PulseResponse series(MeasuredLines text, List<MeasuredLines.Line> lines) {
        List<double[]> up = new ArrayList<>();
        List<double[]> down = new ArrayList<>();
        for (MeasuredLines.Line line : lines) {
            Optional<String> named =
                    List.of(UP, DOWN).stream().filter(line.text()::contains).findFirst();
            if (named.isEmpty()) {
                continue; // A line about the device that the next ones belong to.
            }
            int start = line.text().indexOf(',', line.text().indexOf(named.get()));
            if (start < 0) {
                throw text.problem(line, named.get() + " is not followed by conductances");
            }
            double[] row = text.numbers(
                    line,
                    line.text().substring(start + 1).replaceAll(",\\s*$", "").split(","));
            for (int i = 0; i < row.length; i++) {
                row[i] *= MICROSIEMENS;
            }
            (named.get().equals(UP) ? up : down).add(row);
        }
        return new PulseResponse(up, down, true);
    }
}
