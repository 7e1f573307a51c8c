/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes cell models from the options of an experiment file; found by the service loader. */
public interface CellModelProvider {
    /** Value of {@code hardware.cell.kind} that selects this provider. */
    String kind();

    /** One line for {@code device list}. */
    String description();

    /** Properties of a ready-made cell with their sources, for {@code device show}; none where the user gives them. */
    default List<CellFact> facts() {
        return List.of();
    }

    /** Names of the options that {@link #create} understands. */
    Set<String> options();

    /**
     * Makes a model.
     *
     * @param options by name; a nested key is written with dots, for example {@code programming.sigma}. Values are Boolean,
     *     Long, Double, String or a List of these
     * @throws IllegalArgumentException naming the option, its value and what is allowed
     */
    CellModel create(Map<String, Object> options);
}
