/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.programming;

import java.util.List;

/**
 * {@code sigma(G) = max(c0 + c1 x + c2 x^2 + ..., 0)} uS, x = G / unit.
 *
 * @param coefficients c0 first, uS; at least one
 * @param unitMicrosiemens conductance at x = 1
 */
public record PolynomialSpread(List<Double> coefficients, double unitMicrosiemens) implements StateSpread {
    public PolynomialSpread {
        coefficients = List.copyOf(coefficients);
        if (coefficients.isEmpty()) {
            throw new IllegalArgumentException("programming.coefficients must have at least 1 number, got none");
        }
        if (!(unitMicrosiemens > 0)) {
            throw new IllegalArgumentException("unit of a polynomial must be above 0 uS, got " + unitMicrosiemens);
        }
    }

    /** A polynomial in G itself. */
    public static PolynomialSpread ofMicrosiemens(Double... coefficients) {
        return new PolynomialSpread(List.of(coefficients), 1);
    }

    @Override
    public double sigmaMicrosiemens(double target) {
        double x = target / unitMicrosiemens;
        double sum = 0;
        for (int i = coefficients.size() - 1; i >= 0; i--) {
            sum = sum * x + coefficients.get(i);
        }
        return Math.max(sum, 0);
    }
}
