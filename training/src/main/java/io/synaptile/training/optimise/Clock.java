/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

/**
 * Where a training stands when the learning rate of a step is asked for.
 *
 * @param step number of the step in the whole training, from 0
 * @param of steps of the whole training, every epoch having as many
 * @param epoch of the step, from 0
 */
public record Clock(long step, long of, int epoch) {
    public Clock {
        if (step < 0 || step >= of || epoch < 0) {
            throw new IllegalArgumentException("step " + step + " of " + of + " in epoch " + epoch);
        }
    }

    /** The first step of a training of one. */
    public static Clock start() {
        return new Clock(0, 1, 0);
    }

    /** Step of a batch. */
    public static Clock of(int epoch, int epochs, int batch, int batches) {
        return new Clock((long) epoch * batches + batch, (long) epochs * batches, epoch);
    }

    /** Last step of an epoch. */
    public static Clock endOf(int epoch, int epochs, int batches) {
        return of(epoch, epochs, batches - 1, batches);
    }
}
