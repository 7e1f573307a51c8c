/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes cell models from the options of an experiment file; found by the service loader. */
public interface CellModelProvider extends ModelProvider<CellModel> {
    /** Value of {@code hardware.cell.kind} that selects this provider. */
    @Override
    String kind();

    /** Properties of a ready-made cell with their sources, for {@code device show}; none where the user gives them. */
    default List<CellFact> facts() {
        return List.of();
    }

    /**
     * Those of the options whose value names a file. The caller turns such a name into the path of a file that exists, seen
     * from where the name was written, before {@link #create} gets it.
     */
    default Set<String> files() {
        return Set.of();
    }

    /**
     * What the files of the options were taken for where that had to be found out, one line each.
     *
     * @param options that {@link #create} has made a model of
     */
    default List<String> notices(Map<String, Object> options) {
        return List.of();
    }

    /**
     * Makes a model.
     *
     * @param options by name; a nested key is written with dots, for example {@code programming.sigma}. Values are Boolean,
     *     Long, Double, String or a List of these; Path for one of {@link #files}
     * @throws IllegalArgumentException naming the option, its value and what is allowed
     */
    @Override
    CellModel create(Map<String, Object> options);
}
