/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import java.util.Optional;

/**
 * A network on a backend that can compute gradients by back-propagation through time with a surrogate derivative. The
 * caller sets the (quantised, varied) weights of a pass; forward and backward use the same ones. Not thread-safe.
 */
public interface TrainableNetwork extends AutoCloseable {
    /**
     * Sets the weights that the next passes use.
     *
     * @param node id of a synapse node
     * @param weights {@code [out, in, kh, kw]} or {@code [out, in]}; copied
     */
    void setWeights(int node, float[] weights);

    /** State of a norm. The scales may be changed between passes, and each forward pass updates the statistics. */
    NormState norm(int node);

    /**
     * Forward pass in training mode: norms use the statistics of the batch and update the running ones, dropout is active.
     *
     * @return mean output current, shape {@code [samples, classes]}
     */
    float[] forward(InputBatch input);

    /**
     * Backward pass of the last forward pass.
     *
     * @param scoreGradient derivative of the loss by the result of {@link #forward}, same shape
     */
    void backward(float[] scoreGradient);

    /** Copies the derivative of the loss by the weights of a node, in the layout of {@link #setWeights}. */
    void weightGradient(int node, float[] into);

    /** Copies the derivative of the loss by the scales of a norm, shape {@code [steps, channels]} of its state. */
    void gammaGradient(int node, float[] into);

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
