/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.devices.cost.EnergyTable;
import io.synaptile.experiment.plugin.PlugIns;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** The prices of one energy table. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows what the events of an energy table cost, each with node, word width and source.",
        footerHeading = "%nExamples:%n",
        footer = {"  synaptile energy show isaac32", "  synaptile energy show my-chip.csv --json"})
final class EnergyShowCommand implements Callable<Integer> {
    private static final String CSV = ".csv";

    private final Streams streams;

    @Mixin
    private PlugInOptions plugInOptions;

    @Mixin
    private ReportingOptions reporting;

    @Parameters(paramLabel = "NAME", description = "Name of an energy table, or your own CSV file.")
    private String name;

    EnergyShowCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        PlugIns plugIns = plugInOptions.load();
        EnergyTable table = name.endsWith(CSV)
                ? EnergyTable.read(Path.of(name), notice -> streams.err().println("synaptile: " + notice))
                : plugIns.energyTable(name);
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", name);
        shown.putAll(EnergyTableText.facts(table));
        if (reporting.json()) {
            streams.out().println(JsonMapper.shared().writeValueAsString(shown));
        } else {
            List<?> prices = (List<?>) shown.remove(EnergyTableText.PRICES);
            shown.forEach((fact, value) -> streams.out().printf("%-12s %s%n", fact, value));
            EnergyTableText.print(prices, streams.out());
        }
        PlugInOptions.tell(plugIns, streams.err());
        return ExitCode.OK;
    }
}
