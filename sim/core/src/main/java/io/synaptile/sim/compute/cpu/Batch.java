/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.BatchActivity;
import io.synaptile.sim.compute.InputBatch;

/**
 * One pass of a batch through the stages, or the piece of it that holds some of its steps.
 *
 * @param first sample of the input that is sample 0 here
 * @param samples samples of this pass
 * @param activity counters by node id, or null in training
 * @param from first step of the piece of the pass that stages are asked for
 * @param to first step after it
 */
record Batch(InputBatch input, int first, int samples, boolean training, BatchActivity[] activity, int from, int to) {
    /** All steps of a pass. */
    static Batch whole(InputBatch input, int first, int samples, boolean training, BatchActivity[] activity) {
        return new Batch(input, first, samples, training, activity, 0, input.timeSteps());
    }

    /** Whether this is all of the pass. */
    boolean isWhole() {
        return from == 0 && to == steps();
    }

    /** One step of the pass. */
    Batch at(int step) {
        return new Batch(input, first, samples, training, activity, step, step + 1);
    }

    /** Hands the maps of all samples at the steps of this piece to the workers. */
    void each(Workers workers, Workers.Task task) {
        int span = to - from;
        int steps = steps();
        workers.run(samples * span, (worker, i) -> task.run(worker, i / span * steps + from + i % span));
    }

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
