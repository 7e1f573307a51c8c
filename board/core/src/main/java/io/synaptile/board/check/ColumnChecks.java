/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.check;

import io.grpc.Status.Code;
import io.synaptile.board.check.Bench.Cells;
import io.synaptile.board.check.Currents.Way;
import io.synaptile.board.wire.MultiplyReply;
import io.synaptile.board.wire.MultiplyRequest;
import io.synaptile.board.wire.OpenReply;
import io.synaptile.board.wire.Reads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** How rows are driven and columns read. */
final class ColumnChecks {
    /** By which currents may be off what they are held against, as a share of the larger. */
    private static final double LINEAR_SHARE = 0.05;
    /** By which a row alone may be off its cells, before a calibration: columns have gains of their own. */
    private static final double UNCALIBRATED_SHARE = 0.3;
    /** Most reads that are sent to find out whether too many are refused. */
    private static final int MOST_READS = 1 << 21;

    private static final int READ_BYTES = 24;

    private final Suite suite;
    private final Bench bench;

    ColumnChecks(Suite suite, Bench bench) {
        this.suite = suite;
        this.bench = bench;
    }

    void run() {
        suite.check("multiply: a current for every read and column, all of them numbers", this::shape);
        suite.check(
                "multiply: a row alone shows its cells",
                () -> bench.with(held -> rowsShowCells(held, UNCALIBRATED_SHARE)));
        suite.check("multiply: currents are linear in the drive", this::linear);
        suite.check("multiply: rows together give the sum of the rows", this::sums);
        suite.check("multiply: a read without rows shows no current", this::nothing);
        suite.check("multiply: fewer columns are the first ones", this::fewer);
        suite.check("multiply: reads of several images come in their order", this::order);
        suite.check("multiply: the same keys give the same numbers where the board says so", this::repeats);
        suite.check("multiply: drives that are empty stand for the full read voltage", this::emptyDrives);
        suite.check("multiply: a drive above the limit is refused, not clipped", this::tooStrong);
        for (float drive : new float[] {0f, -0.5f, Float.NaN, Float.POSITIVE_INFINITY}) {
            suite.check(
                    "multiply: a drive of " + drive + " is refused",
                    () -> refused(reads -> reads.setDrive(0, drive), Code.INVALID_ARGUMENT, Code.OUT_OF_RANGE));
        }
        suite.check(
                "multiply: a row that is not there is refused",
                () -> bench.with(held -> held.refused(
                        () -> held.multiply(Currents.request(
                                1, List.of(Way.of(1, held.opened().getRows())), 1)),
                        Code.INVALID_ARGUMENT)));
        suite.check(
                "multiply: a row that is driven twice in a read is refused",
                () -> refused(reads -> reads.addRow(0).addDrive(1).setDriven(0, 2), Code.INVALID_ARGUMENT));
        suite.check(
                "multiply: rows that do not ascend are refused",
                () -> bench.with(held -> {
                    if (held.opened().getRows() == 1) {
                        return "the array has one row";
                    }
                    return held.refused(
                            () -> held.multiply(Currents.request(1, List.of(Way.of(1, 1, 0)), 1)),
                            Code.INVALID_ARGUMENT);
                }));
        suite.check("multiply: numbers of rows, drives and keys that do not go together are refused", () -> {
            refused(reads -> reads.setDriven(0, 2), Code.INVALID_ARGUMENT);
            refused(reads -> reads.addDrive(1), Code.INVALID_ARGUMENT);
            return refused(Reads.Builder::clearKey, Code.INVALID_ARGUMENT);
        });
        suite.check(
                "multiply: no columns, and more than there are, are refused",
                () -> bench.with(held -> {
                    held.refused(
                            () -> held.multiply(Currents.request(0, List.of(Way.of(1, 0)), 1)), Code.INVALID_ARGUMENT);
                    return held.refused(
                            () -> held.multiply(
                                    Currents.request(held.opened().getColumns() + 1, List.of(Way.of(1, 0)), 1)),
                            Code.INVALID_ARGUMENT);
                }));
        suite.check("multiply: more reads than a call may have are refused", this::tooMany);
    }

    /** Demands that one read of one row is refused after a change. */
    private String refused(Consumer<Reads.Builder> change, Code... codes) throws Exception {
        return bench.with(held -> {
            Reads.Builder reads = Currents.reads(List.of(Way.of(full(held.opened()), 0)), 1);
            change.accept(reads);
            return held.refused(
                    () -> held.multiply(
                            MultiplyRequest.newBuilder().setColumns(1).addReads(reads)),
                    codes);
        });
    }

    /** The drive that a row bears: the limit where one is stated, the read voltage where any is allowed. */
    private static double full(OpenReply opened) {
        return opened.getLimits().getDrive() > 0 ? opened.getLimits().getDrive() : 1;
    }

    /** Some rows of the part, far from each other. */
    private static int[] rows(Held held) {
        int rows = Bench.rows(held);
        return Arrays.stream(new int[] {0, rows / 2, rows - 1}).distinct().toArray();
    }

    private String shape() throws Exception {
        return bench.with(held -> {
            List<Way> ways = new ArrayList<>();
            for (int row : rows(held)) {
                ways.add(Way.of(full(held.opened()), row));
            }
            MultiplyReply reply = held.multiply(Currents.request(Bench.columns(held), ways, 7));
            int atEnd = Currents.requireShape(reply, ways.size() * Bench.columns(held))
                    .size();
            return reply.getColumnUSCount() + " currents, " + atEnd + " at the end of what is measured";
        });
    }

    /** Holds currents of rows alone against what was read of their cells. */
    static String rowsShowCells(Held held, double share) {
        int columns = Bench.columns(held);
        Cells cells = Bench.part(held);
        int[] rows = rows(held);
        double drive = full(held.opened());
        List<Way> ways = new ArrayList<>(List.of(Way.none()));
        for (int row : rows) {
            ways.add(Way.of(drive, row));
        }
        Currents seen = Currents.of(held, columns, ways);
        Worst worst = new Worst();
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < columns; c++) {
                if (seen.within(c, i + 1)) {
                    double expected = drive * cells.of(rows[i], c);
                    double off = Math.abs(seen.of(i + 1, c) - seen.of(0, c) - expected);
                    double bound = share * expected
                            + Bench.CELL_SHARE * Bench.range(held) * drive
                            + seen.doubt(i + 1, c)
                            + seen.doubt(0, c)
                            + drive * cells.doubt()[rows[i] * columns + c];
                    worst.see(
                            off,
                            bound,
                            "row " + rows[i] + ", column " + c,
                            expected,
                            seen.of(i + 1, c) - seen.of(0, c));
                }
            }
        }
        return worst.said();
    }

    private String linear() throws Exception {
        return bench.with(held -> {
            OpenReply opened = held.opened();
            double full = full(opened);
            List<Double> drives = new ArrayList<>(List.of(full / 4, full / 2, full));
            if (opened.getLimits().getDrive() == 0) {
                drives.add(2.0);
            }
            int columns = Bench.columns(held);
            Worst worst = new Worst();
            for (int row : rows(held)) {
                List<Way> ways = new ArrayList<>(List.of(Way.none()));
                drives.forEach(drive -> ways.add(Way.of(drive, row)));
                Currents seen = Currents.of(held, columns, ways);
                int unit = 1 + drives.indexOf(full / 2);
                for (int way = 1; way < ways.size(); way++) {
                    for (int c = 0; c < columns; c++) {
                        if (seen.within(c, way, unit)) {
                            double ratio = drives.get(way - 1) / (full / 2);
                            double expected = ratio * (seen.of(unit, c) - seen.of(0, c));
                            double found = seen.of(way, c) - seen.of(0, c);
                            worst.see(
                                    Math.abs(found - expected),
                                    LINEAR_SHARE * Math.max(Math.abs(found), Math.abs(expected))
                                            + seen.doubt(way, c)
                                            + ratio * seen.doubt(unit, c)
                                            + (1 + ratio) * seen.doubt(0, c),
                                    "row " + row + ", column " + c + ", drive " + drives.get(way - 1),
                                    expected,
                                    found);
                        }
                    }
                }
            }
            return worst.said();
        });
    }

    private String sums() throws Exception {
        return bench.with(held -> {
            int[] rows = rows(held);
            if (rows.length == 1) {
                return "the array has one row";
            }
            double drive = Math.min(1, full(held.opened()));
            List<Way> ways = new ArrayList<>(List.of(Way.none(), Way.of(drive, rows)));
            for (int row : rows) {
                ways.add(Way.of(drive, row));
            }
            int columns = Bench.columns(held);
            Currents seen = Currents.of(held, columns, ways);
            Worst worst = new Worst();
            for (int c = 0; c < columns; c++) {
                double expected = 0;
                double bound = seen.doubt(1, c) + (1 + rows.length) * seen.doubt(0, c);
                boolean within = seen.within(c, 1);
                for (int i = 2; i < ways.size(); i++) {
                    expected += seen.of(i, c) - seen.of(0, c);
                    bound += seen.doubt(i, c);
                    within &= seen.within(c, i);
                }
                if (within) {
                    double found = seen.of(1, c) - seen.of(0, c);
                    worst.see(
                            Math.abs(found - expected),
                            bound + LINEAR_SHARE * Math.max(Math.abs(found), Math.abs(expected)),
                            rows.length + " rows, column " + c,
                            expected,
                            found);
                }
            }
            return worst.said();
        });
    }

    private String nothing() throws Exception {
        return bench.with(held -> {
            int columns = Bench.columns(held);
            Currents seen = Currents.of(held, columns, List.of(Way.none()));
            Worst worst = new Worst();
            for (int c = 0; c < columns; c++) {
                worst.see(
                        Math.abs(seen.of(0, c)),
                        held.opened().getMaxUS() / 2 + seen.doubt(0, c),
                        "column " + c,
                        0,
                        seen.of(0, c));
            }
            return worst.said();
        });
    }

    private String fewer() throws Exception {
        return bench.with(held -> {
            int columns = Bench.columns(held);
            int some = Math.max(1, columns / 2);
            List<Way> ways = List.of(Way.of(full(held.opened()), 0), Way.none());
            return same(Currents.of(held, columns, ways), Currents.of(held, some, ways), ways.size());
        });
    }

    private static String same(Currents all, Currents some, int ways) {
        Worst worst = new Worst();
        for (int way = 0; way < ways; way++) {
            for (int c = 0; c < some.columns(); c++) {
                worst.see(
                        Math.abs(all.of(way, c) - some.of(way, c)),
                        LINEAR_SHARE * Math.abs(all.of(way, c)) + all.doubt(way, c) + some.doubt(way, c),
                        "read " + way + ", column " + c,
                        all.of(way, c),
                        some.of(way, c));
            }
        }
        return worst.said();
    }

    /** Two images, of one read and of two, against the reads one by one. */
    private String order() throws Exception {
        return bench.with(held -> {
            int[] rows = rows(held);
            double drive = full(held.opened());
            List<Way> ways = List.of(Way.of(drive, rows[0]), Way.none(), Way.of(drive, rows[rows.length - 1]));
            if (held.opened().getLimits().getReadsPerCall() < ways.size()) {
                return "not tried, for a call has fewer reads";
            }
            int columns = Bench.columns(held);
            Currents each = Currents.of(held, columns, ways);
            double[] sum = new double[ways.size() * columns];
            for (int i = 0; i < Currents.REPEATS; i++) {
                MultiplyReply reply = held.multiply(MultiplyRequest.newBuilder()
                        .setColumns(columns)
                        .addReads(Currents.reads(ways.subList(0, 1), 100L + 3 * i))
                        .addReads(Currents.reads(ways.subList(1, 3), 101L + 3 * i)));
                Currents.requireShape(reply, sum.length);
                for (int e = 0; e < sum.length; e++) {
                    sum[e] += reply.getColumnUS(e) / Currents.REPEATS;
                }
            }
            // Their doubt is that of as many reads.
            return same(each, new Currents(columns, sum, each.doubt(), each.saturated()), ways.size());
        });
    }

    private String repeats() throws Exception {
        return bench.with(held -> {
            if (!held.opened().getDeterministic()) {
                return "the board does not say so";
            }
            List<Way> ways = List.of(Way.of(full(held.opened()), 0));
            MultiplyReply first = held.multiply(Currents.request(Bench.columns(held), ways, 5));
            MultiplyReply second = held.multiply(Currents.request(Bench.columns(held), ways, 5));
            Broken.unless(first.equals(second), "two reads with one key differ");
            return "";
        });
    }

    private String emptyDrives() throws Exception {
        return bench.with(held -> {
            double limit = held.opened().getLimits().getDrive();
            if (limit > 0 && limit < 1) {
                return "not tried, for the limit of drives is " + limit;
            }
            int columns = Bench.columns(held);
            Currents ones = Currents.of(held, columns, List.of(Way.of(1, 0)));
            double[] sum = new double[columns];
            for (int i = 0; i < Currents.REPEATS; i++) {
                MultiplyReply reply = held.multiply(MultiplyRequest.newBuilder()
                        .setColumns(columns)
                        .addReads(
                                Currents.reads(List.of(Way.of(1, 0)), 100L + i).clearDrive()));
                Currents.requireShape(reply, columns);
                for (int c = 0; c < columns; c++) {
                    sum[c] += reply.getColumnUS(c) / Currents.REPEATS;
                }
            }
            return same(ones, new Currents(columns, sum, ones.doubt(), ones.saturated()), 1);
        });
    }

    private String tooStrong() throws Exception {
        return bench.with(held -> {
            double limit = held.opened().getLimits().getDrive();
            if (limit == 0) {
                return "the board states no limit";
            }
            return held.refused(
                    () -> held.multiply(Currents.request(1, List.of(Way.of(1.5 * limit, 0)), 1)), Code.OUT_OF_RANGE);
        });
    }

    private String tooMany() throws Exception {
        int mostBytes = FactChecks.hello(bench).getMaxMessageBytes();
        return bench.with(held -> {
            long most = Integer.toUnsignedLong(held.opened().getLimits().getReadsPerCall());
            if (most >= MOST_READS || most * READ_BYTES > Integer.toUnsignedLong(mostBytes)) {
                return "not tried, for so many reads are longer than a message";
            }
            List<Way> ways = new ArrayList<>();
            for (long i = 0; i <= most; i++) {
                ways.add(Way.of(full(held.opened()), 0));
            }
            return held.refused(() -> held.multiply(Currents.request(1, ways, 1)), Code.OUT_OF_RANGE);
        });
    }

    /** The figure that is furthest off, in shares of its bound. */
    private static final class Worst {
        private double share;
        private int seen;
        private String said = "";

        void see(double off, double bound, String where, double expected, double found) {
            seen++;
            double own = bound > 0 ? off / bound : off > 0 ? Double.MAX_VALUE : 0;
            if (own >= share) {
                share = own;
                said = where + " is " + CellChecks.figure(found) + " uS, expected " + CellChecks.figure(expected)
                        + " within " + CellChecks.figure(bound);
            }
        }

        /** Demands that all were within their bounds; the worst of them. */
        String said() {
            Broken.unless(seen > 0, "all columns are at the end of what the board measures");
            Broken.unless(share <= 1, said);
            return said;
        }
    }
}
