/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.device.fit;

import java.util.ArrayList;
import java.util.List;

/**
 * The mean response to a row of equal pulses, fitted by least squares.
 *
 * <pre>
 *   G(n) = start + (end - start) (1 - exp(-v n / N)) / (1 - exp(-v)),   n = 0..N
 * </pre>
 *
 * <p>The nonlinearity v is 0 for a straight line, above 0 where the first pulses move most. Form: P.-Y. Chen, X. Peng and S.
 * Yu, "NeuroSim", IEEE TCAD 2018, with {@code v = N / A}. For every v start and end follow from linear regression, so only v
 * is searched.
 *
 * @param pulses N, pulses that at least half of the rows have
 * @param points pulse numbers and values that were fitted
 */
record PulseCurve(double nonlinearity, double start, double end, int pulses, List<double[]> points) {
    private static final double MOST_NONLINEAR = 20;
    private static final double GRID = 0.25;
    private static final double NEARLY_STRAIGHT = 1e-6;
    private static final int HALVINGS = 40;

    /** The curve through trains of pulses, of which those that were not read are NaN. */
    static PulseCurve fit(List<double[]> rows) {
        int pulses = rows.stream()
                        .mapToInt(row -> row.length)
                        .sorted()
                        .skip(rows.size() / 2)
                        .findFirst()
                        .orElseThrow()
                - 1;
        List<double[]> points = new ArrayList<>();
        for (double[] row : rows) {
            for (int n = 0; n < Math.min(row.length, pulses + 1); n++) {
                if (!Double.isNaN(row[n])) {
                    points.add(new double[] {n, row[n]});
                }
            }
        }
        double best = -MOST_NONLINEAR;
        for (double v = -MOST_NONLINEAR; v <= MOST_NONLINEAR; v += GRID) {
            best = regression(v, pulses, points).squares()
                            < regression(best, pulses, points).squares()
                    ? v
                    : best;
        }
        double step = GRID;
        for (int i = 0; i < HALVINGS; i++) {
            step /= 2;
            for (double v : new double[] {best - step, best + step}) {
                best = regression(v, pulses, points).squares()
                                < regression(best, pulses, points).squares()
                        ? v
                        : best;
            }
        }
        return regression(best, pulses, points);
    }

    private static PulseCurve regression(double v, int pulses, List<double[]> points) {
        double meanX = 0;
        double meanY = 0;
        for (double[] point : points) {
            meanX += shape(v, point[0] / pulses) / points.size();
            meanY += point[1] / points.size();
        }
        double xy = 0;
        double xx = 0;
        for (double[] point : points) {
            double x = shape(v, point[0] / pulses) - meanX;
            xy += x * (point[1] - meanY);
            xx += x * x;
        }
        double start = meanY - xy / xx * meanX;
        return new PulseCurve(v, start, start + xy / xx, pulses, points);
    }

    /** From 0 to 1 as {@code part} goes from 0 to 1. */
    private static double shape(double v, double part) {
        return Math.abs(v) < NEARLY_STRAIGHT ? part : Math.expm1(-v * part) / Math.expm1(-v);
    }

    double at(double n) {
        return start + (end - start) * shape(nonlinearity, n / pulses);
    }

    /** Number of pulses after which the curve is nearest to a value between start and end. */
    int pulsesTo(double value) {
        double part = (value - start) / (end - start);
        double along = Math.abs(nonlinearity) < NEARLY_STRAIGHT
                ? part
                : -Math.log1p(part * Math.expm1(-nonlinearity)) / nonlinearity;
        return Math.clamp(Math.round(along * pulses), 0, pulses);
    }

    private double squares() {
        double sum = 0;
        for (double[] point : points) {
            double off = point[1] - at(point[0]);
            sum += off * off;
        }
        return sum;
    }

    /** Root of the mean square distance of the points within some pulses of {@code n} from the curve. */
    double spread(int n, double within) {
        double sum = 0;
        int count = 0;
        for (double[] point : points) {
            if (Math.abs(point[0] - n) <= within) {
                double off = point[1] - at(point[0]);
                sum += off * off;
                count++;
            }
        }
        return Math.sqrt(sum / count);
    }

    /** Part of the variance of the points that the curve explains. */
    double explained() {
        double mean = points.stream().mapToDouble(point -> point[1]).average().orElseThrow();
        double all = points.stream()
                .mapToDouble(point -> (point[1] - mean) * (point[1] - mean))
                .sum();
        return 1 - squares() / all;
    }
}
