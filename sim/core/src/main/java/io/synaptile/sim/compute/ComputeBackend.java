/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.network.Network;

/** Runs networks on one kind of machine. Implementations are found by the service loader. */
public interface ComputeBackend {
    /** Name used on the command line, for example {@code cpu}. */
    String id();

    /** One line for the run record: library, instruction set, device. */
    String description();

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
}
