/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import io.synaptile.text.message.RefusedException;

/** The two parts in which a set is published. */
public record DatasetParts(Dataset train, Dataset test) {
    public DatasetParts {
        if (!train.shape().equals(test.shape())
                || train.classes() != test.classes()
                || train.frames() != test.frames()) {
            throw new IllegalArgumentException("data set " + train.name() + ": training part has " + train.shape()
                    + " in " + train.frames() + " frames and " + train.classes() + " classes, test part " + test.shape()
                    + " in " + test.frames() + " and " + test.classes());
        }
    }

    /**
     * Sets the last part of the training samples aside for validation, without shuffling.
     *
     * @param validationFraction 0 (nothing) to 1 (excluded); the number of samples is rounded down
     */
    public DatasetSplits split(double validationFraction) {
        if (!(validationFraction >= 0 && validationFraction < 1)) {
            throw RefusedException.mustBe(DataProperty.VALIDATION, "0 (included) to 1 (excluded)", validationFraction);
        }
        int kept = train.size() - (int) (train.size() * validationFraction);
        return new DatasetSplits(train.slice(0, kept), train.slice(kept, train.size()), test);
    }
}
