/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.experiment.file.EffectiveConfig;
import io.synaptile.experiment.file.SimulateBlock;
import io.synaptile.experiment.folder.RecordingFile;
import io.synaptile.experiment.folder.RunManifest;
import io.synaptile.experiment.folder.RunReader;
import io.synaptile.experiment.folder.RunUpdate;
import io.synaptile.experiment.plan.Plan;
import io.synaptile.reports.outcome.RunReport;
import io.synaptile.reports.table.ResultRow;
import io.synaptile.reports.table.SummaryRow;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/** The last stage: the page, made again from the tables. */
final class ReportStage {
    private final Plan plan;

    ReportStage(Plan plan) {
        this.plan = plan;
    }

    RunSummary.Simulated into(Path folder) {
        RunManifest manifest = RunManifest.read(folder);
        String configured = EffectiveConfig.hash(plan.experiment());
        if (!manifest.simulatedHash().equals(Optional.of(configured))) {
            throw new IllegalArgumentException(folder
                    + " has not been simulated as it is configured now; run 'synaptile simulate " + folder + "' first");
        }
        try (RunUpdate update = RunUpdate.begin(folder)) {
            RunReport report = ReportContent.of(plan, new RunReader(folder, manifest), manifest)
                    .with(RecordingFile.read(folder));
            update.page(report);
            update.commit(manifest);
            return summary(plan, manifest, report);
        }
    }

    /** What a simulation found, from its tables and manifest. */
    static RunSummary.Simulated summary(Plan plan, RunManifest manifest, RunReport report) {
        ResultRow chip = report.results().getFirst();
        SummaryRow all = report.summary().getFirst();
        SimulateBlock block = plan.experiment().simulate();
        return new RunSummary.Simulated(
                chip.softwareAccuracyPercent(),
                chip.images(),
                manifest.training().filter(training -> training.testImages() != chip.images()),
                manifest.recovered(),
                block.yieldAt() > 0 ? OptionalDouble.of(all.yieldPercent()) : OptionalDouble.empty(),
                block.stop() == SimulateBlock.Stop.NONE
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(all.timeStepsUsedMean()),
                report);
    }
}
