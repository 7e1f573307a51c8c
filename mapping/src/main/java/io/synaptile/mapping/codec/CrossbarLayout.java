/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import io.synaptile.sim.network.GroupedWeights;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;

/**
 * Where the weights of a layer stand in its crossbar matrix {@code [row = input, column = output]}.
 *
 * <p>Row {@code (ky * kw + kx) * Cin + ci} holds the inputs of a convolution kernel; of a dense layer whose input is a
 * C x H x W map, row {@code (y * W + x) * C + c} holds canonical input {@code (c * H + y) * W + x}.
 *
 * <p>Channels in groups lie in the same matrix as without: all outputs share the rows, and where an output does not see an input
 * its cells are there and hold the weight 0.
 *
 * @param channels input channels
 * @param taps kernel positions of a convolution, map positions of a dense layer
 * @param outputs output channels or features
 * @param groups into which channels and outputs are divided
 */
public record CrossbarLayout(int channels, int taps, int outputs, int groups) {
    /** A layout in which every output sees all inputs. */
    public CrossbarLayout(int channels, int taps, int outputs) {
        this(channels, taps, outputs, 1);
    }

    /**
     * The layout of a synapse layer.
     *
     * @throws IllegalArgumentException if the node has no synapses
     */
    public static CrossbarLayout of(Network.Node node) {
        return switch (node.synapse()) {
            case Layer.Conv2d conv ->
                new CrossbarLayout(node.in().channels(), conv.kernel().area(), conv.outChannels(), conv.groups());
            case Layer.Dense dense ->
                new CrossbarLayout(node.in().channels(), node.in().positions(), dense.outFeatures());
        };
    }

    /** Number of rows: the inputs that a position of the layer sees, of all groups. */
    public int rows() {
        return channels * taps;
    }

    /** Number of weights, which is that of the cells without groups. */
    public int weights() {
        return rows() / groups * outputs;
    }

    /** Canonical index of the weight at a row and column; -1 where the output does not see the input. */
    public int weightIndex(int row, int output) {
        return GroupedWeights.canonical(row, output, channels, outputs, taps, groups);
    }

    /** What is told of every weight in canonical order, in the order of the matrix; false between groups. */
    public boolean[] toMatrix(boolean[] ofWeights) {
        boolean[] matrix = new boolean[rows() * outputs];
        for (int row = 0; row < rows(); row++) {
            for (int output = 0; output < outputs; output++) {
                int weight = weightIndex(row, output);
                matrix[row * outputs + output] = weight >= 0 && ofWeights[weight];
            }
        }
        return matrix;
    }

    /**
     * Transposes canonical weights {@code [out, in / groups, kh, kw]} into the matrix {@code [rows, outputs]}, row-major, with 0
     * between groups.
     *
     * @throws IllegalArgumentException if the number of weights differs
     */
    public float[] toMatrix(float[] weights) {
        if (weights.length != weights()) {
            throw new IllegalArgumentException(weights.length + " weights for a matrix of " + rows() + " x " + outputs
                    + (groups == 1 ? "" : " in " + groups + " groups"));
        }
        float[] matrix = new float[rows() * outputs];
        for (int row = 0; row < rows(); row++) {
            for (int output = 0; output < outputs; output++) {
                int weight = weightIndex(row, output);
                matrix[row * outputs + output] = weight < 0 ? 0f : weights[weight];
            }
        }
        return matrix;
    }

    /**
     * Transposes a matrix {@code [rows, outputs]} back into canonical weights; undoes {@link #toMatrix}. What lies between groups
     * is left out.
     */
    public float[] fromMatrix(float[] matrix) {
        if (matrix.length != rows() * outputs) {
            throw new IllegalArgumentException(
                    "matrix of " + matrix.length + " values, expected " + rows() + " x " + outputs);
        }
        float[] weights = new float[weights()];
        for (int row = 0; row < rows(); row++) {
            for (int output = 0; output < outputs; output++) {
                int weight = weightIndex(row, output);
                if (weight >= 0) {
                    weights[weight] = matrix[row * outputs + output];
                }
            }
        }
        return weights;
    }
}
