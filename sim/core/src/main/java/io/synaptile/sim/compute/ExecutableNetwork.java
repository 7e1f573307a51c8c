/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

/** A network whose plans have been uploaded to a backend, ready for inference. Not thread-safe. */
public interface ExecutableNetwork extends AutoCloseable {
    /**
     * Runs all time steps of a batch, starting from resting membranes.
     *
     * @throws IllegalArgumentException if the images do not match the network's input or the batch asks for more steps than
     *     a per-step norm was trained for
     */
    BatchResult run(InputBatch input);

    @Override
    void close();
}
