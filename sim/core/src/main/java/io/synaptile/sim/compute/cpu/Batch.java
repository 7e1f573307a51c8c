/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.LayerActivity;

/**
 * One pass of a batch through the stages.
 *
 * @param first sample of the input that is sample 0 here
 * @param samples samples of this pass
 * @param activity counters by node id, or null in training
 */
record Batch(InputBatch input, int first, int samples, boolean training, LayerActivity[] activity) {
    int steps() {
        return input.timeSteps();
    }

    int maps() {
        return samples * steps();
    }
}
