/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.check;

import io.grpc.Status.Code;
import io.synaptile.board.check.Bench.Cells;
import io.synaptile.board.wire.CellStatus;
import io.synaptile.board.wire.ProgramReply;
import io.synaptile.board.wire.ProgramRequest;
import io.synaptile.board.wire.ReadReply;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** How cells are written and read. */
final class CellChecks {
    private static final int MOST_PULSES = 20;
    /** Share of the range that a cell must be moved by a write for it to be seen. */
    private static final double SEEN_SHARE = 0.3;

    private final Suite suite;
    private final Bench bench;

    CellChecks(Suite suite, Bench bench) {
        this.suite = suite;
        this.bench = bench;
    }

    void run() {
        suite.check("read, multiply and age: an array whose cells were never programmed is not ready", this::fresh);
        suite.check("program: the report has every cell", this::report);
        suite.check("program: cells come within the tolerance, or are said not to", this::tolerance);
        suite.check("program: a read shows what the report says", this::agreement);
        suite.check("program: no cell gets more pulses than the call allows", this::pulses);
        suite.check("program: cells outside the mask are left as they are", () -> bench.with(this::mask));
        suite.check("program: cells outside the part are left as they are", () -> bench.with(this::part));
        suite.check("program: a target outside the range is refused and nothing is written", this::outside);
        suite.check("program: a target that is no number is refused", this::noNumber);
        suite.check(
                "program: a wrong number of targets is refused",
                () -> refused(held -> {
                    ProgramRequest.Builder order = Bench.order(held, Bench.targets(held, false));
                    return order.setRows(order.getRows() + 1);
                }));
        suite.check(
                "program: a cell of the mask that is not there is refused",
                () -> refused(held -> {
                    ProgramRequest.Builder order = Bench.order(held, Bench.targets(held, false));
                    return order.addCells(order.getTargetUSCount());
                }));
        suite.check(
                "program: more rows than there are are refused",
                () -> refused(held -> {
                    int rows = held.opened().getRows() + 1;
                    ProgramRequest.Builder order =
                            ProgramRequest.newBuilder().setRows(rows).setColumns(1);
                    for (int i = 0; i < rows; i++) {
                        order.addTargetUS((float) held.opened().getMinUS());
                    }
                    return order;
                }));
        suite.check(
                "program: a tolerance below 0 is refused",
                () -> refused(
                        held -> Bench.order(held, Bench.targets(held, false)).setToleranceUS(-1f)));
        suite.check(
                "read: means and deviations of every cell",
                () -> bench.with(held -> {
                    ReadReply once = held.read(Bench.rows(held), Bench.columns(held), 1);
                    Bench.requireShape(once, Bench.rows(held) * Bench.columns(held));
                    Broken.unless(
                            once.getDeviationUSList().stream().allMatch(own -> own == 0f),
                            "one read of a cell has a deviation other than 0");
                    return "";
                }));
        suite.check(
                "read: no reads, and cells that are not there, are refused",
                () -> bench.with(held -> {
                    held.refused(() -> held.read(1, 1, 0), Code.INVALID_ARGUMENT);
                    held.refused(() -> held.read(0, 1, 1), Code.INVALID_ARGUMENT);
                    held.refused(() -> held.read(held.opened().getRows() + 1, 1, 1), Code.INVALID_ARGUMENT);
                    return held.refused(() -> held.read(1, held.opened().getColumns() + 1, 1), Code.INVALID_ARGUMENT);
                }));
        suite.check(
                "read: more reads than a call may have are refused",
                () -> bench.with(held -> {
                    int most = held.opened().getLimits().getReadsPerCall();
                    if (most == -1) {
                        return "the board states no limit";
                    }
                    return held.refused(() -> held.read(1, 1, most + 1), Code.OUT_OF_RANGE);
                }));
    }

    /** What makes an order that is refused. */
    private interface Order {
        ProgramRequest.Builder of(Held held);
    }

    private String refused(Order order) throws Exception {
        return bench.with(held -> held.refused(() -> held.program(order.of(held)), Code.INVALID_ARGUMENT));
    }

    private String fresh() throws Exception {
        return bench.with(held -> {
            if (held.opened().getWornPulses() > 0) {
                return "not tried, for cells have had pulses";
            }
            held.refused(() -> held.read(1, 1, 1), Code.FAILED_PRECONDITION);
            if (held.opened().getCanAge()) {
                held.refused(() -> held.age(1, 300), Code.FAILED_PRECONDITION);
            }
            return held.refused(
                    () -> held.multiply(Currents.request(1, List.of(Currents.Way.of(1, 0)), 1)),
                    Code.FAILED_PRECONDITION);
        });
    }

    private static void requireShape(ProgramReply reply, int cells) {
        Broken.unless(
                reply.getReachedUSCount() == cells
                        && reply.getPulsesCount() == cells
                        && reply.getStatusCount() == cells,
                reply.getReachedUSCount() + " conductances, " + reply.getPulsesCount() + " numbers of pulses and "
                        + reply.getStatusCount() + " outcomes for " + cells + " cells");
        for (int i = 0; i < cells; i++) {
            Broken.unless(
                    Float.isFinite(reply.getReachedUS(i)), "cell " + i + " holds " + reply.getReachedUS(i) + " uS");
            Broken.unless(
                    reply.getStatus(i) != CellStatus.UNRECOGNIZED,
                    "cell " + i + " has outcome " + reply.getStatusValue(i));
        }
        Broken.unless(
                reply.getTimeNs() >= 0 && reply.getEnergyPJ() >= 0,
                "it took " + reply.getTimeNs() + " ns and " + reply.getEnergyPJ() + " pJ");
    }

    private String report() throws Exception {
        return bench.with(held -> {
            float[] targets = Bench.targets(held, false);
            ProgramReply reply = held.program(Bench.order(held, targets));
            requireShape(reply, targets.length);
            long reached = reply.getStatusList().stream()
                    .filter(CellStatus.REACHED::equals)
                    .count();
            return reached + " of " + targets.length + " cells reached";
        });
    }

    private String tolerance() throws Exception {
        return bench.with(held -> {
            float[] targets = Bench.targets(held, true);
            float tolerance = (float) (Bench.CELL_SHARE * Bench.range(held));
            ProgramReply reply = held.program(
                    Bench.order(held, targets).setToleranceUS(tolerance).setMaxPulses(MOST_PULSES));
            requireShape(reply, targets.length);
            int near = 0;
            for (int i = 0; i < targets.length; i++) {
                double off = Math.abs(reply.getReachedUS(i) - targets[i]);
                Broken.unless(
                        reply.getStatus(i) != CellStatus.REACHED || off <= tolerance * 1.0001,
                        "cell " + i + " is " + off + " uS off its target and is said to have come within " + tolerance);
                Broken.unless(
                        reply.getStatus(i) != CellStatus.MISSED || off > tolerance * 0.9999,
                        "cell " + i + " is " + off + " uS off its target and is said not to have come within "
                                + tolerance);
                near += reply.getStatus(i) == CellStatus.REACHED ? 1 : 0;
            }
            return near + " of " + targets.length + " cells within " + figure(tolerance) + " uS";
        });
    }

    private String agreement() throws Exception {
        return bench.with(held -> {
            float[] targets = Bench.targets(held, false);
            ProgramReply reply = held.program(Bench.order(held, targets));
            requireShape(reply, targets.length);
            Cells seen = Bench.part(held);
            double bound = Bench.CELL_SHARE * Bench.range(held);
            int apart = 0;
            for (int i = 0; i < targets.length; i++) {
                double off = Math.abs(seen.mean()[i] - reply.getReachedUS(i)) - seen.doubt()[i];
                apart += off > bound ? 1 : 0;
            }
            String found = apart + " of " + targets.length + " cells are more than " + figure(bound) + " uS apart";
            Broken.unless(apart * 20 <= targets.length, found);
            return found;
        });
    }

    private String pulses() throws Exception {
        return bench.with(held -> {
            float[] targets = Bench.targets(held, true);
            // So near that many cells would want more pulses.
            float tolerance = (float) (Bench.range(held) / 1000);
            ProgramReply reply = held.program(
                    Bench.order(held, targets).setToleranceUS(tolerance).setMaxPulses(2));
            requireShape(reply, targets.length);
            int most =
                    reply.getPulsesList().stream().max(Integer::compareUnsigned).orElse(0);
            Broken.unless(
                    Integer.compareUnsigned(most, 2) <= 0,
                    "a cell had " + Integer.toUnsignedString(most) + " pulses, 2 were allowed");
            return "at most " + most + " of 2 pulses";
        });
    }

    /** What a write that leaves some cells out does to these. */
    private String left(Held held, ProgramRequest.Builder order, IntPredicate written) {
        int rows = Bench.rows(held);
        int columns = Bench.columns(held);
        requireShape(held.program(Bench.order(held, Bench.targets(held, false))), rows * columns);
        Cells before = Bench.part(held);
        ProgramReply reply = held.program(order);
        requireShape(reply, order.getTargetUSCount());
        Cells after = Bench.part(held);
        float[] was = Bench.targets(held, false);
        float[] wanted = Bench.targets(held, true);
        double bound = Bench.CELL_SHARE * Bench.range(held);
        int out = 0;
        int seen = 0;
        int moved = 0;
        for (int i = 0; i < rows * columns; i++) {
            double by = after.moved(i, before, i);
            if (!written.test(i)) {
                out++;
                Broken.unless(
                        by <= bound,
                        "cell " + i + " was not to be written and went from " + figure(before.mean()[i]) + " to "
                                + figure(after.mean()[i]) + " uS");
            } else if (Math.abs(wanted[i] - was[i]) > SEEN_SHARE * Bench.range(held)) {
                seen++;
                moved += Math.abs(after.mean()[i] - wanted[i]) < Math.abs(after.mean()[i] - was[i]) ? 1 : 0;
            }
        }
        for (int i = 0; i < order.getTargetUSCount(); i++) {
            int at = i / order.getColumns() * columns + i % order.getColumns();
            Broken.unless(
                    written.test(at) || reply.getPulses(i) == 0,
                    "cell " + i + " was not to be written and had " + reply.getPulses(i) + " pulses");
            Broken.unless(
                    written.test(at)
                            || Math.abs(reply.getReachedUS(i) - before.mean()[at]) - before.doubt()[at] <= bound,
                    "cell " + i + " was not written and holds " + figure(before.mean()[at]) + " uS; the report says "
                            + reply.getReachedUS(i));
        }
        Broken.unless(moved * 2 >= seen, "of " + seen + " cells that were to be written anew, " + moved + " were");
        return moved + " of " + seen + " cells moved as asked for, " + out + " stayed";
    }

    private String mask(Held held) {
        ProgramRequest.Builder order = Bench.order(held, Bench.targets(held, true));
        for (int i = 0; i < order.getTargetUSCount(); i += 2) {
            order.addCells(i);
        }
        return left(held, order, i -> i % 2 == 0);
    }

    private String part(Held held) {
        int rows = Math.max(1, Bench.rows(held) / 2);
        int columns = Math.max(1, Bench.columns(held) - 1);
        float[] wanted = Bench.targets(held, true);
        ProgramRequest.Builder order = ProgramRequest.newBuilder().setRows(rows).setColumns(columns);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                order.addTargetUS(wanted[r * Bench.columns(held) + c]);
            }
        }
        return left(held, order, i -> i / Bench.columns(held) < rows && i % Bench.columns(held) < columns);
    }

    private String outside() throws Exception {
        return bench.with(held -> {
            Cells before = Bench.part(held);
            float[] high = Bench.targets(held, true);
            high[high.length - 1] = (float) (held.opened().getMaxUS() + Bench.range(held));
            String said = held.refused(() -> held.program(Bench.order(held, high)), Code.OUT_OF_RANGE);
            Cells after = Bench.part(held);
            for (int i = 0; i < high.length; i++) {
                Broken.unless(
                        after.moved(i, before, i) <= Bench.CELL_SHARE * Bench.range(held),
                        "cell " + i + " was written before the refusal");
            }
            if (held.opened().getMinUS() > 0) {
                float[] low = Bench.targets(held, true);
                low[0] = 0f;
                held.refused(() -> held.program(Bench.order(held, low)), Code.OUT_OF_RANGE);
            }
            return said;
        });
    }

    private String noNumber() throws Exception {
        return bench.with(held -> {
            float[] targets = Bench.targets(held, false);
            targets[0] = Float.POSITIVE_INFINITY;
            held.refused(() -> held.program(Bench.order(held, targets)), Code.INVALID_ARGUMENT, Code.OUT_OF_RANGE);
            targets[0] = Float.NaN;
            return held.refused(() -> held.program(Bench.order(held, targets)), Code.INVALID_ARGUMENT);
        });
    }

    static String figure(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
