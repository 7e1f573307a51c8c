/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.BatchActivity;
import io.synaptile.sim.compute.InputBatch;

/**
 * One pass of a batch through the stages.
 *
 * @param first sample of the input that is sample 0 here
 * @param samples samples of this pass
 * @param activity counters by node id, or null in training
 */
record Batch(InputBatch input, int first, int samples, boolean training, BatchActivity[] activity) {
    int steps() {
        return input.timeSteps();
    }

    int maps() {
        return samples * steps();
    }

    /** Index of a map, {@code n * steps + t}, in the activity. */
    int place(int map) {
        return map % steps() * input.samples() + first + map / steps();
    }
}
