/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

/** Which epoch of a training becomes the model. */
public enum KeepRule {
    /** The one of highest validation accuracy, the earliest of equals. */
    BEST {
        @Override
        TrainingState.BestEpoch of(TrainingState end) {
            return end.best().orElseThrow(KeepRule::unfinished);
        }
    },
    /** The last, whatever its accuracy. */
    LAST {
        @Override
        TrainingState.BestEpoch of(TrainingState end) {
            if (end.history().isEmpty()) {
                throw unfinished();
            }
            EpochResult last = end.history().getLast();
            return end.asBest(last.epoch(), last.validationAccuracy());
        }
    };

    /**
     * That epoch with its parameters.
     *
     * @throws IllegalArgumentException if no epoch has been finished
     */
    abstract TrainingState.BestEpoch of(TrainingState end);

    private static IllegalArgumentException unfinished() {
        return new IllegalArgumentException("training state without a finished epoch");
    }
}
