/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

/** A network whose plans have been uploaded to a backend, ready for inference. Not thread-safe. */
public interface ExecutableNetwork extends AutoCloseable {
    /** Runs a batch unseen, as {@link #run(InputBatch, Probe)}. */
    default BatchResult run(InputBatch input) {
        return run(input, Probe.NONE);
    }

    /**
     * Runs all time steps of a batch, starting from resting membranes.
     *
     * @param probe sees what happens inside
     * @throws IllegalArgumentException if the images do not match the network's input or the batch asks for more steps than
     *     a per-step norm was trained for
     */
    BatchResult run(InputBatch input, Probe probe);

    @Override
    void close();
}
