/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment;

import io.synaptile.cli.experiment.file.Experiment;
import io.synaptile.devices.cost.EnergyEvent;
import io.synaptile.reports.html.HtmlReport;
import io.synaptile.reports.outcome.RunReport;
import io.synaptile.reports.outcome.RunReport.EnergySource;
import io.synaptile.reports.outcome.RunReport.ManifestEntry;
import io.synaptile.reports.table.PointRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the page of a run folder from its tables and manifest. */
final class ReportStage {
    private static final String FILE = "report.html";

    private ReportStage() {}

    /**
     * Writes the page.
     *
     * @param cells kinds of the cells on tiles, in words
     * @param cost what the costs were computed from
     */
    static RunReport write(
            Path folder, Experiment experiment, String cells, ExperimentCost cost, RunManifest manifest) {
        RunReader tables = new RunReader(folder);
        RunReport report = new RunReport(
                experiment.name(),
                description(experiment, cells),
                List.of(),
                List.of(new PointRow(0, List.of())),
                tables.results(),
                tables.summary(),
                tables.steps(),
                tables.layers(),
                tables.energy(),
                tables.costs(),
                tables.areas(),
                tables.tiles(),
                tables.latency(),
                experiment.hardware().tile().rows(),
                experiment.hardware().tile().columns(),
                sources(cost),
                entries(manifest));
        HtmlReport.write(folder.resolve(FILE), report);
        return report;
    }

    private static String description(Experiment experiment, String cells) {
        return "%s at T = %d on %s, %s cells on %d x %d tiles"
                .formatted(
                        experiment.network().arch().toString().toLowerCase(Locale.ROOT),
                        experiment.simulatedTimeSteps(),
                        experiment.data().set(),
                        cells,
                        experiment.hardware().tile().rows(),
                        experiment.hardware().tile().columns());
    }

    private static List<EnergySource> sources(ExperimentCost cost) {
        List<EnergySource> sources = new ArrayList<>();
        for (EnergyEvent event : EnergyEvent.values()) {
            cost.table().unit(event, cost.widths())
                    .ifPresent(unit -> sources.add(new EnergySource(
                            event.key(),
                            unit.picojoules(),
                            unit.origin().source(),
                            CostTables.node(unit.nodeNanometres()),
                            CostTables.scaled(unit))));
        }
        return sources;
    }

    private static List<ManifestEntry> entries(RunManifest manifest) {
        List<ManifestEntry> entries = new ArrayList<>();
        manifest.values().forEach((section, value) -> {
            if (value instanceof Map<?, ?> map) {
                flatten(section, "", map, entries);
            } else {
                entries.add(new ManifestEntry("run", section, String.valueOf(value)));
            }
        });
        return entries;
    }

    private static void flatten(String section, String path, Map<?, ?> map, List<ManifestEntry> entries) {
        map.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                flatten(section, path + key + ".", inner, entries);
            } else {
                entries.add(new ManifestEntry(section, path + key, String.valueOf(value)));
            }
        });
    }
}
