/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.cli.fit.DeviceFit;
import io.synaptile.cli.fit.FitGoodness;
import io.synaptile.cli.fit.Form;
import io.synaptile.cli.portrait.CellPortrait;
import io.synaptile.reports.html.CurvePage;
import io.synaptile.reports.html.CurvePage.Panel;
import io.synaptile.sim.io.AtomicFile;
import io.synaptile.sim.io.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.DoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** From measured conductances to a cell. */
@Command(
        name = "fit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Makes a cell of kind table from measured conductances: reads after programming (7 columns).",
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile device fit relaxation.tsv.gz --out my-rram.csv",
            "  synaptile device fit relaxation.tsv.gz --out my-rram.csv --holdout 0.5"
        })
final class DeviceFitCommand implements Callable<Integer> {
    private static final String CSV = ".csv";

    private final Streams streams;

    @Parameters(paramLabel = "FILE", description = "Measured conductances, as text or as text packed with gzip.")
    private Path file;

    @Option(
            names = "--out",
            paramLabel = "DEVICE.csv",
            description = "Table of states; the other files are named after it. By default device.csv.")
    private Path out = Path.of("device.csv");

    @Option(
            names = "--holdout",
            paramLabel = "PART",
            description = "Part of the cells that the fit does not see and is judged by, 0 to 0.9; by default 0.")
    private double holdout;

    @Option(names = "--form", paramLabel = "FORM", description = "Distributions as quantiles (default) or normal.")
    private Form form = Form.QUANTILES;

    @Option(names = "--seed", paramLabel = "N", description = "Which cells are held out; by default 1.")
    private long seed = 1;

    @Mixin
    private ReportingOptions reporting;

    DeviceFitCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        if (!(holdout >= 0 && holdout <= 0.9)) {
            throw new IllegalArgumentException("--holdout must be at least 0 and at most 0.9, got " + holdout);
        }
        if (!out.getFileName().toString().endsWith(CSV)) {
            throw new IllegalArgumentException("--out must end with .csv, got " + out);
        }
        if (!DeviceFit.isRelaxation(file)) {
            throw new IllegalArgumentException(
                    file + ": is none of the formats that can be fitted: 7 columns of reads");
        }
        DeviceFit fit = DeviceFit.ofRelaxation(file, form, holdout, seed);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("fitted", fit.fitted());
        result.put("judged", fit.judged());
        result.put("left_out", fit.leftOut());
        result.put("files", write(fit));
        result.put("times", times(fit));
        if (reporting.json()) {
            streams.out().println(JsonMapper.shared().writeValueAsString(result));
        } else {
            print(fit, result);
        }
        return ExitCode.OK;
    }

    private List<String> write(DeviceFit fit) {
        String source = "# " + file.getFileName() + ", SHA-256 " + Sha256.of(file) + ", " + fit.fitted() + " cells\n";
        List<String> files = new ArrayList<>();
        StringBuilder cell = new StringBuilder(source)
                .append("hardware:\n  cell:\n    kind: table\n    states: ")
                .append(out.getFileName())
                .append('\n');
        files.add(text(out, source + fit.tables().states()));
        fit.tables().relaxation().ifPresent(relaxation -> {
            Path beside = beside("-relaxation.csv");
            files.add(text(beside, source + relaxation));
            cell.append("    relaxation: ").append(beside.getFileName()).append('\n');
        });
        fit.goodness().ifPresent(goodness -> files.add(text(beside("-goodness.csv"), table(goodness))));
        files.add(text(beside(".yaml"), cell.toString()));
        Path drawing = beside(".svg");
        List<Panel> panels = CellPortrait.of(fit.tables().cell());
        CurvePage.write(drawing, "Cell fitted to " + file.getFileName(), panels);
        files.add(drawing.toString());
        return files;
    }

    private static String text(Path target, String text) {
        AtomicFile.write(target, to -> to.write(text.getBytes(StandardCharsets.UTF_8)));
        return target.toString();
    }

    private Path beside(String ending) {
        String name = out.getFileName().toString();
        return out.resolveSibling(name.substring(0, name.length() - CSV.length()) + ending);
    }

    private static String table(FitGoodness goodness) {
        StringBuilder table =
                new StringBuilder("level,time_s,cells,predicted_spread_uS,measured_spread_uS,error_percent,"
                        + "sampling_error_percent,ks_distance\n");
        goodness.all()
                .forEach(at -> table.append(String.format(
                        Locale.ROOT,
                        "%d,%s,%d,%.4f,%.4f,%.2f,%.2f,%.4f%n",
                        at.level(),
                        at.seconds(),
                        at.cells(),
                        at.predictedMicrosiemens(),
                        at.measuredMicrosiemens(),
                        at.errorPercent(),
                        at.samplingPercent(),
                        at.distance())));
        return table.toString();
    }

    private static List<Map<String, Object>> times(DeviceFit fit) {
        List<Map<String, Object>> rows = new ArrayList<>();
        fit.goodness()
                .ifPresent(goodness -> goodness.all().stream()
                        .map(FitGoodness.At::seconds)
                        .distinct()
                        .forEach(seconds -> {
                            Map<String, Object> row = new LinkedHashMap<>();
                            row.put("time_s", seconds);
                            row.put("rms_error_percent", goodness.rmsErrorPercent(seconds));
                            row.put("rms_sampling_error_percent", goodness.rmsSamplingPercent(seconds));
                            row.put("mean_ks_distance", goodness.meanDistance(seconds));
                            row.put(
                                    "error_percent_by_level",
                                    goodness.at(seconds).stream()
                                            .map(FitGoodness.At::errorPercent)
                                            .toList());
                            rows.add(row);
                        }));
        return rows;
    }

    private void print(DeviceFit fit, Map<String, Object> result) {
        streams.out().printf("%-12s %d cells%n", "fitted", fit.fitted());
        streams.out().printf("%-12s %s%n", "judged by", holdout > 0 ? fit.judged() + " other cells" : "the same cells");
        fit.leftOut().forEach((why, count) -> streams.out().printf("%-12s %d cells %s%n", "left out", count, why));
        fit.goodness().ifPresent(this::print);
        ((List<?>) result.get("files")).forEach(name -> streams.out().printf("%-12s %s%n", "file", name));
    }

    /** Errors of the spread, a column for each time and a row for each level. */
    private void print(FitGoodness goodness) {
        List<Double> times =
                goodness.all().stream().map(FitGoodness.At::seconds).distinct().toList();
        streams.out().printf("%nerror of the spread, %%%n%-12s", "time, s");
        times.forEach(seconds -> streams.out().printf("%10.4g", seconds));
        streams.out().println();
        int levels = goodness.at(times.getFirst()).size();
        for (int level = 0; level < levels; level++) {
            streams.out().printf("level %-6d", level);
            for (double seconds : times) {
                streams.out()
                        .printf(
                                Locale.ROOT,
                                "%+10.1f",
                                goodness.at(seconds).get(level).errorPercent());
            }
            streams.out().println();
        }
        row("rms", times, seconds -> String.format(Locale.ROOT, "%.1f", goodness.rmsErrorPercent(seconds)));
        row("sampling", times, seconds -> String.format(Locale.ROOT, "%.1f", goodness.rmsSamplingPercent(seconds)));
        row("KS distance", times, seconds -> String.format(Locale.ROOT, "%.3f", goodness.meanDistance(seconds)));
        streams.out().println();
    }

    private void row(String name, List<Double> times, DoubleFunction<String> value) {
        streams.out().printf("%-12s", name);
        times.forEach(seconds -> streams.out().printf("%10s", value.apply(seconds)));
        streams.out().println();
    }
}
