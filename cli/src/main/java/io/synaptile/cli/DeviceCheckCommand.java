/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.cli.plugin.PlugIns;
import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.conformance.CellConformance;
import io.synaptile.devices.conformance.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

/** Whether a cell keeps its contract. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Holds one cell, or all cells of a plug-in jar named instead of KIND, against the contract of a cell; exit code 1 if a"
                        + " check failed.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile device check rram",
            "  synaptile device check rram bits=2 read_noise.kind=absolute read_noise.sigma=0.01",
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

    /** What was found about one cell. */
    private record Checked(String cell, List<Finding> findings) {}

    @Override
    public Integer call() {
        String subject = settings.kind();
        if (subject.endsWith(JAR) && !Files.isRegularFile(Path.of(subject))) {
            throw new IllegalArgumentException(subject + ": no such file");
        }
        List<Checked> all = subject.endsWith(JAR) ? ofJar(Path.of(subject)) : List.of(ofKind());
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
            streams.out().printf("%d passed, %d failed%n", passed, failed);
        }
        return failed == 0 ? ExitCode.OK : ExitCode.FAILURE;
    }

    private Checked ofKind() {
        String subject = settings.kind();
        PlugIns plugIns = plugInOptions.load();
        CellModelProvider provider = plugIns.cells().provider(subject);
        return new Checked(
                subject,
                CellConformance.check(
                        plugIns.unguarded(provider), settings.cell(plugIns).options()));
    }

    private List<Checked> ofJar(Path jar) {
        PlugIns plugIns = PlugIns.ofJar(jar);
        if (settings.hasOptions()) {
            throw new IllegalArgumentException(
                    "options belong to one kind of cell; name it instead of " + jar + ", with --plugins");
        }
        List<Checked> all = new ArrayList<>();
        String name = jar.getFileName().toString();
        plugIns.refusals().forEach(refusal -> all.add(new Checked(name, List.of(new Finding("loads", refusal)))));
        plugIns.ownCells()
                .forEach(provider -> all.add(
                        new Checked(provider.kind(), CellConformance.check(plugIns.unguarded(provider), Map.of()))));
        return all;
    }

    private void print(Checked checked) {
        for (Finding finding : checked.findings()) {
            streams.out()
                    .printf(
                            "%-4s  %s: %s%s%n",
                            finding.passed() ? "ok" : "FAIL",
                            checked.cell(),
                            finding.check(),
                            finding.passed() ? "" : ": " + finding.detail());
        }
    }

    private static List<Map<String, Object>> rows(List<Checked> all) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Checked checked : all) {
            for (Finding finding : checked.findings()) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("cell", checked.cell());
                row.put("check", finding.check());
                row.put("passed", finding.passed());
                row.put("detail", finding.detail());
                rows.add(row);
            }
        }
        return rows;
    }
}
