/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.board.client.BoardClient;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.port.ColumnCalibration;
import io.synaptile.reports.statistics.Statistics;
import io.synaptile.text.message.OneLine;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

/** Has an array measure and correct its columns. */
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        description = "Has an array of a board measure its columns and correct them from now on.",
        footerHeading = "%nExamples:%n",
        footer = "  synaptile board calibrate grpc://localhost:7447/array0")
final class BoardCalibrateCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private BoardOptions board;

    @Mixin
    private ReportingOptions reporting;

    BoardCalibrateCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        ColumnCalibration found;
        try (BoardClient client = board.connect();
                ArrayPort port = client.open(board.address().array())) {
            found = port.calibrate();
        }
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("calibration", found.name());
        put("gain", "", found.gain(), shown);
        put("offset", "_uS", found.offset(), shown);
        if (reporting.json()) {
            streams.out().println(JsonMapper.shared().writeValueAsString(shown));
        } else {
            // A board may say anything.
            shown.forEach((fact, value) ->
                    streams.out().println(OneLine.of(String.format(Locale.ROOT, "%-16s %s", fact, value))));
        }
        return ExitCode.OK;
    }

    private static void put(String what, String unit, float[] values, Map<String, Object> shown) {
        double[] all =
                IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
        Statistics seen = Statistics.of(all);
        shown.put(what + "_mean" + unit, seen.mean());
        shown.put(what + "_sd" + unit, seen.sd());
        shown.put(what + "_min" + unit, seen.min());
        shown.put(what + "_max" + unit, seen.max());
    }
}
