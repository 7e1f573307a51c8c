/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.cli.plugin.PlugInJar;
import io.synaptile.cli.plugin.PlugIns;
import io.synaptile.devices.CellFact;
import io.synaptile.devices.CellModelProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Lists memory cells. */
@Command(
        name = "device",
        mixinStandardHelpOptions = true,
        description = "Lists the memory cells that can be named in hardware.cell.kind.",
        subcommands = {DeviceCommand.ListDevices.class, DeviceCommand.Show.class},
        footerHeading = "%nExamples:%n",
        footer = {"  synaptile device list", "  synaptile device show rram"})
final class DeviceCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is needed: list or show");
    }

    private static String origin(PlugIns plugIns, CellModelProvider provider) {
        return plugIns.origin(provider).map(PlugInJar::name).orElse("built in");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the installed cells and where they come from.",
            footerHeading = "%nExamples:%n",
            footer = "  synaptile device list --json")
    static final class ListDevices implements Callable<Integer> {
        private final Streams streams;

        @Mixin
        private PlugInOptions plugInOptions;

        @Mixin
        private ReportingOptions reporting;

        ListDevices(Streams streams) {
            this.streams = streams;
        }

        @Override
        public Integer call() {
            List<Map<String, String>> rows = new ArrayList<>();
            PlugIns plugIns = plugInOptions.load();
            for (CellModelProvider provider : plugIns.cells().providers()) {
                Map<String, String> row = new LinkedHashMap<>();
                row.put("kind", provider.kind());
                row.put("description", provider.description());
                row.put("origin", origin(plugIns, provider));
                rows.add(row);
            }
            if (reporting.json()) {
                streams.out().println(JsonMapper.shared().writeValueAsString(rows));
            } else {
                rows.forEach(row -> streams.out()
                        .printf("%-14s %s  [%s]%n", row.get("kind"), row.get("description"), row.get("origin")));
            }
            PlugInOptions.tell(plugIns, streams.err());
            return plugIns.refusals().isEmpty() ? ExitCode.OK : ExitCode.USER_ERROR;
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows the options of one cell.",
            footerHeading = "%nExamples:%n",
            footer = "  synaptile device show rram")
    static final class Show implements Callable<Integer> {
        private final Streams streams;

        @Mixin
        private PlugInOptions plugInOptions;

        @Mixin
        private ReportingOptions reporting;

        @Parameters(paramLabel = "KIND", description = "Kind of cell, as in hardware.cell.kind.")
        private String kind;

        Show(Streams streams) {
            this.streams = streams;
        }

        @Override
        public Integer call() {
            PlugIns plugIns = plugInOptions.load();
            CellModelProvider provider = plugIns.cells().provider(kind);
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("kind", provider.kind());
            shown.put("description", provider.description());
            shown.put("origin", origin(plugIns, provider));
            shown.put("options", new TreeSet<>(provider.options()));
            if (reporting.json()) {
                shown.put("facts", provider.facts());
                streams.out().println(JsonMapper.shared().writeValueAsString(shown));
            } else {
                shown.forEach((name, value) -> streams.out().printf("%-12s %s%n", name, value));
                for (CellFact fact : provider.facts()) {
                    streams.out().printf("%s: %s  [%s]%n", fact.name(), fact.value(), fact.source());
                }
            }
            return ExitCode.OK;
        }
    }
}
