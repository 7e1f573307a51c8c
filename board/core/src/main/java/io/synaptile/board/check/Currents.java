/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.check;

import io.synaptile.board.wire.MultiplyReply;
import io.synaptile.board.wire.MultiplyRequest;
import io.synaptile.board.wire.Reads;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Currents of columns for some ways of driving rows, each read many times.
 *
 * @param mean uS, {@code [ways][columns]}
 * @param doubt uS by which a mean may be off by chance
 * @param saturated entries at the end of what the board measures
 */
record Currents(int columns, double[] mean, double[] doubt, BitSet saturated) {
    /** Reads of every way. */
    static final int REPEATS = 16;
    /** Keys of reads are numbers that no other read has. */
    private static final long FIRST_KEY = 1L << 40;

    /**
     * Rows that are driven together.
     *
     * @param rows ascending
     * @param drive share of the read voltage on all of them
     */
    record Way(int[] rows, double drive) {
        static Way none() {
            return new Way(new int[0], 1);
        }

        static Way of(double drive, int... rows) {
            return new Way(rows, drive);
        }
    }

    double of(int way, int column) {
        return mean[way * columns + column];
    }

    double doubt(int way, int column) {
        return doubt[way * columns + column];
    }

    /** Whether a column was within what the board measures, for all of these ways. */
    boolean within(int column, int... ways) {
        for (int way : ways) {
            if (saturated.get(way * columns + column)) {
                return false;
            }
        }
        return true;
    }

    static Currents of(Held held, int columns, List<Way> ways) {
        int most = held.opened().getLimits().getReadsPerCall();
        int reads = ways.size() * REPEATS;
        double[] sum = new double[ways.size() * columns];
        double[] squares = new double[sum.length];
        BitSet saturated = new BitSet();
        for (int from = 0; from < reads; from += most) {
            int to = Math.min(reads, from + most);
            MultiplyReply reply = held.multiply(request(columns, ways, from, to));
            Set<Integer> atEnd = requireShape(reply, (to - from) * columns);
            for (int e = 0; e < reply.getColumnUSCount(); e++) {
                int entry = (from + e / columns) % ways.size() * columns + e % columns;
                sum[entry] += reply.getColumnUS(e);
                squares[entry] += (double) reply.getColumnUS(e) * reply.getColumnUS(e);
                if (atEnd.contains(e)) {
                    saturated.set(entry);
                }
            }
        }
        double[] doubt = new double[sum.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= REPEATS;
            double variance = Math.max(0, squares[i] / REPEATS - sum[i] * sum[i]) * REPEATS / (REPEATS - 1);
            doubt[i] = Bench.STANDARD_ERRORS * Math.sqrt(variance / REPEATS) + 1e-6 * Math.abs(sum[i]);
        }
        return new Currents(columns, sum, doubt, saturated);
    }

    private static MultiplyRequest.Builder request(int columns, List<Way> ways, int from, int to) {
        List<Way> reads = new ArrayList<>();
        for (int read = from; read < to; read++) {
            reads.add(ways.get(read % ways.size()));
        }
        return request(columns, reads, FIRST_KEY + from);
    }

    /** One image whose reads have keys from a number on. */
    static MultiplyRequest.Builder request(int columns, List<Way> ways, long firstKey) {
        return MultiplyRequest.newBuilder().setColumns(columns).addReads(reads(ways, firstKey));
    }

    static Reads.Builder reads(List<Way> ways, long firstKey) {
        Reads.Builder reads = Reads.newBuilder().setImage(firstKey);
        for (int i = 0; i < ways.size(); i++) {
            reads.addStep(0).addKey(firstKey + i).addDriven(ways.get(i).rows.length);
            for (int row : ways.get(i).rows) {
                reads.addRow(row).addDrive((float) ways.get(i).drive);
            }
        }
        return reads;
    }

    /** Demands that a reply has finite currents for all reads and columns; gives the entries that are said to be saturated. */
    static Set<Integer> requireShape(MultiplyReply reply, int wanted) {
        Broken.unless(
                reply.getColumnUSCount() == wanted,
                reply.getColumnUSCount() + " currents came back, " + wanted + " were asked for");
        for (int i = 0; i < wanted; i++) {
            Broken.unless(Float.isFinite(reply.getColumnUS(i)), "entry " + i + " is " + reply.getColumnUS(i) + " uS");
        }
        for (int entry : reply.getSaturatedList()) {
            Broken.unless(
                    entry >= 0 && entry < wanted,
                    "entry " + Integer.toUnsignedString(entry) + " of " + wanted + " is said to be saturated");
        }
        return new HashSet<>(reply.getSaturatedList());
    }
}
