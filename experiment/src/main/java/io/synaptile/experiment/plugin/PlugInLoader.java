/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;

/**
 * Loads the classes of one plug-in, below those of the product, from the places of its {@link ClassPath} alone, and passes each
 * through {@link EndingCalls}. Its jars stay open as long as the process runs: a plug-in loads its classes when it needs them.
 */
final class PlugInLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final PlugInJar jar;
    private final List<Place> places = new ArrayList<>();

    /** @throws IOException if a jar cannot be read */
    PlugInLoader(PlugInJar jar, ClassPath classPath, ClassLoader parent) throws IOException {
        // Without places of its own, because it would follow Class-Path to any place.
        super(jar.name(), new URL[0], parent);
        this.jar = jar;
        for (Path path : classPath.places()) {
            places.add(Files.isDirectory(path) ? new Folder(path) : Jar.open(path));
        }
    }

    PlugInJar jar() {
        return jar;
    }

    /** Where classes and other files come from. */
    private sealed interface Place {
        Path path();

        /** Where a file is; null if it is not there. */
        URL find(String name) throws IOException;

        /** A file's bytes; null if it is not there. */
        byte[] read(String name) throws IOException;

        /** May be null. */
        Manifest manifest() throws IOException;
    }

    private record Folder(Path path) implements Place {
        @Override
        public URL find(String name) throws IOException {
            Path file = path.resolve(name);
            return Files.exists(file) ? file.toUri().toURL() : null;
        }

        @Override
        public byte[] read(String name) throws IOException {
            Path file = path.resolve(name);
            return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
        }

        @Override
        public Manifest manifest() {
            return null;
        }
    }

    private record Jar(Path path, JarFile file) implements Place {
        static Jar open(Path path) throws IOException {
            return new Jar(path, new JarFile(path.toFile(), true, ZipFile.OPEN_READ, JarFile.runtimeVersion()));
        }

        @Override
        public URL find(String name) throws IOException {
            JarEntry entry = file.getJarEntry(name);
            if (entry == null) {
                return null;
            }
            try {
                String inside = new URI(null, null, "/" + entry.getRealName(), null).getRawPath();
                return URI.create("jar:" + path.toUri() + "!" + inside).toURL();
            } catch (URISyntaxException e) {
                throw new IOException(path + " has an entry whose name cannot be written: " + name, e);
            }
        }

        @Override
        public byte[] read(String name) throws IOException {
            JarEntry entry = file.getJarEntry(name);
            if (entry == null) {
                return null;
            }
            try (InputStream in = file.getInputStream(entry)) {
                return in.readAllBytes();
            }
        }

        @Override
        public Manifest manifest() throws IOException {
            return file.getManifest();
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String file = name.replace('.', '/') + ".class";
        try {
            for (Place place : places) {
                byte[] bytes = place.read(file);
                if (bytes != null) {
                    return define(name, bytes, place);
                }
            }
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
        throw new ClassNotFoundException(name);
    }

    private Class<?> define(String name, byte[] bytes, Place place) throws IOException {
        URL url = place.path().toUri().toURL();
        int end = name.lastIndexOf('.');
        if (end > 0 && getDefinedPackage(name.substring(0, end)) == null) {
            described(name.substring(0, end), place.manifest(), url);
        }
        byte[] safe;
        try {
            safe = EndingCalls.replaced(bytes, this);
        } catch (IllegalArgumentException e) {
            throw (ClassFormatError) new ClassFormatError(name + ": " + e.getMessage()).initCause(e);
        }
        return defineClass(name, safe, 0, safe.length, new CodeSource(url, (CodeSigner[]) null));
    }

    private Package described(String name, Manifest manifest, URL url) {
        try {
            return definePackage(name, manifest == null ? new Manifest() : manifest, url);
        } catch (IllegalArgumentException e) {
            // Another thread was first.
            return getDefinedPackage(name);
        }
    }

    @Override
    public URL findResource(String name) {
        Enumeration<URL> all = findResources(name);
        return all.hasMoreElements() ? all.nextElement() : null;
    }

    @Override
    public Enumeration<URL> findResources(String name) {
        List<URL> found = new ArrayList<>();
        try {
            for (Place place : places) {
                URL url = place.find(name);
                if (url != null) {
                    found.add(url);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Collections.enumeration(found);
    }
}
