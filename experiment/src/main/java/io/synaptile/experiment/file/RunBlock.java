/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

/** Block {@code run}. */
public record RunBlock(
        @Key(
                value = "Threads; they do not change results.",
                otherwise = "all",
                range = "[0, 4096]",
                zero = "all",
                hashed = false)
        int threads,

        @Key(
                value =
                        "Backend of training, evaluation and chips: cpu, nd4j or tornado, with ':' and a device where it has"
                                + " several, or auto: tornado if it has a graphics processor, else cpu. 'synaptile doctor' shows"
                                + " those installed.",
                otherwise = "cpu")
        String backend,

        @Key(
                value =
                        "Host time between checkpoints within an epoch of training, 0 for one after every batch; one is written after every epoch in any case.",
                otherwise = "10",
                range = "[0, 100000]",
                unit = "min",
                hashed = false)
        double checkpointMinutes,

        @Key(
                value =
                        "Compute currents and membrane potentials again in the backward pass instead of holding them: less memory, more time, the same bits.",
                otherwise = "false",
                hashed = false)
        boolean recompute) {
    public RunBlock {
        Interval.check("threads", threads, "[0, 4096]");
        Interval.check("checkpoint_minutes", checkpointMinutes, "[0, 100000]");
    }

    /** Threads to use on this machine. */
    public int effectiveThreads() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
