/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.experiment.device.portrait.CellPortrait;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.HardwareBlock;
import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.reports.html.CurvePage;
import io.synaptile.reports.html.CurvePage.Panel;
import io.synaptile.sim.io.AtomicFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** What a cell does, drawn. */
@Command(
        name = "plot",
        mixinStandardHelpOptions = true,
        description =
                "Draws what one cell does: conductances of every level, how they change with time, current against read"
                        + " voltage where it is bent, read noise.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile device plot rram --out rram.svg",
            "  synaptile device plot rram bits=2 programming.scale=2 --out rram.html",
            "  synaptile device plot rram-milo2021 read.voltage_V=0.5"
        })
final class DevicePlotCommand implements Callable<Integer> {
    /** Option of cells whose current is not straight. */
    private static final String READ_VOLTAGE = "read.voltage_V";

    private final Streams streams;

    @Mixin
    private DeviceSettings settings;

    @Option(names = "--out", paramLabel = "FILE", description = "Drawing (.svg) or page (.html); by default KIND.svg.")
    private Path out;

    @Mixin
    private PlugInOptions plugInOptions;

    @Mixin
    private ReportingOptions reporting;

    DevicePlotCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        PlugIns plugIns = plugInOptions.load();
        ExperimentFile set = settings.experiment(plugIns, "hardware.cell");
        set.notices().forEach(notice -> streams.err().println("synaptile: " + notice));
        HardwareBlock.Cell cell = set.experiment().hardware().cell();
        Path file = out == null ? Path.of(cell.kind() + ".svg") : out;
        String name = file.getFileName().toString();
        if (!name.endsWith(".svg") && !name.endsWith(".html")) {
            throw new IllegalArgumentException("--out must end with .svg or .html, got " + file);
        }
        List<Panel> panels = CellPortrait.of(plugIns.cells().create(cell.kind(), cell.options()), sweep(plugIns, cell));
        AtomicFile.write(file, CurvePage.text(file.getFileName().toString(), "Cell " + cell.kind(), panels));
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("file", file.toString());
        shown.put("panels", panels.stream().map(Panel::title).toList());
        if (reporting.json()) {
            streams.out().println(JsonMapper.shared().writeValueAsString(shown));
        } else {
            panels.forEach(panel -> streams.out().printf(Locale.ROOT, "%-12s %s%n", "panel", panel.title()));
            streams.out().printf(Locale.ROOT, "%-12s %s%n", "file", file);
        }
        PlugInOptions.tell(plugIns, streams.err());
        return ExitCode.OK;
    }

    /** The cell at voltages up to the one it is read at, if it has one. */
    private static Optional<CellPortrait.VoltageSweep> sweep(PlugIns plugIns, HardwareBlock.Cell cell) {
        if (!(cell.options().get(READ_VOLTAGE) instanceof Number highest)) {
            return Optional.empty();
        }
        return Optional.of(new CellPortrait.VoltageSweep(highest.doubleValue(), volts -> {
            Map<String, Object> options = new TreeMap<>(cell.options());
            options.put(READ_VOLTAGE, volts);
            return plugIns.cells().create(cell.kind(), options);
        }));
    }
}
