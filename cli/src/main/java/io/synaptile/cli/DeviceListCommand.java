/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.cli.plugin.PlugIns;
import io.synaptile.devices.CellModelProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

/** What can be named. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the installed cells and where they come from.",
        footerHeading = "%nExamples:%n",
        footer = {"  synaptile device list --json", "  synaptile device list --plugins my-cells/target"})
final class DeviceListCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private PlugInOptions plugInOptions;

    @Mixin
    private ReportingOptions reporting;

    DeviceListCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        PlugIns plugIns = plugInOptions.load();
        List<Map<String, String>> rows = new ArrayList<>();
        for (CellModelProvider provider : plugIns.cells().providers()) {
            Map<String, String> row = new LinkedHashMap<>();
            row.put("kind", provider.kind());
            row.put("description", provider.description());
            row.put("origin", plugIns.origin(provider));
            rows.add(row);
        }
        if (reporting.json()) {
            streams.out().println(JsonMapper.shared().writeValueAsString(rows));
        } else {
            int widest = rows.stream()
                    .mapToInt(row -> row.get("kind").length())
                    .max()
                    .orElse(1);
            rows.forEach(row -> streams.out()
                    .printf(
                            "%-" + widest + "s  %s  [%s]%n",
                            row.get("kind"),
                            row.get("description"),
                            row.get("origin")));
        }
        PlugInOptions.tell(plugIns, streams.err());
        return plugIns.refusals().isEmpty() ? ExitCode.OK : ExitCode.USER_ERROR;
    }
}
