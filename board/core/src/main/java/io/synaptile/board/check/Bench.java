/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.check;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.synaptile.board.wire.ArrayBoardGrpc;
import io.synaptile.board.wire.ArrayBoardGrpc.ArrayBoardBlockingStub;
import io.synaptile.board.wire.OpenReply;
import io.synaptile.board.wire.OpenRequest;
import io.synaptile.board.wire.ProgramRequest;
import io.synaptile.board.wire.ReadReply;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The array that is checked, and the part of it that checks work on. */
final class Bench {
    /** Side of the part, where the array is as large. */
    private static final int SIDE = 16;
    /** Reads of a cell in one call. */
    private static final int TIMES = 16;
    /** Standard errors that a mean may be off. */
    static final double STANDARD_ERRORS = 6;
    /** Share of the range of cells by which two readings of a cell may differ, noise apart. */
    static final double CELL_SHARE = 0.05;

    private final Channel channel;
    private final Duration deadline;
    private final String array;
    private final String client;

    Bench(Channel channel, Duration deadline, String array, String client) {
        this.channel = channel;
        this.deadline = deadline;
        this.array = array;
        this.client = client;
    }

    Channel channel() {
        return channel;
    }

    Duration deadline() {
        return deadline;
    }

    String array() {
        return array;
    }

    ArrayBoardBlockingStub stub() {
        return stub(deadline);
    }

    ArrayBoardBlockingStub stub(Duration within) {
        return ArrayBoardGrpc.newBlockingStub(channel).withDeadlineAfter(within.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A call that opens the array, with a number of its own. */
    OpenRequest opening() {
        return OpenRequest.newBuilder()
                .setArray(array)
                .setClient(client)
                .setOpening(UUID.randomUUID().getMostSignificantBits() | 1)
                .build();
    }

    Held open() {
        OpenReply opened;
        try {
            opened = stub().open(opening());
        } catch (StatusRuntimeException e) {
            throw new Broken("the array cannot be opened: " + e.getMessage());
        }
        return new Held(this::stub, opened);
    }

    /** What a check does with the array. */
    interface Work {
        String of(Held held) throws Exception;
    }

    /** Does something with the array held. */
    String with(Work work) throws Exception {
        try (Held held = open()) {
            return work.of(held);
        }
    }

    /** Rows of the part. */
    static int rows(Held held) {
        return Math.min(SIDE, held.opened().getRows());
    }

    /** Columns of the part. */
    static int columns(Held held) {
        return Math.min(SIDE, held.opened().getColumns());
    }

    static double range(Held held) {
        return held.opened().getMaxUS() - held.opened().getMinUS();
    }

    /** Targets spread over nine tenths of the range, or those mirrored at its middle. */
    static float[] targets(Held held, boolean mirrored) {
        float[] targets = new float[rows(held) * columns(held)];
        for (int i = 0; i < targets.length; i++) {
            double share = 0.05 + 0.9 * (i * 0.618034 % 1);
            targets[i] = (float) (held.opened().getMinUS() + range(held) * (mirrored ? 1 - share : share));
        }
        return targets;
    }

    /** Writes all cells of the part. */
    static ProgramRequest.Builder order(Held held, float[] targets) {
        ProgramRequest.Builder order =
                ProgramRequest.newBuilder().setRows(rows(held)).setColumns(columns(held));
        for (float target : targets) {
            order.addTargetUS(target);
        }
        return order;
    }

    /**
     * Cells of the upper left part of an array, read several times.
     *
     * @param mean uS
     * @param doubt uS by which a mean may be off by chance
     */
    record Cells(int columns, double[] mean, double[] doubt) {
        double of(int row, int column) {
            return mean[row * columns + column];
        }

        /** The largest distance of two readings of a cell beyond what chance explains, uS. */
        double moved(int own, Cells other, int theirs) {
            return Math.max(0, Math.abs(mean[own] - other.mean[theirs]) - doubt[own] - other.doubt[theirs]);
        }
    }

    static Cells part(Held held) {
        return cells(held, rows(held), columns(held));
    }

    static Cells cells(Held held, int rows, int columns) {
        int times = Math.min(TIMES, held.opened().getLimits().getReadsPerCall());
        ReadReply reply = held.read(rows, columns, times);
        requireShape(reply, rows * columns);
        double[] mean = new double[rows * columns];
        double[] doubt = new double[mean.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = reply.getMeanUS(i);
            doubt[i] = STANDARD_ERRORS * reply.getDeviationUS(i) / Math.sqrt(times);
        }
        return new Cells(columns, mean, doubt);
    }

    static void requireShape(ReadReply reply, int cells) {
        Broken.unless(
                reply.getMeanUSCount() == cells && reply.getDeviationUSCount() == cells,
                reply.getMeanUSCount() + " means and " + reply.getDeviationUSCount() + " deviations for " + cells
                        + " cells");
        for (int i = 0; i < cells; i++) {
            float mean = reply.getMeanUS(i);
            float deviation = reply.getDeviationUS(i);
            Broken.unless(Float.isFinite(mean), "entry " + i + " has a mean of " + mean + " uS");
            Broken.unless(
                    Float.isFinite(deviation) && deviation >= 0,
                    "entry " + i + " has a deviation of " + deviation + " uS");
        }
    }
}
