/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.network.Parameters;

/**
 * Training whose parameters and velocities stay on a device: a step takes images and labels and gives a loss. Belongs to
 * the {@link TrainableNetwork} it comes from and ends with it. Not thread-safe.
 */
public interface ResidentTraining {
    /**
     * Everything that steps change; the arrays belong to the caller.
     *
     * @param parameters latent weights, scales and running statistics
     * @param velocity momentum of each trainable one of them
     */
    record State(Parameters parameters, Parameters velocity) {}

    /**
     * Outcome of a step.
     *
     * @param loss mean over the batch, before the update
     * @param correct samples whose label has the highest score, the lowest class of equals
     */
    record Step(double loss, int correct) {}

    /**
     * Copies a state to the device.
     *
     * @throws IllegalArgumentException naming the layer whose arrays are missing or of another length
     */
    void put(State state);

    /**
     * Copies the state of the device into the arrays of {@code into}.
     *
     * @throws IllegalArgumentException as for {@link #put}
     */
    void get(State into);

    /**
     * Effective weights, forward pass, loss, backward pass and update.
     *
     * @param input a batch of the time steps that the network was opened for
     * @param labels class of each sample
     * @param epoch number of the epoch, from 0
     * @param batch number of the batch in its epoch, from 0
     * @throws IllegalStateException before the first {@link #put}
     */
    Step step(InputBatch input, int[] labels, float rate, int epoch, int batch);
}
