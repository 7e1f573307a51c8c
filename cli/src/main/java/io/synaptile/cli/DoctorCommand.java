/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellModels;
import io.synaptile.sim.compute.Backends;
import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.text.limit.FileLimit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

/** Shows what this machine offers. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Shows the Java virtual machine, backends, devices, cells and memory that this installation finds, and what to do about anything missing.",
        footerHeading = "%nExamples:%n",
        footer = {"  synaptile doctor", "  synaptile doctor --json"})
final class DoctorCommand implements Callable<Integer> {
    private static final long MIB = 1 << 20;

    private final Streams streams;

    @Mixin
    private ReportingOptions reporting;

    DoctorCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        List<String> advice = new ArrayList<>();
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("synaptile", Product.version());
        found.put("java", Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
        found.put("java_home", System.getProperty("java.home"));
        found.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        boolean vector = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        found.put("vector_module", vector ? "present" : "missing: kernels run without vector instructions");
        if (!vector) {
            advice.add("vector_module: start with the launcher, or with --add-modules jdk.incubator.vector");
        }
        found.put("processors", Runtime.getRuntime().availableProcessors());
        found.put("heap_limit_MiB", Runtime.getRuntime().maxMemory() / MIB);
        String home = System.getenv("TORNADOVM_HOME");
        boolean named = home != null && !home.isEmpty();
        found.put("TORNADOVM_HOME", named ? home : "not set");
        found.put("tornadovm_sdk", named ? TornadoSdk.in(Path.of(home)).describe() : "none");
        Map<String, Object> backends = new LinkedHashMap<>();
        Map<String, Object> devices = new LinkedHashMap<>();
        for (String id : Backends.ids()) {
            examine(Backends.open(id), backends, devices, advice);
        }
        found.put("backends", backends);
        found.put("devices", devices);
        found.put("cells", kinds());
        String data = System.getenv("SYNAPTILE_DATA");
        found.put("SYNAPTILE_DATA", data == null ? "not set" : data);
        FileLimit limit = FileLimit.current();
        found.put("largest_file_MiB", limit.bytes() / MIB + " (" + limit.origin() + ")");
        Product.withoutTornado().ifPresent(reason -> advice.add("tornado: " + reason));
        if (!backends.containsKey("nd4j")) {
            advice.add("nd4j: is built on the first use of --backend nd4j");
        }
        found.put("advice", advice);
        if (reporting.json()) {
            streams.out().println(JsonMapper.shared().writeValueAsString(found));
        } else {
            found.forEach(this::print);
        }
        return backends.isEmpty() ? ExitCode.FAILURE : ExitCode.OK;
    }

    private static void examine(
            ComputeBackend backend, Map<String, Object> backends, Map<String, Object> devices, List<String> advice) {
        try {
            backends.put(backend.id(), backend.description());
            List<String> choice = backend.devices();
            if (!choice.isEmpty()) {
                devices.put(backend.id(), choice);
                if (!backend.accelerated()) {
                    advice.add(backend.id() + ": none of its devices is a graphics processor, so backend cpu is faster;"
                            + " if there is one, install its driver");
                }
            }
        } catch (IllegalStateException e) {
            backends.put(backend.id(), "cannot be used");
            advice.add(backend.id() + ": " + e.getMessage());
        }
    }

    /** One line for a plain value, one for each member of the others. */
    private void print(String name, Object value) {
        List<String> lines = new ArrayList<>();
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((key, inner) -> {
                    if (inner instanceof List<?> list) {
                        list.forEach(item -> lines.add(key + ":" + item));
                    } else {
                        lines.add(key + ": " + inner);
                    }
                });
            case List<?> list -> list.forEach(item -> lines.add(item.toString()));
            default -> lines.add(value.toString());
        }
        if (lines.isEmpty()) {
            lines.add("none");
        }
        String label = name;
        for (String line : lines) {
            streams.out().printf(Locale.ROOT, "%-16s %s%n", label, line);
            label = "";
        }
    }

    private static List<String> kinds() {
        return CellModels.load().providers().stream()
                .map(CellModelProvider::kind)
                .toList();
    }
}
