/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.device.fit;

import io.synaptile.experiment.device.fit.RelaxationReads.MeasuredCell;
import io.synaptile.reports.table.Numbers;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Makes the tables of a cell from relaxation reads: for every level what was programmed, for every level and time how far
 * cells moved and how strongly that goes with how far they had moved before.
 */
final class RelaxationFit {
    private static final int FEWEST = 20;

    private RelaxationFit() {}

    /** @throws IllegalArgumentException if a level has too few reads at a time */
    static DeviceTables fit(RelaxationReads reads, List<MeasuredCell> cells, Form form) {
        StringBuilder states = new StringBuilder("level," + form.columns("mean", "std") + "\n");
        StringBuilder relaxation =
                new StringBuilder("level,time_s," + form.columns("shift", "spread") + ",correlation\n");
        for (int level = 0; level < reads.levels(); level++) {
            states.append(level)
                    .append(',')
                    .append(form.values(RelaxationReads.programmed(cells, level)))
                    .append('\n');
            for (int time = 0; time < reads.times(); time++) {
                double[] changes = RelaxationReads.changes(cells, level, time);
                if (changes.length < FEWEST) {
                    throw new IllegalArgumentException("level " + level + " has " + changes.length + " reads at "
                            + reads.seconds()[time] + " s; a fit needs " + FEWEST);
                }
                relaxation
                        .append(level)
                        .append(',')
                        .append(Numbers.exact(reads.seconds()[time]))
                        .append(',')
                        .append(form.values(changes))
                        .append(',')
                        .append(Numbers.exact(Form.rounded(correlation(cells, level, time))))
                        .append('\n');
            }
        }
        return new DeviceTables(states.toString(), Optional.of(relaxation.toString()));
    }

    /** Of the change at a time with that at the time before; 1 at the first. */
    private static double correlation(List<MeasuredCell> cells, int level, int time) {
        if (time == 0) {
            return 1;
        }
        double[][] pairs = cells.stream()
                .filter(cell -> cell.level() == level)
                .map(cell -> new double[] {cell.change(time - 1), cell.change(time)})
                .filter(pair -> !Double.isNaN(pair[0]) && !Double.isNaN(pair[1]))
                .toArray(double[][]::new);
        return pairs.length < FEWEST ? 0 : rankCorrelation(pairs);
    }

    /**
     * Of the ranks, turned into that of the normals behind them: {@code 2 sin(pi r / 6)} (K. Pearson, 1907). Outliers have
     * little weight, and the distributions need not be normal.
     */
    private static double rankCorrelation(double[][] pairs) {
        double[] before = ranks(pairs, 0);
        double[] after = ranks(pairs, 1);
        double middle = (pairs.length - 1) / 2.0;
        double both = 0;
        double own = 0;
        for (int i = 0; i < pairs.length; i++) {
            both += (before[i] - middle) * (after[i] - middle);
            own += (before[i] - middle) * (before[i] - middle);
        }
        return 2 * Math.sin(Math.PI / 6 * both / own);
    }

    private static double[] ranks(double[][] pairs, int column) {
        Integer[] order = new Integer[pairs.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> pairs[i][column]));
        double[] ranks = new double[pairs.length];
        for (int rank = 0; rank < order.length; rank++) {
            ranks[order[rank]] = rank;
        }
        return ranks;
    }
}
