/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.cli.plugin.PlugIns;
import io.synaptile.devices.CellFact;
import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** What can be set. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows the options of one cell: default, unit, what is allowed, meaning and source.",
        footerHeading = "%nExamples:%n",
        footer = "  synaptile device show rram")
final class DeviceShowCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private PlugInOptions plugInOptions;

    @Mixin
    private ReportingOptions reporting;

    @Parameters(paramLabel = "KIND", description = "Kind of cell, as in hardware.cell.kind.")
    private String kind;

    DeviceShowCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        PlugIns plugIns = plugInOptions.load();
        CellModelProvider provider = plugIns.cells().provider(kind);
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("kind", provider.kind());
        shown.put("description", provider.description());
        shown.put("origin", plugIns.origin(provider));
        if (reporting.json()) {
            shown.put("options", provider.described());
            shown.put("facts", provider.facts());
            streams.out().println(JsonMapper.shared().writeValueAsString(shown));
        } else {
            shown.forEach((name, value) -> streams.out().printf(Locale.ROOT, "%-12s %s%n", name, value));
            print(provider);
            for (CellFact fact : provider.facts()) {
                streams.out().printf(Locale.ROOT, "%s: %s  [%s]%n", fact.name(), fact.value(), fact.source());
            }
        }
        PlugInOptions.tell(plugIns, streams.err());
        return ExitCode.OK;
    }

    private void print(CellModelProvider provider) {
        int widest = provider.options().stream().mapToInt(String::length).max().orElse(0);
        for (CellOption option : provider.described()) {
            String otherwise = option.otherwise().isEmpty() ? "-" : option.otherwise();
            String unit = option.unit().isEmpty() ? "" : " " + option.unit();
            String allowed = option.allowed().isEmpty() ? "" : "; " + option.allowed();
            String source = option.source().isEmpty() ? "" : " [" + option.source() + "]";
            streams.out()
                    .printf(
                            Locale.ROOT,
                            "  %-" + Math.max(1, widest) + "s  %-12s %s%n",
                            option.name(),
                            otherwise + unit,
                            option.meaning() + allowed + source);
        }
    }
}
