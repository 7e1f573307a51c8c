/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.devices.conformance.Finding;
import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.experiment.plugin.Sort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

/** Whether cells and the other parts that plug-ins provide keep their contracts. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Checks that a cell, codec, converter, energy table or array read-out keeps its contract, or every part in a plug-in jar given instead of KIND. Ends with exit code 1 if a check failed.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile device check rram",
            "  synaptile device check rram bits=2 read_noise.kind=absolute read_noise.sigma=0.01",
            "  synaptile device check sar capacitor_sd=0.1",
            "  synaptile device check my-cells/target/my-cells.jar"
        })
final class DeviceCheckCommand implements Callable<Integer> {
    private static final String JAR = ".jar";

    private final Streams streams;

    @Mixin
    private DeviceSettings settings;

    @Mixin
    private PlugInOptions plugInOptions;

    @Mixin
    private ReportingOptions reporting;

    DeviceCheckCommand(Streams streams) {
        this.streams = streams;
    }

    private static final String WHOLE_JAR = "jar";

    /** What was found about one part. */
    private record Checked(String sort, String name, List<Finding> findings) {
        Checked(PlugIns.Checkable part, Map<String, Object> options) {
            this(part.sort().toString(), part.name(), part.suite().apply(options));
        }

        /** As it is printed. */
        String label() {
            return sort.equals(Sort.CELL.toString()) || sort.equals(WHOLE_JAR) ? name : sort + " " + name;
        }
    }

    @Override
    public Integer call() {
        String subject = settings.kind();
        if (subject.endsWith(JAR) && !Files.isRegularFile(Path.of(subject))) {
            throw new IllegalArgumentException(subject + ": no such file");
        }
        List<Checked> all = subject.endsWith(JAR) ? ofJar(Path.of(subject)) : ofName(plugInOptions.load());
        long failed = all.stream()
                .flatMap(checked -> checked.findings().stream())
                .filter(finding -> !finding.passed())
                .count();
        if (reporting.json()) {
            streams.out().println(JsonMapper.shared().writeValueAsString(rows(all)));
        } else {
            all.forEach(this::print);
            long passed =
                    all.stream().mapToLong(checked -> checked.findings().size()).sum() - failed;
            streams.out().printf(Locale.ROOT, "%d passed, %d failed%n", passed, failed);
        }
        return failed == 0 ? ExitCode.OK : ExitCode.FAILURE;
    }

    private List<Checked> ofName(PlugIns plugIns) {
        List<Checked> all = plugIns.checkable().stream()
                .filter(part -> part.name().equals(settings.kind()))
                .map(part -> new Checked(part, options(plugIns, part)))
                .toList();
        if (all.isEmpty()) {
            settings.cell(plugIns);
        }
        return all;
    }

    /** Options on the command line, as the block has them that such a part stands in. */
    private Map<String, Object> options(PlugIns plugIns, PlugIns.Checkable part) {
        if (part.sort() == Sort.CELL) {
            return settings.cell(plugIns).options();
        }
        if (!settings.hasOptions()) {
            return Map.of();
        }
        return switch (part.sort()) {
            case CONVERTER ->
                settings.hardware(plugIns, "hardware.readout.adc")
                        .readout()
                        .adc()
                        .options();
            case ARRAY_READOUT ->
                settings.hardware(plugIns, "hardware.readout.array")
                        .readout()
                        .array()
                        .options();
            default -> throw new IllegalArgumentException(part.sort() + " " + part.name() + " has no options");
        };
    }

    private List<Checked> ofJar(Path jar) {
        PlugIns plugIns = PlugIns.ofJar(jar, plugInOptions.patience());
        if (settings.hasOptions()) {
            throw new IllegalArgumentException(
                    "options belong to one kind of cell; name it instead of " + jar + ", with --plugins");
        }
        List<Checked> all = new ArrayList<>();
        String name = jar.getFileName().toString();
        plugIns.refusals()
                .forEach(refusal -> all.add(new Checked(WHOLE_JAR, name, List.of(new Finding("loads", refusal)))));
        plugIns.checkable().stream()
                .filter(PlugIns.Checkable::fromPlugIn)
                .forEach(part -> all.add(new Checked(part, Map.of())));
        return all;
    }

    private void print(Checked checked) {
        for (Finding finding : checked.findings()) {
            streams.out()
                    .printf(
                            Locale.ROOT,
                            "%-4s  %s: %s%s%n",
                            finding.passed() ? "ok" : "FAIL",
                            checked.label(),
                            finding.check(),
                            finding.passed() ? "" : ": " + finding.detail());
        }
    }

    private static List<Map<String, Object>> rows(List<Checked> all) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Checked checked : all) {
            for (Finding finding : checked.findings()) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("sort", checked.sort());
                row.put("name", checked.name());
                row.put("check", finding.check());
                row.put("passed", finding.passed());
                row.put("detail", finding.detail());
                rows.add(row);
            }
        }
        return rows;
    }
}
