/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Scale, offset and running statistics of one norm seen together, each array {@code [steps, channels]}; a norm that all time steps
 * share has one step. A view: the arrays are those of the {@link Parameters} it was made of.
 *
 * @param beta offsets; empty if the norm has none
 */
public record NormState(int steps, int channels, float[] gamma, float[] beta, float[] mean, float[] variance) {
    public NormState {
        int size = Math.multiplyExact(steps, channels);
        boolean offsets = beta.length == 0 || beta.length == size;
        if (gamma.length != size || !offsets || mean.length != size || variance.length != size) {
            throw new IllegalArgumentException("norm arrays must hold " + steps + " x " + channels + " values");
        }
    }

    /** The state of a norm without offsets. */
    public NormState(int steps, int channels, float[] gamma, float[] mean, float[] variance) {
        this(steps, channels, gamma, new float[0], mean, variance);
    }

    /**
     * The state of a norm node among parameters, with as many steps as its scales hold.
     *
     * @throws IllegalArgumentException naming the layer if an array is missing or does not fit the others
     */
    public static NormState of(Network.Node node, Parameters parameters) {
        int channels = node.out().channels();
        float[] gamma = array(node, Role.GAMMA, parameters);
        if (gamma.length == 0 || gamma.length % channels != 0) {
            throw new IllegalArgumentException("layer " + node.name() + ": no norm state of " + channels + " channels");
        }
        float[] beta = array(node, Role.BETA, parameters);
        if (node.layer() instanceof Layer.StepNorm norm && norm.offset() != beta.length > 0) {
            throw new IllegalArgumentException(
                    "layer " + node.name() + ": " + (norm.offset() ? "no offsets" : "offsets that the norm has not"));
        }
        try {
            return new NormState(
                    gamma.length / channels,
                    channels,
                    gamma,
                    beta,
                    array(node, Role.MEAN, parameters),
                    array(node, Role.VARIANCE, parameters));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("layer " + node.name() + ": " + e.getMessage());
        }
    }

    private static float[] array(Network.Node node, Role role, Parameters parameters) {
        return parameters.find(new ParameterId(node.id(), role)).orElse(new float[0]);
    }

    /** Scale 1, offset 0 where the norm has one, mean 0, variance 1, for a norm layer in a run of so many time steps. */
    public static NormState identity(Layer.StepNorm norm, int timeSteps, int channels) {
        NormState plain = identity(norm.stateSteps(timeSteps), channels);
        return norm.offset()
                ? new NormState(
                        plain.steps, channels, plain.gamma, new float[plain.gamma.length], plain.mean, plain.variance)
                : plain;
    }

    /** Scale 1, mean 0, variance 1. */
    public static NormState identity(int steps, int channels) {
        int size = Math.multiplyExact(steps, channels);
        float[] ones = new float[size];
        Arrays.fill(ones, 1f);
        return new NormState(steps, channels, ones, new float[size], ones.clone());
    }

    /**
     * The array of a role.
     *
     * @throws IllegalArgumentException if a norm has none
     */
    public float[] array(Role role) {
        return switch (role) {
            case GAMMA -> gamma;
            case BETA -> beta;
            case MEAN -> mean;
            case VARIANCE -> variance;
            case WEIGHT, BIAS, LEAK, THRESHOLD, RUNNING_MAX, SCALE ->
                throw new IllegalArgumentException("a norm has no " + role.id());
        };
    }

    /** Offset of an entry, 0 where the norm has none. */
    public float offset(int entry) {
        return beta.length == 0 ? 0f : beta[entry];
    }

    /** The arrays under their names, as those of a node. */
    public Parameters parameters(int node) {
        Map<ParameterId, float[]> all = new HashMap<>(Map.of(
                new ParameterId(node, Role.GAMMA), gamma,
                new ParameterId(node, Role.MEAN), mean,
                new ParameterId(node, Role.VARIANCE), variance));
        if (beta.length > 0) {
            all.put(new ParameterId(node, Role.BETA), beta);
        }
        return Parameters.of(all);
    }
}
