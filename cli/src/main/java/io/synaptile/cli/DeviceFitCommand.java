/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.devices.ConductanceRange;
import io.synaptile.experiment.device.fit.DeviceFit;
import io.synaptile.experiment.device.fit.FitGoodness;
import io.synaptile.experiment.device.fit.Form;
import io.synaptile.experiment.device.fit.MeasuredFile;
import io.synaptile.experiment.device.portrait.CellPortrait;
import io.synaptile.reports.html.CurvePage;
import io.synaptile.reports.html.CurvePage.Panel;
import io.synaptile.sim.io.AtomicFile;
import io.synaptile.sim.io.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
        description =
                "Makes a cell of kind table from measured conductances: reads of cells after programming, or responses"
                        + " to pulses.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile device fit relaxation.tsv.gz --out my-rram.csv",
            "  synaptile device fit relaxation.tsv.gz --out my-rram.csv --holdout 0.5",
            "  synaptile device fit pulses.csv --range-uS 2,40 --states 16"
        })
final class DeviceFitCommand implements Callable<Integer> {
    private static final String CSV = ".csv";
    private static final int DEFAULT_STATES = 16;
    private static final int MOST_STATES = 256;

    private final Streams streams;

    @Parameters(paramLabel = "FILE", description = "Measured conductances, as text, which may be compressed with gzip.")
    private Path file;

    @Option(
            names = "--out",
            paramLabel = "DEVICE.csv",
            description = "Table of states; the other files are named after it. By default device.csv.")
    private Path out = Path.of("device.csv");

    @Option(
            names = "--holdout",
            paramLabel = "PART",
            description = "Share of the cells held out from the fit to judge it, 0 to 0.9; by default 0.")
    private double holdout;

    @Option(
            names = "--form",
            paramLabel = "FORM",
            description = "How distributions of cells are written: quantiles (default) or normal.")
    private Form form;

    @Option(
            names = "--range-uS",
            paramLabel = "MIN,MAX",
            split = ",",
            hideParamSyntax = true,
            description = "Conductances of the first and last pulse, if a response to pulses has no unit.")
    private double[] range;

    @Option(
            names = "--states",
            paramLabel = "N",
            description = "States of a cell that is written by counting pulses; by default 16.")
    private Integer states;

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
        DeviceFit fit = fit();
        Map<String, Object> result = new LinkedHashMap<>(fit.facts());
        result.put("files", write(fit));
        fit.goodness().ifPresent(goodness -> result.put("times", times(goodness)));
        if (reporting.json()) {
            streams.out().println(JsonMapper.shared().writeValueAsString(result));
        } else {
            print(fit, result);
        }
        return ExitCode.OK;
    }

    private DeviceFit fit() {
        return switch (MeasuredFile.read(file)) {
            case MeasuredFile.Reads reads -> {
                refuseMeaningless("--range-uS", range != null);
                refuseMeaningless("--states", states != null);
                DeviceFit fit =
                        DeviceFit.ofRelaxation(file, reads, form == null ? Form.QUANTILES : form, holdout, seed);
                tell(reads);
                yield fit;
            }
            case MeasuredFile.Pulses pulses -> {
                refuseMeaningless("--holdout", holdout > 0);
                refuseMeaningless("--form", form != null);
                int wanted = states == null ? DEFAULT_STATES : states;
                if (wanted < 2 || wanted > MOST_STATES) {
                    throw new IllegalArgumentException(
                            "--states must be at least 2 and at most " + MOST_STATES + ", got " + wanted);
                }
                DeviceFit fit = DeviceFit.ofPulses(
                        file, pulses, wanted, Optional.ofNullable(range).map(DeviceFitCommand::range));
                tell(pulses);
                yield fit;
            }
        };
    }

    private void tell(MeasuredFile measured) {
        streams.err().println("synaptile: " + measured.reading());
    }

    private void refuseMeaningless(String option, boolean given) {
        if (given) {
            throw new IllegalArgumentException(option + " has no meaning for " + file);
        }
    }

    private static ConductanceRange range(double[] ends) {
        if (ends.length != 2) {
            throw new IllegalArgumentException("--range-uS must be MIN,MAX, got " + Arrays.toString(ends));
        }
        return new ConductanceRange((float) ends[0], (float) ends[1]);
    }

    private List<String> write(DeviceFit fit) {
        List<Panel> panels = new ArrayList<>(fit.panels());
        panels.addAll(CellPortrait.of(fit.tables().cell(), Optional.empty()));
        String source = "# " + file.getFileName() + ", SHA-256 " + Sha256.of(file) + "\n";
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
        AtomicFile.write(
                drawing,
                CurvePage.text(drawing.getFileName().toString(), "Cell fitted to " + file.getFileName(), panels));
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

    private static List<Map<String, Object>> times(FitGoodness goodness) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (double seconds : goodness.seconds()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("time_s", seconds);
            row.put("measured_spread_uS", goodness.measuredSpread(seconds));
            row.put("rms_error_percent", goodness.rmsErrorPercent(seconds));
            row.put("rms_sampling_error_percent", goodness.rmsSamplingPercent(seconds));
            row.put("mean_ks_distance", goodness.meanDistance(seconds));
            row.put(
                    "error_percent_by_level",
                    goodness.at(seconds).stream()
                            .map(FitGoodness.At::errorPercent)
                            .toList());
            rows.add(row);
        }
        return rows;
    }

    private void print(DeviceFit fit, Map<String, Object> result) {
        fit.facts().forEach((name, value) -> streams.out().printf(Locale.ROOT, "%-24s %s%n", name, value));
        fit.goodness().ifPresent(this::print);
        ((List<?>) result.get("files")).forEach(name -> streams.out().printf(Locale.ROOT, "%-24s %s%n", "file", name));
    }

    /** Errors of the spread, a column for each time and a row for each level. */
    private void print(FitGoodness goodness) {
        List<Double> times = goodness.seconds();
        streams.out().printf(Locale.ROOT, "%nerror of the spread, %%%n%-12s", "time, s");
        times.forEach(seconds -> streams.out().printf(Locale.ROOT, "%10.4g", seconds));
        streams.out().println();
        int levels = goodness.at(times.getFirst()).size();
        for (int level = 0; level < levels; level++) {
            streams.out().printf(Locale.ROOT, "level %-6d", level);
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
        streams.out().printf(Locale.ROOT, "%-12s", name);
        times.forEach(seconds -> streams.out().printf(Locale.ROOT, "%10s", value.apply(seconds)));
        streams.out().println();
    }
}
