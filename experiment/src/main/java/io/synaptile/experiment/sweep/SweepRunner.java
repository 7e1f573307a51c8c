/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.sweep;

import io.synaptile.experiment.Progress;
import io.synaptile.experiment.Site;
import io.synaptile.experiment.file.EffectiveConfig;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.folder.FolderOfRuns;
import io.synaptile.experiment.folder.RunFolder;
import io.synaptile.experiment.folder.RunManifest;
import io.synaptile.experiment.folder.RunReader;
import io.synaptile.experiment.folder.RunUpdate;
import io.synaptile.experiment.folder.Start;
import io.synaptile.experiment.plan.Plan;
import io.synaptile.experiment.plan.ReadData;
import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.experiment.stage.ExperimentRunner;
import io.synaptile.experiment.stage.ReportContent;
import io.synaptile.experiment.stage.TrainedRuns;
import io.synaptile.reports.outcome.RunReport;
import io.synaptile.reports.table.PointRow;
import io.synaptile.reports.table.Tables;
import io.synaptile.sim.io.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Runs every design point of a sweep into a run folder of its own, and joins their tables. The joined tables are written anew
 * while points are computed, as often as {@link JoinPace} lets them, so that what is finished can be looked at.
 */
public final class SweepRunner {
    /** File that tells a sweep's folder from others. */
    public static final String FILE = "sweep.json";

    private final ExperimentFile file;
    private final Optional<TrainedRun> trainedRun;
    private final Site site;
    private final Progress progress;

    /** A run folder whose weights all points have, and what it was trained as. */
    private record TrainedRun(Path folder, ExperimentFile file) {}

    private SweepRunner(ExperimentFile file, Optional<TrainedRun> trainedRun, Site site, Progress progress) {
        this.file = file;
        this.trainedRun = trainedRun;
        this.site = site;
        this.progress = progress;
    }

    /** A sweep whose points are trained, those with the same weights once. */
    public static SweepRunner of(ExperimentFile file, Site site, Progress progress) {
        return new SweepRunner(file, Optional.empty(), site, progress);
    }

    /**
     * A sweep of the hardware and the simulation of a run folder, whose weights all points have.
     *
     * @param overrides settings over those of the run, block {@code sweep} among them
     * @throws IllegalArgumentException if the folder is not a run folder
     */
    public static SweepRunner ofRun(
            Path runFolder, List<String> overrides, PlugIns plugIns, Site site, Progress progress) {
        TrainedRun trained = new TrainedRun(runFolder, ExperimentRunner.file(runFolder, List.of(), plugIns));
        ExperimentFile file = ExperimentRunner.file(runFolder, overrides, plugIns);
        return new SweepRunner(file, Optional.of(trained), site, progress);
    }

    /** Where a sweep is put if no folder is named. */
    public Path defaultFolder() {
        return Path.of("runs", file.experiment().name() + "-sweep");
    }

    /**
     * Runs all points; settings and data of every point are checked before the first is computed or a file is touched.
     *
     * @param start whether points that an earlier process has finished or begun are kept
     * @param skipInvalid whether points that cannot be run are left out
     * @throws IllegalArgumentException if {@code target} exists and is no sweep, or a point cannot be run, naming it
     */
    public RunReport run(Path target, Start start, boolean skipInvalid) {
        if (!file.isSweep()) {
            throw file.problem(
                    "sweep", "there is no block sweep, for example sweep: {hardware.readout.bits: [4, 5, 6]}");
        }
        FolderOfRuns folder = new FolderOfRuns(target, FILE, "sweep");
        folder.refuseForeign();
        SweepPlan plan = plan(skipInvalid);
        plan.skipped().forEach(point -> progress.notice("skips " + point.line()));
        return folder.fill(progress, () -> fill(target, plan, start));
    }

    /**
     * Checks settings and data of every point.
     *
     * @throws IllegalArgumentException if one cannot be run, naming it
     */
    public void check() {
        plan(false);
    }

    private SweepPlan plan(boolean skipInvalid) {
        ReadData read = new ReadData();
        return SweepPlan.of(file, skipInvalid, point -> check(point, read));
    }

    private RunReport fill(Path target, SweepPlan plan, Start start) {
        PointFolders folders = new PointFolders(target.resolve(SweepFolder.POINTS));
        boolean replaces = start == Start.ANEW && folders.tellWhatIsReplaced(target, plan.points(), progress);
        if (!Files.exists(target.resolve(FILE))) {
            byte[] facts = facts(plan).json();
            AtomicFile.write(target.resolve(FILE), out -> out.write(facts));
        }
        RunReport report = run(target, plan, folders, start);
        if (replaces) {
            folders.removeAllBut(plan.points());
        }
        return report;
    }

    private void check(ExperimentFile point, ReadData read) {
        ExperimentRunner runner = new ExperimentRunner(point, site, Progress.NONE);
        if (trainedRun.isPresent()) {
            ExperimentRunner.refuseRetraining(trainedRun.get().file(), point);
            runner.checkWithModel(read, trainedRun.get().folder());
        } else {
            runner.checkWithTraining(read);
        }
    }

    private RunReport run(Path target, SweepPlan plan, PointFolders folders, Start start) {
        TrainedRuns trained =
                trainedRun.map(TrainedRun::folder).map(TrainedRuns::only).orElseGet(TrainedRuns::none);
        List<Path> finished = new ArrayList<>();
        JoinPace pace = new JoinPace(System::nanoTime);
        List<ExperimentFile> points = plan.points();
        Set<String> noticed = new HashSet<>();
        for (ExperimentFile point : points) {
            Path folder = folders.of(point);
            String place = finished.size() + 1 + "/" + points.size();
            Progress told = new PointProgress(progress, place, noticed);
            ExperimentRunner runner = new ExperimentRunner(point, site, told);
            finished.add(folder);
            if (start == Start.ANEW || !folders.isFinished(point, told)) {
                runner.run(folder, RunFolder.isStopped(folder) ? start : Start.ANEW, trained);
                if (finished.size() < points.size()) {
                    pace.joinIfDue(() -> join(target, plan, finished));
                }
            } else if (trainedRun.isEmpty()) {
                runner.remember(folder, trained);
            }
        }
        return join(target, plan, finished);
    }

    private RunManifest facts(SweepPlan plan) {
        SortedMap<String, Object> values = new TreeMap<>();
        values.put(RunManifest.CONFIGURATION, EffectiveConfig.of(file.experiment()));
        values.put("keys", file.pointNamed(0).keys());
        values.put("points", file.pointCount());
        values.put(
                "skipped", plan.skipped().stream().map(SweepPlan.Skipped::line).toList());
        return new RunManifest(values);
    }

    private RunReport join(Path target, SweepPlan plan, List<Path> folders) {
        List<ExperimentFile> points = plan.points().subList(0, folders.size());
        List<RunReader> runs = folders.stream().map(RunReader::of).toList();
        List<PointRow> rows = points.stream()
                .map(point -> new PointRow(point.point().number(), point.point().values()))
                .toList();
        List<String> keys = points.getFirst().point().keys();
        RunReport report = ReportContent.of(
                Plan.of(points.getFirst(), new ReadData().form(points.getFirst(), site)),
                keys,
                rows,
                runs,
                RunManifest.read(folders.getFirst()),
                folders.stream()
                        .map(RunManifest::read)
                        .map(RunManifest::costRemarks)
                        .flatMap(List::stream)
                        .distinct()
                        .toList());
        try (RunUpdate update = RunUpdate.begin(target)) {
            update.table(Tables.points(keys), rows);
            update.tables(report.tables());
            update.page(report);
            update.commit(FILE, facts(plan));
        }
        return report;
    }
}
