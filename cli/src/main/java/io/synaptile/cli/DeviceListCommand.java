/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.plugin.PlugIns;
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
        description =
                "Lists the cells, codecs, energy tables, converters and array read-outs that can be named: what they are and where they come from.",
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
        for (PlugIns.Part part : plugIns.parts()) {
            Map<String, String> row = new LinkedHashMap<>();
            row.put("sort", part.sort().toString());
            row.put("kind", part.name());
            row.put("description", part.description());
            row.put("origin", part.origin());
            row.put("key", part.sort().key());
            rows.add(row);
        }
        if (reporting.json()) {
            streams.out().println(JsonMapper.shared().writeValueAsString(rows));
        } else {
            int widest = rows.stream()
                    .mapToInt(row -> row.get("kind").length())
                    .max()
                    .orElse(1);
            String line = "%-14s  %-" + widest + "s  %s  [%s]%n";
            rows.forEach(row -> streams.out().printf(line, row.values().toArray()));
        }
        PlugInOptions.tell(plugIns, streams.err());
        return plugIns.refusals().isEmpty() ? ExitCode.OK : ExitCode.USER_ERROR;
    }
}
