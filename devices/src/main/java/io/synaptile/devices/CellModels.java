/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The cell kinds that can be asked for by name: those of this module and those of plug-ins. */
public final class CellModels {
    private final SortedMap<String, CellModelProvider> providers = new TreeMap<>();

    /**
     * Collects providers.
     *
     * @throws IllegalArgumentException if two providers claim the same kind
     */
    public CellModels(Iterable<? extends CellModelProvider> providers) {
        for (CellModelProvider provider : providers) {
            CellModelProvider other = this.providers.putIfAbsent(provider.kind(), provider);
            if (other != null) {
                throw new IllegalArgumentException("cell kind '" + provider.kind() + "' is provided twice, by "
                        + other.getClass().getName() + " and "
                        + provider.getClass().getName());
            }
        }
    }

    /** Every provider the service loader finds from this module's class loader. */
    public static CellModels load() {
        return load(CellModels.class.getClassLoader());
    }

    /** Every provider the service loader finds from a class loader, for example that of a plug-in folder. */
    public static CellModels load(ClassLoader loader) {
        return new CellModels(ServiceLoader.load(CellModelProvider.class, loader));
    }

    /** All providers in the order of their kinds. */
    public Collection<CellModelProvider> providers() {
        return List.copyOf(providers.values());
    }

    /**
     * The provider of a kind.
     *
     * @throws IllegalArgumentException naming the nearest known kind and all known kinds
     */
    public CellModelProvider provider(String kind) {
        CellModelProvider provider = providers.get(kind);
        if (provider == null) {
            throw new IllegalArgumentException(
                    NearestName.unknown("cell kind", kind, new ArrayList<>(providers.keySet())));
        }
        return provider;
    }

    /**
     * Makes a model of a kind.
     *
     * @param options as in {@link CellModelProvider#create}
     * @throws IllegalArgumentException for an unknown kind or option, naming the nearest known one, and for a value that the
     *     kind refuses
     */
    public CellModel create(String kind, Map<String, Object> options) {
        CellModelProvider provider = provider(kind);
        Set<String> known = provider.options();
        CellOptions.requireKnown(kind, options, known);
        return provider.create(options);
    }
}
