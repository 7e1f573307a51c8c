/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.devices.cost.EnergyEvent;
import io.synaptile.experiment.file.DesignPoint;
import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.folder.RunManifest;
import io.synaptile.experiment.folder.RunReader;
import io.synaptile.experiment.plan.ExperimentCost;
import io.synaptile.experiment.plan.NetworkLayers;
import io.synaptile.experiment.plan.Plan;
import io.synaptile.reports.outcome.RunReport;
import io.synaptile.reports.outcome.RunReport.EnergySource;
import io.synaptile.reports.outcome.RunReport.ManifestEntry;
import io.synaptile.reports.table.PointRow;
import io.synaptile.reports.table.TableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the page of a run folder or of a sweep shows, from their tables and manifest. */
public final class ReportContent {
    private ReportContent() {}

    /**
     * What the tables of one design say.
     *
     * @param tables of the design
     */
    static RunReport of(Plan plan, RunReader tables, RunManifest manifest) {
        DesignPoint point = plan.file().point();
        return of(
                plan,
                point.keys(),
                List.of(new PointRow(point.number(), point.values())),
                List.of(tables),
                manifest,
                manifest.costRemarks());
    }

    /**
     * What the tables of one or more design points say.
     *
     * @param plan of the first point
     * @param keys swept keys
     * @param runs tables of the points, in their order
     * @param manifest of the first point
     * @param remarks of all points
     */
    public static RunReport of(
            Plan plan,
            List<String> keys,
            List<PointRow> points,
            List<RunReader> runs,
            RunManifest manifest,
            List<String> remarks) {
        Experiment experiment = plan.experiment();
        return new RunReport(
                new RunReport.Subject(experiment.name(), description(plan), NetworkLayers.of(plan)),
                keys,
                points,
                TableSet.joined(runs.stream().map(RunReader::tables).toList()),
                new RunReport.TileShape(
                        experiment.hardware().tile().rows(),
                        experiment.hardware().tile().columns()),
                sources(plan.cost()),
                entries(manifest),
                remarks);
    }

    private static String description(Plan plan) {
        Experiment experiment = plan.experiment();
        return String.format(
                Locale.ROOT,
                "%s at T = %d on %s, %s cells on %d x %d tiles",
                experiment.network().arch().toString().toLowerCase(Locale.ROOT),
                plan.simulatedTimeSteps(),
                experiment.data().set(),
                plan.placed().cellKinds(),
                experiment.hardware().tile().rows(),
                experiment.hardware().tile().columns());
    }

    private static List<EnergySource> sources(ExperimentCost cost) {
        List<EnergySource> sources = new ArrayList<>();
        for (EnergyEvent event : EnergyEvent.values()) {
            cost.model()
                    .table()
                    .unit(event, cost.model().widths())
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
        manifest.shown().forEach((key, value) -> {
            int dot = key.indexOf('.');
            entries.add(
                    dot < 0
                            ? new ManifestEntry("run", key, value)
                            : new ManifestEntry(key.substring(0, dot), key.substring(dot + 1), value));
        });
        return entries;
    }
}
