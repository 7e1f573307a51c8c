/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles plug-ins and packs them, as a user's build would. */
public final class JarMaker {
    private final Map<String, String> sources = new TreeMap<>();
    private final Map<String, String> resources = new TreeMap<>();
    private final List<String> missing = new ArrayList<>();

    /** A jar of the sources and resources of a Maven module. */
    public static JarMaker ofModule(Path module) throws IOException {
        JarMaker maker = new JarMaker();
        each(module.resolve("src/main/java"), maker.sources);
        each(module.resolve("src/main/resources"), maker.resources);
        return maker;
    }

    private static void each(Path folder, Map<String, String> into) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                into.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
    }

    /** Adds a class of the package {@code hostile}. */
    public JarMaker source(String name, String text) {
        sources.put("hostile/" + name + ".java", "package hostile;\n" + text);
        return this;
    }

    /** Names providers of a service. */
    public JarMaker service(Class<?> service, String... providers) {
        resources.put("META-INF/services/" + service.getName(), String.join("\n", providers));
        return this;
    }

    /** Writes {@code Class-Path} into the manifest. */
    public JarMaker classPath(String places) {
        resources.put("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nClass-Path: " + places + "\n");
        return this;
    }

    /** Leaves a class out of the jar that the others were compiled with. */
    public JarMaker without(String name) {
        missing.add("hostile/" + name + ".class");
        return this;
    }

    /** Compiles and packs. */
    public Path write(Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        Path classes = Files.createTempDirectory(jar.getParent(), "classes");
        try {
            compile(classes);
            Map<String, byte[]> entries = new TreeMap<>();
            resources.forEach((name, text) -> entries.put(name, text.getBytes(StandardCharsets.UTF_8)));
            try (Stream<Path> files = Files.walk(classes)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    entries.put(classes.relativize(file).toString(), Files.readAllBytes(file));
                }
            }
            entries.keySet().removeAll(missing);
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
                for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                    out.putNextEntry(new JarEntry(entry.getKey()));
                    out.write(entry.getValue());
                }
            }
        } finally {
            try (Stream<Path> files = Files.walk(classes)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
        return jar;
    }

    private void compile(Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, text) ->
                units.add(new SimpleJavaFileObject(URI.create("string:///" + name), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreErrors) {
                        return text;
                    }
                }));
        if (units.isEmpty()) {
            return;
        }
        StringWriter problems = new StringWriter();
        List<String> options =
                Arrays.asList("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
        assertThat(compiler.getTask(problems, null, null, options, null, units).call())
                .as(problems.toString())
                .isTrue();
    }
}
