/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.network.Network;
import java.util.List;
import java.util.Set;

/** Runs networks on one kind of machine. Implementations are found by the service loader. */
public interface ComputeBackend {
    /** Name used on the command line, for example {@code cpu}. */
    String id();

    /**
     * One line for the run record: library, instruction set, device.
     *
     * @throws IllegalStateException saying what is missing if it has no device at all
     */
    String description();

    /**
     * The devices that {@link #select} can choose, one line for people each; empty where there is no choice.
     *
     * @throws IllegalStateException saying what is missing if there is none
     */
    default List<String> devices() {
        return List.of();
    }

    /**
     * Whether its device is a graphics processor, which the automatic choice of a backend prefers to this processor.
     *
     * @throws IllegalStateException saying what is missing if it has no device at all
     */
    default boolean accelerated() {
        return false;
    }

    /**
     * This backend on another device.
     *
     * @param device as the user wrote it after the backend's id, {@code 0} in {@code tornado:0}
     * @throws IllegalArgumentException naming what can be chosen if there is no such device
     */
    default ComputeBackend select(String device) {
        throw new IllegalArgumentException("backend '" + id() + "' has no devices to choose from, got '" + id() + ":"
                + device + "'; write '" + id() + "'");
    }

    /**
     * Uploads a network for inference.
     *
     * @param maxSamples largest batch that will be run
     * @param threads threads to use, at least 1; results do not depend on it
     */
    ExecutableNetwork prepare(NetworkPlan plan, int maxSamples, int threads);

    /**
     * Opens a network for training.
     *
     * @param timeSteps steps of every batch
     */
    TrainableNetwork train(Network network, int timeSteps, int maxSamples, int threads);

    /**
     * Opens a network for training whose forward passes read some layers from arrays, which {@link TrainableNetwork#read} tells.
     *
     * @param onArrays ids of these layers
     * @throws IllegalArgumentException if there are some and the backend has no such passes; {@link #forArrays} has them
     */
    default TrainableNetwork train(Network network, Set<Integer> onArrays, int timeSteps, int maxSamples, int threads) {
        if (!onArrays.isEmpty()) {
            throw new IllegalArgumentException("backend '" + id() + "' reads no arrays in training");
        }
        return train(network, timeSteps, maxSamples, threads);
    }

    /**
     * This backend, training with less memory and more time to the same bits: what the backward pass needs of a layer is
     * computed again from the layer's input instead of being held.
     *
     * @throws IllegalArgumentException if the backend cannot
     */
    default ComputeBackend recomputing() {
        throw new IllegalArgumentException("backend '" + id() + "' cannot compute layers again to save memory");
    }

    /**
     * The backend that computes plans with arrays that a reader reads or that leave out rows and columns: another one where this has no
     * kernels for them. Users are to be told, since results and speed are then those of the other.
     */
    default ComputeBackend forArrays() {
        return this;
    }

    /** Whether networks opened for training offer {@link TrainableNetwork#resident}. */
    default boolean keepsWeights() {
        return false;
    }
}
