/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment.file;

/** Block {@code run}. */
public record RunBlock(
        @Key(
                value = "Threads; no result depends on them.",
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
        String backend) {
    public RunBlock {
        Interval.check("threads", threads, "[0, 4096]");
    }

    /** Threads to use on this machine. */
    public int effectiveThreads() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
