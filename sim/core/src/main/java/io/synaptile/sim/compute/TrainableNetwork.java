/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.network.ParameterId;
import java.util.Map;
import java.util.Optional;

/**
 * A network on a backend that can compute gradients by back-propagation through time with a surrogate derivative. The
 * caller sets the parameters of a pass, such as (quantised, varied) weights; forward and backward use the same ones. Not thread-safe.
 */
public interface TrainableNetwork extends AutoCloseable {
    /**
     * Sets a parameter or a buffer for the next passes; before that, it has the initial value of its role.
     *
     * @param values row-major, copied
     * @throws IllegalArgumentException if the network has no such parameter, or it is of another length
     */
    void set(ParameterId id, float[] values);

    /**
     * Copies a buffer as the forward passes have left it, or a parameter as it was set.
     *
     * @param into of the same length
     * @throws IllegalArgumentException if the network has no such parameter
     */
    void get(ParameterId id, float[] into);

    /**
     * Has forward passes from now on read the currents of a layer from arrays. Backward passes go through the weights that are
     * {@linkplain #set set}, as if these had been multiplied with.
     *
     * @param node one of the layers that the network was {@linkplain ComputeBackend#train(io.synaptile.sim.network.Network,
     *     java.util.Set, int, int, int) opened} to read from arrays
     * @throws IllegalArgumentException if it is none of them, or the arrays do not fit it
     */
    default void read(int node, SynapsePlan.ArrayPlan arrays) {
        throw new IllegalArgumentException("node " + node + " was not opened to be read from arrays");
    }

    /** Forward pass that nothing looks into, as {@link #forward(InputBatch, Probe)}. */
    default float[] forward(InputBatch input) {
        return forward(input, Probe.NONE);
    }

    /**
     * Forward pass in training mode: norms use the statistics of the batch and update the running ones, dropout is active.
     *
     * @param probe sees outputs of {@linkplain HiddenOutputs#has hidden layers} and nothing else
     * @return mean output current, shape {@code [samples, classes]}
     */
    float[] forward(InputBatch input, Probe probe);

    /** Backward pass of a loss of scores alone, as {@link #backward(float[], Map)}. */
    default void backward(float[] scoreGradient) {
        backward(scoreGradient, Map.of());
    }

    /**
     * Backward pass of the last forward pass.
     *
     * @param scoreGradient derivative of the loss by the result of {@link #forward}, same shape
     * @param byOutput by id of a layer whose output the probe of the forward pass saw, the derivative of the loss by that
     *     output where the loss looks at it itself, {@code [samples, steps, C, H, W]}
     * @throws IllegalArgumentException if the probe did not see a node, or an array is of another length
     */
    void backward(float[] scoreGradient, Map<Integer, float[]> byOutput);

    /**
     * Copies the derivative of the loss by a parameter, as the last backward pass has found it.
     *
     * @param into of the same length and order as in {@link #set}
     * @throws IllegalArgumentException if the network has no such parameter, or it is a buffer
     */
    void gradient(ParameterId id, float[] into);

    /** Spikes emitted in the last forward pass by node id and step, {@code [nodes][timeSteps]}; rows of other nodes are empty. */
    long[][] spikeCounts();

    /**
     * Training by a recipe with weights that stay where the passes are computed. The other methods must not be called once
     * this is in use.
     *
     * @return empty unless the backend {@linkplain ComputeBackend#keepsWeights keeps weights}
     */
    default Optional<ResidentTraining> resident(TrainingRecipe recipe) {
        return Optional.empty();
    }

    @Override
    void close();
}
