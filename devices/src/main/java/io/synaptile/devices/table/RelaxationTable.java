/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.table;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * How far every state has moved after some times.
 *
 * <p>A cell has one standard normal per time. They form a chain, {@code z[j] = r[j] z[j-1] + sqrt(1 - r[j]^2) n[j]} with
 * independent n and the correlation r of the table, 1 where it has none: then a cell keeps one normal along its whole curve.
 *
 * @param seconds times of the table, ascending, above 0
 * @param z normals that the values belong to
 * @param moved change since programming by state, time and z, uS
 * @param correlation of the change at a time with that at the time before, by state and time; unused for the first time. No
 *     array is written after construction.
 */
record RelaxationTable(double[] seconds, double[] z, double[][][] moved, double[][] correlation) {
    private static final String CORRELATION = "correlation";

    /**
     * Reads {@code state,time_s,shift,spread} or {@code level,time_s,q05,q50,...}, in both cases with {@code correlation} or
     * without: all times of state 0, then those of state 1 and so on.
     *
     * @throws IllegalArgumentException naming option, file and line
     */
    static RelaxationTable read(String option, Path file, int states) {
        TableText text = new TableText(option, file, "state", "level");
        List<String> names = text.names();
        String key = names.contains("level") ? "level" : "state";
        if (!names.contains("time")) {
            throw text.problem(
                    "the columns state (or level) and time_s must be there, got " + String.join(", ", names));
        }
        boolean correlated = names.contains(CORRELATION);
        Spreads spreads = Spreads.ofChanges(
                text, "shift", "spread", correlated ? List.of(key, "time", CORRELATION) : List.of(key, "time"));
        List<TableText.Row> rows = text.rows();
        if (rows.size() % states != 0) {
            throw text.problem(
                    "must have the same times for each of the " + states + " states, got " + rows.size() + " rows");
        }
        int times = rows.size() / states;
        double[] seconds = rows.subList(0, times).stream()
                .mapToDouble(row -> row.get("time"))
                .toArray();
        double[][][] moved = new double[states][times][];
        double[][] correlation = new double[states][times];
        for (int state = 0; state < states; state++) {
            for (int j = 0; j < times; j++) {
                TableText.Row row = rows.get(state * times + j);
                if (row.get(key) != state || row.get("time") != seconds[j]) {
                    throw row.problem("expected " + key + " " + state + " at " + seconds[j] + " s, got " + row.get(key)
                            + " at " + row.get("time") + " s; every " + key + " has the same times in the same order");
                }
                if (!(seconds[j] > (j == 0 ? 0 : seconds[j - 1]))) {
                    throw row.problem("times must be above 0 s and ascend, got " + seconds[j]);
                }
                moved[state][j] = spreads.of(row);
                correlation[state][j] = correlated ? row.get(CORRELATION) : 1;
                if (Math.abs(correlation[state][j]) > 1) {
                    throw row.problem("correlation must be between -1 and 1, got " + correlation[state][j]);
                }
            }
        }
        return new RelaxationTable(seconds, spreads.normals(), moved, correlation);
    }

    int times() {
        return seconds.length;
    }

    /**
     * Change since programming, uS.
     *
     * <p>Between two times everything is straight in the logarithm of time, before the first it grows with time from 0.
     *
     * @param state 0 to states - 1, may lie in between
     * @param age s, above 0 and at most the last time
     * @param normals one independent standard normal per time
     */
    double moved(double state, double age, double[] normals) {
        int after = Arrays.binarySearch(seconds, age);
        after = after < 0 ? -after - 1 : after;
        double normal = normals[0];
        double before = normal;
        double shared = 0;
        for (int j = 1; j <= after; j++) {
            before = normal;
            shared = between(state, correlation, j);
            normal = shared * before + Math.sqrt(1 - shared * shared) * normals[j];
        }
        if (after == 0) {
            return age / seconds[0] * between(state, 0, normal);
        }
        double part = Math.log(age / seconds[after - 1]) / Math.log(seconds[after] / seconds[after - 1]);
        // A mix of two normals is narrower than either; this keeps it a standard normal.
        double width = Math.sqrt((1 - part) * (1 - part) + part * part + 2 * part * (1 - part) * shared);
        double mixed = width > 0 ? ((1 - part) * before + part * normal) / width : 0;
        return (1 - part) * between(state, after - 1, mixed) + part * between(state, after, mixed);
    }

    /** Change at one time, the values of neighbouring states mixed. */
    private double between(double state, int time, double normal) {
        int low = Math.min((int) state, moved.length - 2);
        double part = state - low;
        return (1 - part) * Spreads.at(z, moved[low][time], normal)
                + part * Spreads.at(z, moved[low + 1][time], normal);
    }

    private static double between(double state, double[][] values, int time) {
        int low = Math.min((int) state, values.length - 2);
        double part = state - low;
        return (1 - part) * values[low][time] + part * values[low + 1][time];
    }
}
