/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.network.Shape;

/** Reads one published image set; implementations are found by the service loader. */
public interface DatasetReader {
    /** Name used in experiment files, for example {@code mnist}. */
    String id();

    /** One line for lists: what it is and how its files are called. */
    String description();

    /** Shape of one image. */
    Shape shape();

    /** Number of classes. */
    int classes();

    /** Part of the training samples used for validation where the experiment does not say. */
    double defaultValidationFraction();

    /**
     * Reads both parts.
     *
     * @throws DataFileException if a file is missing or damaged
     */
    DatasetParts read(DataLocation location);
}
