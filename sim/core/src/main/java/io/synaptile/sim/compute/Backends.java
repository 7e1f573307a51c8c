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
     * The backend with that id, on its default device or, after a colon, the named one: {@code tornado}, {@code tornado:0}.
     *
     * @throws IllegalArgumentException naming the installed ones if there is none, or if it has no such device
     */
    public static ComputeBackend open(String id) {
        int colon = id.indexOf(':');
        String name = colon < 0 ? id : id.substring(0, colon);
        TreeMap<String, ComputeBackend> installed = installed();
        ComputeBackend backend = installed.get(name);
        if (backend == null) {
            throw new IllegalArgumentException(
                    "backend '" + name + "' is not installed; installed: " + String.join(", ", installed.keySet()));
        }
        return colon < 0 ? backend : backend.select(id.substring(colon + 1));
    }

    private static TreeMap<String, ComputeBackend> installed() {
        TreeMap<String, ComputeBackend> found = new TreeMap<>();
        ServiceLoader.load(ComputeBackend.class).forEach(backend -> found.put(backend.id(), backend));
        return found;
    }
}
