/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.table;

import io.synaptile.devices.ConductanceRange;
import java.nio.file.Path;
import java.util.List;

/**
 * What every state of a cell reaches when it is written.
 *
 * @param z normals that the values belong to
 * @param reached conductances by state and z, uS; written by nobody after construction
 */
record StateTable(double[] z, double[][] reached) {
    private static final int MOST = 4096;

    /**
     * Reads {@code state,mean,std} or {@code level,q05,q50,...}; states count from 0 without gaps.
     *
     * @throws IllegalArgumentException naming option, file and line
     */
    static StateTable read(String option, Path file) {
        return read(new TableText(option, file, "state", "level"));
    }

    private static StateTable read(TableText text) {
        String key = text.names().contains("level") ? "level" : "state";
        Spreads spreads = Spreads.ofConductances(text, "mean", "std", List.of(key));
        List<TableText.Row> rows = text.rows();
        if (rows.size() < 2 || rows.size() > MOST) {
            throw text.problem("must have 2 to " + MOST + " rows, got " + rows.size());
        }
        double[][] reached = new double[rows.size()][];
        for (int state = 0; state < reached.length; state++) {
            TableText.Row row = rows.get(state);
            if (row.get(key) != state) {
                throw row.problem(key + " must be " + state + ", counting from 0 without gaps, got " + row.get(key));
            }
            reached[state] = spreads.of(row);
            double middle = Spreads.at(spreads.normals(), reached[state], 0);
            double before = state == 0 ? Double.NaN : Spreads.at(spreads.normals(), reached[state - 1], 0);
            if (middle < 0 || middle <= before) {
                throw row.problem(
                        state == 0
                                ? "the conductance must be at least 0 uS, got " + middle
                                : "the conductance must grow with the state, got " + middle + " uS after " + before);
            }
        }
        return new StateTable(spreads.normals(), reached);
    }

    int states() {
        return reached.length;
    }

    /** From the middle of the first state to the middle of the last. */
    ConductanceRange range() {
        return new ConductanceRange((float) middle(0), (float) middle(states() - 1));
    }

    private double middle(int state) {
        return Spreads.at(z, reached[state], 0);
    }

    /**
     * Conductance reached, uS.
     *
     * @param state 0 to states - 1; in between, the values of both neighbours are mixed
     * @param normal standard normal of this write
     */
    double reached(double state, double normal) {
        int low = Math.min((int) state, states() - 2);
        double part = state - low;
        return (1 - part) * Spreads.at(z, reached[low], normal) + part * Spreads.at(z, reached[low + 1], normal);
    }
}
