/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What computed a run, for the manifest.
 *
 * @param id of the backend
 * @param description of the backend and its device
 * @param chosenBecause why it is that one, where the choice was left to the product
 * @param arrays what computed the arrays that are read, where it was another backend
 */
public record BackendFacts(String id, String description, Optional<String> chosenBecause, Optional<Arrays> arrays) {
    /**
     * The backend that computed arrays.
     *
     * @param layers names of the layers whose arrays are read
     * @param id of the backend
     * @param description of the backend and its device
     */
    public record Arrays(List<String> layers, String id, String description) {
        public Arrays {
            layers = List.copyOf(layers);
        }
    }

    /** The same with arrays that another backend computed. */
    public BackendFacts with(Arrays other) {
        return new BackendFacts(id, description, chosenBecause, Optional.of(other));
    }

    /** As they stand in a manifest. */
    SortedMap<String, Object> entries() {
        SortedMap<String, Object> entries = new TreeMap<>();
        entries.put("id", id);
        entries.put("description", description);
        chosenBecause.ifPresent(why -> entries.put("chosen_because", why));
        arrays.ifPresent(own -> entries.put(
                "array_readouts",
                Map.of("layers", own.layers(), "computed_by", own.id(), "description", own.description())));
        return entries;
    }
}
