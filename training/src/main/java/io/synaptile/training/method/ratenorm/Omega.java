/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method.ratenorm;

/**
 * The measure of how many steps the rates of a layer need: {@code omega = sum a / (sum a^2 + 1e-5)} of activations 0 to 1. After t
 * steps the squared error of the rates, relative to their squared norm, is at most omega / t where inputs are constant.
 *
 * <p>Source: J. Ding et al., "Optimal ANN-SNN conversion for fast and accurate inference in deep spiking neural networks", IJCAI
 * 2021.
 */
final class Omega {
    private static final double LEAST = 1e-5;

    private double sum;
    private double squares = LEAST;

    /** Takes activations in. */
    void add(float... activations) {
        for (float a : activations) {
            sum += a;
            squares += (double) a * a;
        }
    }

    /** The measure of all that was taken in. */
    double value() {
        return sum / squares;
    }

    /** Derivative of the measure by one activation that was taken in. */
    double derivative(float activation) {
        return 1 / squares - 2 * sum * activation / (squares * squares);
    }

    /**
     * The measure of scores: {@code a = max(score, 0) / largest score}; 0 where no score is above 0.
     *
     * @param weight factor on the derivatives
     * @param gradient derivatives by the scores are added to it
     */
    static double ofScores(float[] scores, double weight, float[] gradient) {
        int largest = 0;
        for (int i = 1; i < scores.length; i++) {
            largest = scores[i] > scores[largest] ? i : largest;
        }
        float most = scores[largest];
        if (most <= 0f) {
            return 0;
        }
        float[] activations = new float[scores.length];
        Omega omega = new Omega();
        for (int i = 0; i < scores.length; i++) {
            activations[i] = Math.max(scores[i], 0f) / most;
        }
        omega.add(activations);
        double byLargest = 0;
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] > 0f) {
                double derivative = omega.derivative(activations[i]);
                gradient[i] += (float) (weight * derivative / most);
                byLargest += derivative * activations[i] / most;
            }
        }
        gradient[largest] -= (float) (weight * byLargest);
        return omega.value();
    }
}
