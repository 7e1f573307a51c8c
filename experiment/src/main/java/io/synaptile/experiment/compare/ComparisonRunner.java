/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.compare;

import io.synaptile.experiment.Progress;
import io.synaptile.experiment.Site;
import io.synaptile.experiment.file.EffectiveConfig;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.folder.FolderOfRuns;
import io.synaptile.experiment.folder.ModelStore;
import io.synaptile.experiment.folder.RunManifest;
import io.synaptile.experiment.folder.RunUpdate;
import io.synaptile.experiment.folder.Start;
import io.synaptile.experiment.sweep.SweepFolder;
import io.synaptile.experiment.sweep.SweepRunner;
import io.synaptile.reports.html.ComparisonPage;
import io.synaptile.reports.outcome.ComparisonReport;
import io.synaptile.reports.outcome.RunReport;
import io.synaptile.reports.statistics.Statistics;
import io.synaptile.reports.table.ComparisonHostRow;
import io.synaptile.reports.table.ComparisonRow;
import io.synaptile.reports.table.MetricRow;
import io.synaptile.reports.table.ResultRow;
import io.synaptile.reports.table.SummaryRow;
import io.synaptile.reports.table.Tables;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Trains every candidate of the block {@code compare}, simulates its chips at every amount of programming variation, repairs them
 * where that is asked for, and puts the figures of all side by side. Every candidate has the folder of a sweep, its repair another.
 */
public final class ComparisonRunner {
    /** File that tells a comparison's folder from others. */
    public static final String FILE = "comparison.json";

    private static final String PAGE = "comparison.html";
    private static final String REPAIRED = "-repaired";

    private final ExperimentFile file;
    private final Site site;
    private final Progress progress;

    public ComparisonRunner(ExperimentFile file, Site site, Progress progress) {
        this.file = file;
        this.site = site;
        this.progress = progress;
    }

    /** Where a comparison is put if no folder is named. */
    public Path defaultFolder() {
        return Path.of("runs", file.experiment().name() + "-compared");
    }

    /**
     * Runs all candidates; settings and data of all are checked before the first is computed or a file is touched.
     *
     * @param start whether what an earlier process has finished or begun is kept
     * @throws IllegalArgumentException if {@code target} exists and is no comparison, or a candidate cannot be run, naming it
     */
    public ComparisonReport run(Path target, Start start) {
        ExperimentFile.Comparison asked = file.comparison()
                .orElseThrow(() -> file.problem(
                        "compare",
                        "there is no block compare, for example compare: {methods: {bntt: {train.method: bntt},"
                                + " conversion: {train.method: conversion}}}"));
        if (file.isSweep()) {
            throw file.problem(
                    "sweep", "sweep and compare cannot both be there; sweep the folder of a candidate instead");
        }
        FolderOfRuns folder = new FolderOfRuns(target, FILE, "comparison");
        folder.refuseForeign();
        asked.methods().forEach(method -> check(method, asked.repairs()));
        return folder.fill(progress, () -> fill(target, asked, start));
    }

    private void check(String method, boolean repairs) {
        try {
            SweepRunner.of(file.candidate(method), site, Progress.NONE).check();
            if (repairs) {
                file.checkRepair(method);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(method + ": " + e.getMessage(), e);
        }
    }

    private ComparisonReport fill(Path target, ExperimentFile.Comparison asked, Start start) {
        SortedMap<String, Object> values = new TreeMap<>();
        values.put(RunManifest.CONFIGURATION, EffectiveConfig.of(file.experiment()));
        values.put("methods", asked.methods());
        values.put("variation", asked.scales());
        values.put("repairs", asked.repairs());
        RunManifest facts = new RunManifest(values);
        if (!Files.exists(target.resolve(FILE))) {
            try (RunUpdate update = RunUpdate.begin(target)) {
                update.commit(FILE, facts);
            }
        }
        List<ComparisonRow> rows = new ArrayList<>();
        List<ComparisonHostRow> host = new ArrayList<>();
        String description = "";
        for (String method : asked.methods()) {
            MeasuredTraining measured = new MeasuredTraining(progress, method);
            Path own = target.resolve(method);
            RunReport plain =
                    SweepRunner.of(file.candidate(method), site, measured).run(own, start, false);
            description = description.isEmpty() ? plain.description() : description;
            List<ComparisonRow> found = rows(method, asked, plain);
            // What was trained before this process has no measured time.
            host.add(measured.measured().orElseGet(() -> new ComparisonHostRow(method, Double.NaN, Double.NaN)));
            rows.addAll(asked.repairs() ? repaired(found, repair(target, method, start)) : found);
            write(target, facts, new ComparisonReport(file.experiment().name(), description, rows, host));
        }
        return new ComparisonReport(file.experiment().name(), description, rows, host);
    }

    private RunReport repair(Path target, String method, Start start) {
        Path trained = new SweepFolder(target.resolve(method)).pointsDue().getFirst();
        ExperimentFile repair = file.repaired(method, trained, trained.resolve(ModelStore.FILE));
        MeasuredTraining told = new MeasuredTraining(progress, method + REPAIRED);
        return SweepRunner.of(repair, site, told).run(target.resolve(method + REPAIRED), start, false);
    }

    /** Design points follow the order of the scales. */
    private List<ComparisonRow> rows(String method, ExperimentFile.Comparison asked, RunReport report) {
        List<ComparisonRow> rows = new ArrayList<>();
        for (SummaryRow summary : report.summary()) {
            List<ResultRow> chips = report.resultsOf(summary.point());
            rows.add(new ComparisonRow(
                    method,
                    asked.scales().get(summary.point()),
                    chips.getFirst().timeSteps(),
                    chips.size(),
                    chips.getFirst().softwareAccuracyPercent(),
                    summary.accuracyMeanPercent(),
                    summary.accuracySdPercent(),
                    Double.NaN,
                    Double.NaN,
                    summary.spikesMean(),
                    mean(chips, ResultRow::synapticOpsPerInference),
                    summary.energyMeanPicojoules(),
                    Double.NaN,
                    mean(chips, ResultRow::chipLatencyNanoseconds),
                    chips.getFirst().tiles(),
                    sparsityPercent(report, summary.point())));
        }
        return rows;
    }

    /** Design points of a repair are the scales above 0, in their order. */
    private static List<ComparisonRow> repaired(List<ComparisonRow> rows, RunReport repair) {
        List<ComparisonRow> all = new ArrayList<>();
        int point = 0;
        for (ComparisonRow row : rows) {
            if (row.scale() > 0) {
                SummaryRow summary = repair.summary().get(point++);
                all.add(row.repaired(
                        summary.accuracyMeanPercent(), summary.accuracySdPercent(), summary.energyMeanPicojoules()));
            } else {
                all.add(row);
            }
        }
        return all;
    }

    private static double sparsityPercent(RunReport report, int point) {
        return report.tables().rows(Tables.METRICS).stream()
                .filter(row -> row.point() == point && row.metric().equals("connection_sparsity"))
                .mapToDouble(MetricRow::value)
                .map(part -> 100 * part)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double mean(List<ResultRow> chips, ToDoubleFunction<ResultRow> value) {
        return Statistics.of(chips.stream().mapToDouble(value).toArray()).mean();
    }

    private static void write(Path target, RunManifest facts, ComparisonReport report) {
        try (RunUpdate update = RunUpdate.begin(target)) {
            update.tables(report.tables());
            update.write(PAGE, out -> out.write(ComparisonPage.render(report).getBytes(StandardCharsets.UTF_8)));
            update.commit(FILE, facts);
        }
    }
}
