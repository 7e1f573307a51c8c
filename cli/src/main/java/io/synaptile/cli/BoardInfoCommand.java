/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.board.client.BoardClient;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.port.PortFacts;
import io.synaptile.mapping.port.PortLimits;
import io.synaptile.text.message.OneLine;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

/** What a board and one of its arrays are. */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        description = "Shows what a board and one of its arrays are, what they can do and what limits they keep.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  synaptile board info grpc://localhost:7447/array0",
            "  synaptile board info grpc://localhost:7447/array0 --json"
        })
final class BoardInfoCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private BoardOptions board;

    @Mixin
    private ReportingOptions reporting;

    BoardInfoCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Map<String, Object> shown = new LinkedHashMap<>();
        try (BoardClient client = board.connect();
                ArrayPort port = client.open(board.address().array())) {
            shown.put("board", client.name());
            shown.put("serial_number", client.serialNumber());
            shown.put("firmware", client.firmware());
            shown.put("arrays", client.arrays().size());
            put(port.facts(), shown);
            port.telemetry()
                    .forEach(reading -> shown.put(
                            reading.name() + (reading.unit().isEmpty() ? "" : "_" + reading.unit()), reading.value()));
        }
        if (reporting.json()) {
            streams.out().println(JsonMapper.shared().writeValueAsString(shown));
        } else {
            // A board may say anything.
            shown.forEach((fact, value) ->
                    streams.out().println(OneLine.of(String.format(Locale.ROOT, "%-20s %s", fact, value))));
        }
        return ExitCode.OK;
    }

    private static void put(PortFacts facts, Map<String, Object> shown) {
        shown.put("array", facts.array());
        shown.put("rows", facts.rows());
        shown.put("columns", facts.columns());
        shown.put("min_uS", facts.range().minMicrosiemens());
        shown.put("max_uS", facts.range().maxMicrosiemens());
        PortLimits limits = facts.limits();
        shown.put("read_voltage_V", known(limits.readVolts()));
        shown.put("drive", limits.drive() == 0 ? "any" : limits.drive());
        shown.put("column_current_uA", known(limits.columnMicroamperes()));
        shown.put("pulses_per_cell", limits.pulsesPerCell() == 0 ? "any" : limits.pulsesPerCell());
        shown.put("reads_per_call", limits.readsPerCall());
        shown.put("deterministic", facts.deterministic());
        shown.put("can_calibrate", facts.canCalibrate());
        shown.put("can_age", facts.canAge());
        shown.put("worn_pulses", facts.wornPulses());
        shown.put("calibration", facts.calibration().isEmpty() ? "none" : facts.calibration());
    }

    private static Object known(double value) {
        return value == 0 ? "unknown" : value;
    }
}
