/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.plugin;

import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellModels;
import io.synaptile.sim.io.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The jars of a folder and what they provide. Each jar has its own class loader, below that of the product, so two plug-ins may
 * bring different versions of a library. What cannot be loaded is kept as a refusal and hinders nothing else.
 */
public final class PlugIns {
    /** Installations without plug-ins. */
    public static final PlugIns NONE = new PlugIns(List.of());

    private static final String BUILT_IN = "built in";

    private final SortedMap<String, CellModelProvider> cells = new TreeMap<>();
    private final List<String> refusals = new ArrayList<>();

    private PlugIns(List<Path> jars) {
        CellModels.load().providers().forEach(provider -> cells.put(provider.kind(), provider));
        jars.forEach(this::load);
    }

    /**
     * Everything that the jars of a folder provide, beside what is built in.
     *
     * @throws IllegalArgumentException if there is no such folder
     */
    public static PlugIns in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("--plugins " + folder + ": no such folder");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return new PlugIns(
                    files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                            .sorted()
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
        }
    }

    /** What one jar provides, beside what is built in. */
    public static PlugIns ofJar(Path jar) {
        return new PlugIns(List.of(jar));
    }

    /** Cells that are built in and cells of plug-ins. */
    public CellModels cells() {
        return new CellModels(cells.values());
    }

    /** Cells of plug-ins, in the order of their kinds. */
    public List<CellModelProvider> own() {
        return cells.values().stream()
                .filter(provider -> jar(provider).isPresent())
                .toList();
    }

    /** Name of the jar that a provider is from, or {@code built in}. */
    public String origin(CellModelProvider provider) {
        return jar(provider).map(PlugInJar::name).orElse(BUILT_IN);
    }

    /** A provider as its author wrote it, whose mistakes are not turned into exceptions that name its jar. */
    public CellModelProvider unguarded(CellModelProvider provider) {
        return provider instanceof GuardedCellProvider guarded ? guarded.provider() : provider;
    }

    private static Optional<PlugInJar> jar(CellModelProvider provider) {
        return provider instanceof GuardedCellProvider guarded ? Optional.of(guarded.jar()) : Optional.empty();
    }

    /** The jars that any of these cell kinds comes from, by name. */
    public List<PlugInJar> jarsOf(Collection<String> cellKinds) {
        SortedMap<String, PlugInJar> jars = new TreeMap<>();
        cellKinds.stream()
                .map(cells::get)
                .flatMap(provider -> jar(provider).stream())
                .forEach(jar -> jars.put(jar.name(), jar));
        return List.copyOf(jars.values());
    }

    /** One line for everything that was not loaded, naming its jar. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    private void load(Path path) {
        URL url;
        try (JarFile _ = new JarFile(path.toFile())) {
            url = path.toUri().toURL();
        } catch (IOException e) {
            refuse(path, "is not a jar that can be read: " + e.getMessage());
            return;
        }
        PlugInJar jar = new PlugInJar(path, Sha256.of(path));
        // Stays open as long as the process runs: a plug-in loads its classes when it needs them.
        ClassLoader loader =
                new URLClassLoader(path.getFileName().toString(), new URL[] {url}, PlugIns.class.getClassLoader());
        int before = cells.size() + refusals.size();
        for (CellModelProvider provider : providers(CellModelProvider.class, jar, loader)) {
            add(provider, jar);
        }
        if (cells.size() + refusals.size() == before) {
            refuse(path, "provides nothing: META-INF/services/" + CellModelProvider.class.getName() + " is missing");
        }
    }

    private void add(CellModelProvider provider, PlugInJar jar) {
        try {
            GuardedCellProvider guarded = new GuardedCellProvider(provider, jar);
            CellModelProvider other = cells.putIfAbsent(guarded.kind(), guarded);
            if (other != null) {
                String place = origin(other);
                refuse(
                        jar.path(),
                        "cell " + guarded.kind() + " is there already, "
                                + (place.equals(BUILT_IN) ? place : "in " + place));
            }
        } catch (PlugInException e) {
            refusals.add(e.getMessage());
        }
    }

    /** The providers of one kind that a jar itself has. */
    private <P> List<P> providers(Class<P> service, PlugInJar jar, ClassLoader loader) {
        List<P> found = new ArrayList<>();
        Iterator<P> each = ServiceLoader.load(service, loader).iterator();
        String last = "";
        while (true) {
            try {
                if (!each.hasNext()) {
                    return found;
                }
                P provider = each.next();
                if (provider.getClass().getClassLoader() == loader) {
                    found.add(provider);
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                String problem = problem(service, e);
                // A loader that cannot get past a mistake repeats it for ever.
                if (problem.equals(last)) {
                    return found;
                }
                last = problem;
                refuse(jar.path(), problem);
            }
        }
    }

    private static String problem(Class<?> service, Error e) {
        String message = String.valueOf(e.getMessage()).replace(service.getName() + ": ", "");
        return "cannot be loaded: " + message + (e.getCause() == null ? "" : ": " + Guard.told(e.getCause()));
    }

    private void refuse(Path jar, String problem) {
        refusals.add("plug-in " + jar.getFileName() + " " + problem);
    }
}
