/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.drift;

import java.util.List;

/**
 * Drift exponents by conductance; linear between two rows, constant outside the table. One row is the same exponent for all
 * states.
 *
 * @param conductances uS, strictly rising, at least one
 * @param means one per row
 * @param sigmas one per row, each at least 0
 */
public record ExponentTable(List<Double> conductances, List<Double> means, List<Double> sigmas)
        implements DriftExponent {
    public ExponentTable {
        conductances = List.copyOf(conductances);
        means = List.copyOf(means);
        sigmas = List.copyOf(sigmas);
        if (conductances.isEmpty()) {
            throw new IllegalArgumentException("drift.table_uS must have at least 1 number, got none");
        }
        for (int i = 1; i < conductances.size(); i++) {
            if (!(conductances.get(i) > conductances.get(i - 1))) {
                throw new IllegalArgumentException("drift.table_uS must rise, got " + conductances);
            }
        }
        requireRows("drift.nu", means, conductances.size());
        requireRows("drift.nu_sigma", sigmas, conductances.size());
        for (double sigma : sigmas) {
            if (!(sigma >= 0)) {
                throw new IllegalArgumentException("drift.nu_sigma must be at least 0, got " + sigma);
            }
        }
    }

    private static void requireRows(String name, List<Double> column, int rows) {
        if (column.size() != rows) {
            throw new IllegalArgumentException(
                    name + " must have one number per row of drift.table_uS, " + rows + ", got " + column.size());
        }
    }

    @Override
    public double nuMean(double target) {
        return at(target, means);
    }

    @Override
    public double nuSigma(double target) {
        return at(target, sigmas);
    }

    private double at(double target, List<Double> column) {
        int above = 0;
        while (above < conductances.size() && conductances.get(above) < target) {
            above++;
        }
        if (above == 0) {
            return column.getFirst();
        }
        if (above == conductances.size()) {
            return column.getLast();
        }
        double low = conductances.get(above - 1);
        double part = (target - low) / (conductances.get(above) - low);
        return column.get(above - 1) + part * (column.get(above) - column.get(above - 1));
    }
}
