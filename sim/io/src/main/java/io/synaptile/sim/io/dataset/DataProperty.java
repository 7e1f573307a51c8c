/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import io.synaptile.text.message.Property;

/** What a {@link DataRequest} says and a refusal may name. */
public enum DataProperty implements Property {
    SET("the data set"),
    /** Where the files are looked for. */
    FOLDER("the folder of the data set"),
    TRAIN_FILES("the training files"),
    TEST_FILES("the test files"),
    /** Fraction of the training part that is set aside. */
    VALIDATION("the validation fraction");

    private final String words;

    DataProperty(String words) {
        this.words = words;
    }

    @Override
    public String words() {
        return words;
    }
}
