/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellModels;
import io.synaptile.sim.compute.Backends;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

/** Shows what this machine offers. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Shows the Java machine, backends, cells and memory this installation finds.",
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
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("synaptile", Product.version());
        found.put("java", Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
        found.put("java_home", System.getProperty("java.home"));
        found.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        boolean vector = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        found.put("vector_module", vector ? "present" : "missing: kernels run without vector instructions");
        found.put("processors", Runtime.getRuntime().availableProcessors());
        found.put("heap_limit_MiB", Runtime.getRuntime().maxMemory() / MIB);
        Map<String, Object> backends = new LinkedHashMap<>();
        for (String id : Backends.ids()) {
            backends.put(id, Backends.open(id).description());
        }
        found.put("backends", backends);
        found.put("cells", kinds());
        String data = System.getenv("SYNAPTILE_DATA");
        found.put("SYNAPTILE_DATA", data == null ? "not set" : data);
        if (reporting.json()) {
            streams.out().println(JsonMapper.shared().writeValueAsString(found));
        } else {
            found.forEach((name, value) -> streams.out().printf("%-16s %s%n", name, value));
        }
        return backends.isEmpty() ? ExitCode.FAILURE : ExitCode.OK;
    }

    private static List<String> kinds() {
        return CellModels.load().providers().stream()
                .map(CellModelProvider::kind)
                .toList();
    }
}
