/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Finds the installed backends. */
public final class Backends {
    private Backends() {}

    /** Ids of the installed backends, sorted. */
    public static List<String> ids() {
        return List.copyOf(installed().keySet());
    }

    /**
     * The backend with that id.
     *
     * @throws IllegalArgumentException naming the installed ones if there is none
     */
    public static ComputeBackend open(String id) {
        ComputeBackend backend = installed().get(id);
        if (backend == null) {
            throw new IllegalArgumentException(
                    "backend '" + id + "' is not installed; installed: " + String.join(", ", ids()));
        }
        return backend;
    }

    private static TreeMap<String, ComputeBackend> installed() {
        TreeMap<String, ComputeBackend> found = new TreeMap<>();
        ServiceLoader.load(ComputeBackend.class).forEach(backend -> found.put(backend.id(), backend));
        return found;
    }
}
