/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;

/**
 * Where the weights of a layer stand in its crossbar matrix {@code [row = input, column = output]}.
 *
 * <p>Row {@code (ky * kw + kx) * Cin + ci} holds the inputs of a convolution kernel; of a dense layer whose input is a
 * C x H x W map, row {@code (y * W + x) * C + c} holds canonical input {@code (c * H + y) * W + x}.
 *
 * @param channels input channels
 * @param taps kernel positions of a convolution, map positions of a dense layer
 * @param outputs output channels or features
 */
public record CrossbarLayout(int channels, int taps, int outputs) {
    /**
     * The layout of a synapse layer.
     *
     * @throws IllegalArgumentException if the node has no synapses
     */
    public static CrossbarLayout of(Network.Node node) {
        return switch (node.synapse()) {
            case Layer.Conv2d conv ->
                new CrossbarLayout(node.in().channels(), conv.kernel().area(), conv.outChannels());
            case Layer.Dense dense ->
                new CrossbarLayout(node.in().channels(), node.in().positions(), dense.outFeatures());
        };
    }

    /** Number of rows, the fan-in. */
    public int rows() {
        return channels * taps;
    }

    /** Canonical index of the weight at a row and column. */
    public int weightIndex(int row, int output) {
        return output * rows() + row % channels * taps + row / channels;
    }

    /** What is told of every weight in canonical order, in the order of the matrix. */
    public boolean[] toMatrix(boolean[] ofWeights) {
        boolean[] matrix = new boolean[ofWeights.length];
        for (int row = 0; row < rows(); row++) {
            for (int output = 0; output < outputs; output++) {
                matrix[row * outputs + output] = ofWeights[weightIndex(row, output)];
            }
        }
        return matrix;
    }

    /**
     * Transposes canonical weights {@code [out, in, kh, kw]} into the matrix {@code [rows, outputs]}, row-major.
     *
     * @throws IllegalArgumentException if the number of weights differs
     */
    public float[] toMatrix(float[] weights) {
        if (weights.length != rows() * outputs) {
            throw new IllegalArgumentException(weights.length + " weights for a matrix of " + rows() + " x " + outputs);
        }
        float[] matrix = new float[weights.length];
        for (int row = 0; row < rows(); row++) {
            for (int output = 0; output < outputs; output++) {
                matrix[row * outputs + output] = weights[weightIndex(row, output)];
            }
        }
        return matrix;
    }

    /** Transposes a matrix {@code [rows, outputs]} back into canonical weights; undoes {@link #toMatrix}. */
    public float[] fromMatrix(float[] matrix) {
        if (matrix.length != rows() * outputs) {
            throw new IllegalArgumentException(
                    "matrix of " + matrix.length + " values, expected " + rows() + " x " + outputs);
        }
        float[] weights = new float[matrix.length];
        for (int row = 0; row < rows(); row++) {
            for (int output = 0; output < outputs; output++) {
                weights[weightIndex(row, output)] = matrix[row * outputs + output];
            }
        }
        return weights;
    }
}
