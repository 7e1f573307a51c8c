/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.devices.CellFact;
import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellOption;
import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.mapping.codec.WeightCodecProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** What a part is and what can be set. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description =
                "Shows one cell, codec, energy table, converter or array read-out: what it is, and its options with default, unit, allowed values, meaning and source.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile device show rram",
            "  synaptile device show offset-column",
            "  synaptile device show telegraph --json"
        })
final class DeviceShowCommand implements Callable<Integer> {
    private static final String OPTIONS = "options";
    private static final String FACTS = "facts";

    private final Streams streams;

    @Mixin
    private PlugInOptions plugInOptions;

    @Mixin
    private ReportingOptions reporting;

    @Parameters(paramLabel = "NAME", description = "Name of a part, as 'synaptile device list' has it.")
    private String name;

    DeviceShowCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        PlugIns plugIns = plugInOptions.load();
        List<PlugIns.Part> parts = plugIns.parts().stream()
                .filter(part -> part.name().equals(name))
                .toList();
        if (parts.isEmpty()) {
            throw new IllegalArgumentException(plugIns.unknownPart(name));
        }
        List<Map<String, Object>> shown = new ArrayList<>();
        parts.forEach(part -> shown.add(described(plugIns, part)));
        if (reporting.json()) {
            streams.out().println(JsonMapper.shared().writeValueAsString(shown.size() == 1 ? shown.getFirst() : shown));
        } else {
            shown.forEach(this::print);
        }
        PlugInOptions.tell(plugIns, streams.err());
        return ExitCode.OK;
    }

    private static Map<String, Object> described(PlugIns plugIns, PlugIns.Part part) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("kind", part.name());
        shown.put("sort", part.sort().toString());
        shown.put("key", part.sort().key());
        shown.put("description", part.description());
        shown.put("origin", part.origin());
        switch (part.sort()) {
            case CELL -> {
                CellModelProvider cell = plugIns.cells().provider(part.name());
                shown.put(OPTIONS, cell.described());
                shown.put(FACTS, cell.facts());
            }
            case CODEC -> {
                WeightCodecProvider codec = plugIns.codec(part.name());
                shown.put("digital", codec.digital());
                shown.put("pairs", codec.pairs());
            }
            case ENERGY_TABLE -> shown.putAll(EnergyTableText.facts(plugIns.energyTable(part.name())));
            case CONVERTER -> shown.put(OPTIONS, plugIns.adc(part.name()).described());
            case ARRAY_READOUT ->
                shown.put(OPTIONS, plugIns.arrayReadout(part.name()).described());
        }
        return shown;
    }

    private void print(Map<String, Object> shown) {
        shown.forEach((fact, value) -> {
            switch (fact) {
                case OPTIONS -> options((List<?>) value);
                case FACTS -> facts((List<?>) value);
                case EnergyTableText.PRICES -> EnergyTableText.print((List<?>) value, streams.out());
                default -> streams.out().printf("%-12s %s%n", fact, value);
            }
        });
    }

    private void facts(List<?> facts) {
        for (Object each : facts) {
            CellFact fact = (CellFact) each;
            streams.out().printf("%s: %s  [%s]%n", fact.name(), fact.value(), fact.source());
        }
    }

    private void options(List<?> options) {
        List<CellOption> described =
                options.stream().map(CellOption.class::cast).toList();
        int widest = described.stream()
                .mapToInt(option -> option.name().length())
                .max()
                .orElse(0);
        for (CellOption option : described) {
            String otherwise = option.otherwise().isEmpty() ? "-" : option.otherwise();
            String unit = option.unit().isEmpty() ? "" : " " + option.unit();
            String allowed = option.allowed().isEmpty() ? "" : "; " + option.allowed();
            String source = option.source().isEmpty() ? "" : " [" + option.source() + "]";
            streams.out()
                    .printf(
                            "  %-" + Math.max(1, widest) + "s  %-12s %s%n",
                            option.name(),
                            otherwise + unit,
                            option.meaning() + allowed + source);
        }
    }
}
