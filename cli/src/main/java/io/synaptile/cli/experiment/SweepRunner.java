/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment;

import io.synaptile.cli.experiment.file.EffectiveConfig;
import io.synaptile.cli.experiment.file.ExperimentFile;
import io.synaptile.cli.plugin.PlugIns;
import io.synaptile.reports.html.HtmlReport;
import io.synaptile.reports.outcome.RunReport;
import io.synaptile.reports.table.CsvReport;
import io.synaptile.reports.table.PointRow;
import io.synaptile.reports.table.Tables;
import io.synaptile.sim.io.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs every design point of a sweep into a run folder of its own, and joins their tables. The joined tables are written anew
 * while points are computed, as often as {@link JoinPace} lets them, so that what is finished can be looked at.
 */
public final class SweepRunner {
    /** File that tells a sweep's folder from others. */
    static final String FILE = "sweep.json";

    private static final String POINTS = "points";

    private final ExperimentFile file;
    private final Optional<Path> trainedRun;
    private final Site site;
    private final Progress progress;

    private SweepRunner(ExperimentFile file, Optional<Path> trainedRun, Site site, Progress progress) {
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
        ExperimentFile trained = ExperimentRunner.file(runFolder, List.of(), plugIns);
        ExperimentFile file = ExperimentRunner.file(runFolder, overrides, plugIns);
        file.points().forEach(point -> ExperimentRunner.refuseRetraining(trained, point));
        return new SweepRunner(file, Optional.of(runFolder), site, progress);
    }

    /** Where a sweep is put if no folder is named. */
    public Path defaultFolder() {
        return Path.of("runs", file.experiment().name() + "-sweep");
    }

    /**
     * Runs all points; settings of every point are checked before the first is computed.
     *
     * @param start whether points that an earlier process has finished or begun are kept
     * @throws IllegalArgumentException if {@code target} exists and is no sweep, or a point cannot be run, naming it
     */
    public RunReport run(Path target, Start start) {
        if (!file.isSweep()) {
            throw file.problem(
                    "sweep", "there is no block sweep, for example sweep: {hardware.readout.bits: [4, 5, 6]}");
        }
        refuseForeign(target);
        List<ExperimentFile> points = file.points();
        for (ExperimentFile point : points) {
            new ExperimentRunner(point, site, progress).check();
        }
        prepare(target, points, start);
        TrainedRuns trained = trainedRun.map(TrainedRuns::only).orElseGet(TrainedRuns::none);
        List<Path> finished = new ArrayList<>();
        JoinPace pace = new JoinPace(System::nanoTime);
        for (ExperimentFile point : points) {
            Path folder = target.resolve(POINTS)
                    .resolve(String.format(Locale.ROOT, "%04d", point.point().number()));
            String place = point.point().number() + 1 + "/" + points.size();
            ExperimentRunner runner = new ExperimentRunner(point, site, new PointProgress(progress, place));
            finished.add(folder);
            if (!isFinished(folder, point)) {
                runner.run(folder, RunFolder.isStopped(folder) ? start : Start.ANEW, trained);
                if (finished.size() < points.size()) {
                    pace.joinIfDue(() -> join(target, points.subList(0, finished.size()), finished));
                }
            } else if (trainedRun.isEmpty()) {
                runner.remember(folder, trained);
            }
        }
        return join(target, points, finished);
    }

    private static boolean isFinished(Path folder, ExperimentFile point) {
        return Files.isRegularFile(folder.resolve(RunManifest.FILE))
                && EffectiveConfig.hash(point.experiment())
                        .equals(RunManifest.read(folder).values().get(ExperimentRunner.HASH));
    }

    private void prepare(Path target, List<ExperimentFile> points, Start start) {
        try {
            if (start == Start.ANEW && Files.exists(target.resolve(POINTS))) {
                UnfinishedFolder.delete(target.resolve(POINTS));
            }
            SortedMap<String, Object> values = new TreeMap<>();
            values.put(RunManifest.CONFIGURATION, EffectiveConfig.of(file.experiment()));
            values.put("keys", points.getFirst().point().keys());
            values.put("points", points.size());
            byte[] json = new RunManifest(values).json();
            AtomicFile.write(target.resolve(FILE), out -> out.write(json));
        } catch (IOException e) {
            throw new UncheckedIOException("--out " + target + " cannot be written: " + e.getMessage(), e);
        }
    }

    private RunReport join(Path target, List<ExperimentFile> points, List<Path> folders) {
        List<RunReader> runs = folders.stream().map(RunReader::new).toList();
        List<PointRow> rows = points.stream()
                .map(point -> new PointRow(point.point().number(), point.point().values()))
                .toList();
        List<String> keys = points.getFirst().point().keys();
        ExperimentFile first = points.getFirst();
        RunReport report = ReportStage.report(
                first.experiment(),
                new ExperimentRunner(first, site, progress).cells(),
                keys,
                rows,
                runs,
                ExperimentCost.of(first),
                RunManifest.read(folders.getFirst()));
        CsvReport.write(target, Tables.points(keys), rows);
        CsvReport.write(target, Tables.RESULTS, report.results());
        CsvReport.write(target, Tables.SUMMARY, report.summary());
        CsvReport.write(target, Tables.STEPS, report.steps());
        CsvReport.write(target, Tables.LAYERS, report.layers());
        CsvReport.write(target, Tables.ENERGY, report.energy());
        CsvReport.write(target, Tables.COST, report.costs());
        CsvReport.write(target, Tables.AREA, report.areas());
        CsvReport.write(target, Tables.TILES, report.tiles());
        CsvReport.write(target, Tables.CHIP, report.chip());
        CsvReport.write(target, Tables.LATENCY, report.latency());
        HtmlReport.write(target.resolve("report.html"), report);
        return report;
    }

    private static void refuseForeign(Path target) {
        if (!Files.exists(target) || Files.isRegularFile(target.resolve(FILE))) {
            return;
        }
        try (Stream<Path> entries = Files.list(target)) {
            if (entries.findAny().isEmpty()) {
                return;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("--out " + target + " is not a folder that can be read", e);
        }
        throw new IllegalArgumentException(
                "--out " + target + " exists and is not the folder of a sweep; name another folder or remove it");
    }
}
