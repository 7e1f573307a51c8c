/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.devices.cost.EnergyTable;
import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.experiment.plugin.Sort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

/** The energy tables that can be named. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description =
                "Lists the energy tables that can be named: prices, technology nodes, what they describe, origin.",
        footerHeading = "%nExamples:%n",
        footer = "  synaptile energy list --json")
final class EnergyListCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private PlugInOptions plugInOptions;

    @Mixin
    private ReportingOptions reporting;

    EnergyListCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        PlugIns plugIns = plugInOptions.load();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (PlugIns.Part part : plugIns.parts()) {
            if (part.sort() == Sort.ENERGY_TABLE) {
                EnergyTable table = plugIns.energyTable(part.name());
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("name", part.name());
                row.put("prices", table.entries().size());
                row.put("nodes_nm", table.nodesNanometres());
                row.put("description", part.description());
                row.put("origin", part.origin());
                rows.add(row);
            }
        }
        if (reporting.json()) {
            streams.out().println(JsonMapper.shared().writeValueAsString(rows));
        } else {
            rows.forEach(row -> streams.out()
                    .printf(
                            Locale.ROOT,
                            "%-16s %3s prices  nodes %-14s  %s  [%s]%n",
                            row.get("name"),
                            row.get("prices"),
                            row.get("nodes_nm"),
                            row.get("description"),
                            row.get("origin")));
        }
        PlugInOptions.tell(plugIns, streams.err());
        return plugIns.refusals().isEmpty() ? ExitCode.OK : ExitCode.USER_ERROR;
    }
}
