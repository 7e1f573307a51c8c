/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes models of one kind from the options of an experiment file.
 *
 * @param <M> what is made
 */
public interface ModelProvider<M> {
    /** Value of {@code kind} in the experiment file that selects this provider. */
    String kind();

    /** One line for {@code device list}. */
    String description();

    /** Names of the options that {@link #create} understands. */
    Set<String> options();

    /** The options as {@code device show} tells them, in the order to show; the bare names unless overridden. */
    default List<CellOption> described() {
        return options().stream().sorted().map(CellOption::named).toList();
    }

    /**
     * Makes a model.
     *
     * @param options by name; Boolean, Long, Double, String or a list of these
     * @throws IllegalArgumentException beginning with the name of the option, with its value and what is allowed
     */
    M create(Map<String, Object> options);
}
