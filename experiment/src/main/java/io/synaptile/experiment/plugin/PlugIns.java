/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellModels;
import io.synaptile.devices.NearestName;
import io.synaptile.devices.conformance.Finding;
import io.synaptile.devices.converter.AdcModelProvider;
import io.synaptile.devices.cost.EnergyTable;
import io.synaptile.devices.readout.ArrayReadoutProvider;
import io.synaptile.mapping.codec.WeightCodecProvider;
import io.synaptile.sim.io.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The jars of a folder and what they provide. Each jar has its own class loader, below that of the product, so two plug-ins may
 * bring different versions of a library. What cannot be loaded is kept as a refusal and hinders nothing else.
 */
public final class PlugIns {
    /** Installations without plug-ins. */
    public static final PlugIns NONE = new PlugIns(List.of(), Path.of(""), Patience.USUAL);

    static final String BUILT_IN = "built in";

    private final Map<Sort, Installed<?>> installed = new EnumMap<>(Sort.class);
    private final List<String> refusals = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final Path folder;
    private final Patience patience;

    private PlugIns(List<Path> jars, Path folder, Patience patience) {
        this.folder = folder;
        this.patience = patience;
        PartKind.ALL.forEach(kind -> installed.put(kind.sort(), new Installed<>(kind)));
        Set<Path> helpers = new HashSet<>();
        List<Path> empty = new ArrayList<>();
        jars.forEach(jar -> load(jar, helpers, empty));
        // A jar that others name in Class-Path need not provide anything.
        empty.stream()
                .filter(jar -> !helpers.contains(jar.toAbsolutePath().normalize()))
                .forEach(jar -> refuse(
                        jar,
                        "provides nothing: META-INF/services/"
                                + PartKind.CELLS.service().getName() + " is missing"));
    }

    /**
     * One part that can be named.
     *
     * @param name as in an experiment file
     * @param origin name of its jar, or {@code built in}
     */
    public record Part(Sort sort, String name, String description, String origin) {}

    /**
     * Everything that the jars of a folder provide, beside what is built in.
     *
     * @param patience with the loading of a jar, and with every call; see {@link OpenCalls#whenOver}
     * @throws IllegalArgumentException if there is no such folder
     */
    public static PlugIns in(Path folder, Patience patience) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("--plugins " + folder + ": no such folder");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return new PlugIns(
                    files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                            .sorted()
                            .toList(),
                    folder,
                    patience);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
        }
    }

    /** What one jar provides, beside what is built in; its folder is the one of plug-ins. */
    public static PlugIns ofJar(Path jar, Patience patience) {
        return new PlugIns(List.of(jar), jar.toAbsolutePath().getParent(), patience);
    }

    @SuppressWarnings("unchecked") // put there for the kind of that sort
    private <P> Installed<P> of(PartKind<P> kind) {
        return (Installed<P>) installed.get(kind.sort());
    }

    /** Cells that are built in and cells of plug-ins. */
    public CellModels cells() {
        return new CellModels(of(PartKind.CELLS).all());
    }

    /** Names of the codecs: those that are built in as they are documented, then those of plug-ins. */
    public List<String> codecs() {
        return of(PartKind.CODECS).names();
    }

    /**
     * The codec of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public WeightCodecProvider codec(String name) {
        return of(PartKind.CODECS).get(name);
    }

    /** Names of the energy tables: those that are built in, then those of plug-ins. */
    public List<String> energyTables() {
        return of(PartKind.ENERGY_TABLES).names();
    }

    /**
     * The energy table of a name.
     *
     * @throws IllegalArgumentException if there is none, or the plug-in cannot make it
     */
    public EnergyTable energyTable(String name) {
        return of(PartKind.ENERGY_TABLES).get(name).table();
    }

    /**
     * The converters of a kind.
     *
     * @throws IllegalArgumentException if there are none
     */
    public AdcModelProvider adc(String kind) {
        return of(PartKind.CONVERTERS).get(kind);
    }

    /**
     * The read-out of arrays of a kind.
     *
     * @throws IllegalArgumentException if there is none
     */
    public ArrayReadoutProvider arrayReadout(String kind) {
        return of(PartKind.ARRAY_READOUTS).get(kind);
    }

    /** That there is no part of a name, with the nearest there is and all there are. */
    public String unknownPart(String name) {
        return NearestName.unknown(
                        "part", name, parts().stream().map(Part::name).toList())
                + leftOut();
    }

    /** Everything that can be named, sort by sort. */
    public List<Part> parts() {
        return PartKind.ALL.stream().flatMap(kind -> of(kind).named().stream()).toList();
    }

    /**
     * A part with the suite that holds it against its contract.
     *
     * @param sort as of {@link Part}
     * @param fromPlugIn whether it is not built in
     * @param suite from the options that the part is made with; the part is as its author wrote it, so that a mistake is found
     *     and not turned into an exception that names its jar
     */
    public record Checkable(
            Sort sort, String name, boolean fromPlugIn, Function<Map<String, Object>, List<Finding>> suite) {}

    /** Everything that can be named, as it can be checked; in the order of {@link #parts}. */
    public List<Checkable> checkable() {
        return PartKind.ALL.stream()
                .flatMap(kind -> of(kind).checkable().stream())
                .toList();
    }

    /** Name of the jar that a cell is from, or {@code built in}. */
    public String origin(CellModelProvider provider) {
        return of(PartKind.CELLS).origin(provider.kind());
    }

    /**
     * The jars that any of these parts comes from, by name.
     *
     * @param names of the parts of each sort
     */
    public List<PlugInJar> jarsOf(Map<Sort, Collection<String>> names) {
        SortedMap<String, PlugInJar> jars = new TreeMap<>();
        names.forEach((sort, parts) -> parts.stream()
                .map(installed.get(sort)::jar)
                .flatMap(Optional::stream)
                .forEach(jar -> jars.put(jar.name(), jar)));
        return List.copyOf(jars.values());
    }

    /** One line for everything that was not loaded, naming its jar. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** One line for everything of jars that were loaded that is not used, naming the jar. */
    public List<String> notices() {
        return List.copyOf(notices);
    }

    /** What was not loaded, as it follows a message about something that is missing; empty if nothing. */
    public String leftOut() {
        return refusals.isEmpty() ? "" : "; left out: " + String.join("; ", refusals);
    }

    /**
     * Loads one jar.
     *
     * @param helpers receives the jars that it names in {@code Class-Path}
     * @param empty receives it if it provides nothing
     */
    private void load(Path path, Set<Path> helpers, List<Path> empty) {
        ClassPath classPath;
        PlugInJar jar;
        ClassLoader loader;
        try {
            classPath = ClassPath.of(path, folder);
            jar = new PlugInJar(path, Sha256.of(path), classPath.further(folder), patience);
            loader = new PlugInLoader(jar, classPath, PlugIns.class.getClassLoader());
        } catch (IOException e) {
            refusals.add("plug-in " + path.getFileName() + " is not a jar that can be read: " + e.getMessage());
            return;
        }
        helpers.addAll(classPath.places().subList(1, classPath.places().size()));
        OwnThreads.watch(jar);
        OpenCalls.begin();
        List<String> before = List.copyOf(refusals);
        provide(jar, loader, empty);
        ignored(jar, classPath, !before.equals(refusals));
    }

    private void provide(PlugInJar jar, ClassLoader loader, List<Path> empty) {
        try {
            List<Runnable> found = patience.load(jar, () -> found(jar, loader));
            if (jar.misdeed().isPresent()) {
                refuse(jar.path(), jar.misdeed().get());
            } else if (found.isEmpty()) {
                empty.add(jar.path());
            } else {
                found.forEach(Runnable::run);
            }
        } catch (PlugInException e) {
            refusals.add(e.getMessage());
        }
    }

    /** Says what {@code Class-Path} names in vain: beside a refusal, whose reason it may be. */
    private void ignored(PlugInJar jar, ClassPath classPath, boolean refused) {
        if (classPath.outside().isEmpty()) {
            return;
        }
        String ignored = "its Class-Path names " + String.join(", ", classPath.outside())
                + ", outside the folder of plug-ins, which is ignored";
        if (refused) {
            refusals.set(refusals.size() - 1, refusals.getLast() + "; " + ignored);
        } else {
            notices.add("plug-in " + jar.name() + ": " + ignored);
        }
    }

    /** What is to be done about everything that a jar has: each runs code of the jar no more. */
    private List<Runnable> found(PlugInJar jar, ClassLoader loader) {
        List<Runnable> found = new ArrayList<>();
        PartKind.ALL.forEach(kind -> find(kind, jar, loader, found));
        return found;
    }

    /**
     * Finds the parts of one kind that a jar has.
     *
     * @param found receives what adds or refuses them
     */
    private <P> void find(PartKind<P> kind, PlugInJar jar, ClassLoader loader, List<Runnable> found) {
        for (P provider : providers(kind.service(), jar, loader, found)) {
            try {
                P guarded = kind.guard().apply(provider, jar);
                String known = kind.name().apply(guarded);
                found.add(() -> of(kind).add(known, guarded, jar).ifPresent(problem -> refuse(jar.path(), problem)));
            } catch (PlugInException e) {
                found.add(() -> refusals.add(e.getMessage()));
            }
        }
    }

    /** The providers of one sort that a jar itself has. */
    private <P> List<P> providers(Class<P> service, PlugInJar jar, ClassLoader loader, List<Runnable> refused) {
        List<P> own = new ArrayList<>();
        Iterator<P> each = ServiceLoader.load(service, loader).iterator();
        String last = "";
        while (true) {
            try {
                if (!each.hasNext()) {
                    return own;
                }
                P provider = each.next();
                if (provider.getClass().getClassLoader() == loader) {
                    own.add(provider);
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                String problem = problem(service, e);
                // A loader that cannot get past a mistake repeats it for ever.
                if (problem.equals(last)) {
                    return own;
                }
                last = problem;
                refused.add(() -> refuse(jar.path(), problem));
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
