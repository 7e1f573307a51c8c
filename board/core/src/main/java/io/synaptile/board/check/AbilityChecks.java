/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.check;

import io.grpc.Status.Code;
import io.synaptile.board.wire.CalibrateReply;
import io.synaptile.board.wire.TelemetryReply;
import java.util.HashSet;
import java.util.Set;

/** What only some boards can do. */
final class AbilityChecks {
    private static final double CALIBRATED_SHARE = 0.1;
    private static final double ROOM_K = 300;

    private final Suite suite;
    private final Bench bench;

    AbilityChecks(Suite suite, Bench bench) {
        this.suite = suite;
        this.bench = bench;
    }

    void run() {
        suite.check("telemetry: readings have names and are numbers", this::telemetry);
        suite.check("calibrate: a gain and an offset for every column, or a refusal", this::calibration);
        suite.check("calibrate: a row alone shows its cells afterwards", this::calibrated);
        suite.check("age: time passes, or the board refuses", this::age);
        suite.check("age: times below 0 and no numbers are refused", this::noTime);
    }

    private String telemetry() throws Exception {
        return bench.with(held -> {
            TelemetryReply reply = held.telemetry();
            Set<String> names = new HashSet<>();
            for (TelemetryReply.Reading reading : reply.getReadingsList()) {
                Broken.unless(
                        !reading.getName().isBlank() && names.add(reading.getName()),
                        "a reading has no name, or that of another: '" + reading.getName() + "'");
                Broken.unless(Double.isFinite(reading.getValue()), reading.getName() + " is " + reading.getValue());
            }
            return String.join(", ", names.stream().sorted().toList());
        });
    }

    private String calibration() throws Exception {
        return bench.with(held -> {
            if (!held.opened().getCanCalibrate()) {
                return held.refused(held::calibrate, Code.UNIMPLEMENTED);
            }
            CalibrateReply reply = held.calibrate();
            int columns = held.opened().getColumns();
            Broken.unless(
                    reply.getColumnGainCount() == columns && reply.getColumnOffsetUSCount() == columns,
                    reply.getColumnGainCount() + " gains and " + reply.getColumnOffsetUSCount() + " offsets for "
                            + columns + " columns");
            for (int c = 0; c < columns; c++) {
                Broken.unless(
                        reply.getColumnGain(c) > 0
                                && Float.isFinite(reply.getColumnGain(c))
                                && Float.isFinite(reply.getColumnOffsetUS(c)),
                        "column " + c + " has a gain of " + reply.getColumnGain(c) + " and an offset of "
                                + reply.getColumnOffsetUS(c) + " uS");
            }
            Broken.unless(!reply.getCalibration().isBlank(), "the calibration has no name");
            held.giveBack();
            try (Held again = bench.open()) {
                Broken.unless(
                        again.opened().getCalibration().equals(reply.getCalibration()),
                        "the array says '" + again.opened().getCalibration() + "' of its calibration, not '"
                                + reply.getCalibration() + "'");
            }
            return reply.getCalibration();
        });
    }

    private String calibrated() throws Exception {
        return bench.with(held -> held.opened().getCanCalibrate()
                ? ColumnChecks.rowsShowCells(held, CALIBRATED_SHARE)
                : "the board does not calibrate");
    }

    private String age() throws Exception {
        return bench.with(held -> {
            if (!held.opened().getCanAge()) {
                return held.refused(() -> held.age(1, ROOM_K), Code.UNIMPLEMENTED);
            }
            held.age(1, ROOM_K);
            Bench.part(held);
            return "";
        });
    }

    private String noTime() throws Exception {
        return bench.with(held -> {
            if (!held.opened().getCanAge()) {
                return "the board lets no time pass";
            }
            held.refused(() -> held.age(Double.NaN, ROOM_K), Code.INVALID_ARGUMENT);
            return held.refused(() -> held.age(-1, ROOM_K), Code.INVALID_ARGUMENT);
        });
    }
}
