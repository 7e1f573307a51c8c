/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import io.synaptile.sim.io.DataFileException;
import java.util.List;
import java.util.Optional;

/** Reads a published image set, or files of a user's own of one format; implementations are found by the service loader. */
public interface DatasetReader {
    /** Name used in experiment files, for example {@code mnist}. */
    String id();

    /** One line for lists: what it is and how its files are called. */
    String description();

    /** Names of the published files without {@code .gz}, training part first. */
    List<String> files();

    /** Where the files can be had, as it follows "from". */
    String origin();

    /** Shape of an image and number of classes; empty for files of a user's own, where the files tell. */
    Optional<DataForm> form();

    /** Constants that normalise its images where the experiment does not say: those that {@link #read} gives them. */
    default NormalisationChoice usualNormalisation() {
        return new NormalisationChoice.Usual();
    }

    /** Part of the training samples used for validation where the experiment does not say. */
    double defaultValidationFraction();

    /**
     * Reads both parts; files of a user's own come without normalisation.
     *
     * @throws DataFileException if a file is missing or damaged
     */
    DatasetParts read(DataLocation location);
}
