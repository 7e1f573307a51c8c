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
    VALIDATION("the validation fraction"),
    /** Part of a user's samples that is set aside for testing. */
    TEST_SHARE("the test share"),
    /** Title of the column with the labels. */
    LABEL("the column of the labels"),
    TRAIN_IMAGES("the array of the training images"),
    /** Several inputs of a sample. */
    INPUTS("the names of the inputs"),
    TRAIN_LABELS("the array of the training labels"),
    TEST_IMAGES("the array of the test images"),
    TEST_LABELS("the array of the test labels"),
    /** Which axis of an array is what. */
    AXES("the axes of the arrays"),
    TRAIN_LENGTHS("the array of the lengths of the training samples"),
    TEST_LENGTHS("the array of the lengths of the test samples"),
    /** Frames that are joined to one. */
    BIN("the number of frames that are joined"),
    /** Change of a value that gives a spike. */
    DELTA("the change that gives a spike"),
    CHANNELS("the channels of the images"),
    SHAPE("the shape of the images"),
    CLASSES("the number of classes"),
    CLASS_NAMES("the names of the classes"),
    MEAN("the means of the normalisation"),
    DEVIATION("the deviations of the normalisation");

    private final String words;

    DataProperty(String words) {
        this.words = words;
    }

    @Override
    public String words() {
        return words;
    }
}
