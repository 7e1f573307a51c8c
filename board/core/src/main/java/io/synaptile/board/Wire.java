/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board;

import io.synaptile.board.wire.CellStatus;
import io.synaptile.board.wire.Reads;
import io.synaptile.devices.readout.RowReads;
import io.synaptile.mapping.port.ProgramReport.Status;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** Arrays as the messages have them, and back. */
public final class Wire {
    /** Version of the wire form. */
    public static final int VERSION = 1;
    /** Longest message in either direction, unless a board says less. */
    public static final int MAX_MESSAGE_BYTES = 64 << 20;
    /** Port that boards listen on unless told otherwise. */
    public static final int PORT = 7447;

    private Wire() {}

    /** Numbers without a copy of each. */
    public static List<Float> floats(float[] values) {
        return new Floats(values);
    }

    private static final class Floats extends AbstractList<Float> implements RandomAccess {
        private final float[] values;

        Floats(float[] values) {
            this.values = values;
        }

        @Override
        public Float get(int index) {
            return values[index];
        }

        @Override
        public int size() {
            return values.length;
        }
    }

    /** The entries of a repeated field. */
    public static float[] floats(List<Float> values) {
        float[] copy = new float[values.size()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = values.get(i);
        }
        return copy;
    }

    /** The entries of a repeated field. */
    public static int[] ints(List<Integer> values) {
        int[] copy = new int[values.size()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = values.get(i);
        }
        return copy;
    }

    /** Reads of an image as a message. */
    public static Reads message(RowReads reads) {
        Reads.Builder message = Reads.newBuilder().setImage(reads.image());
        boolean whole = true;
        for (int i = 0; i < reads.count(); i++) {
            message.addStep(reads.step()[i]);
            message.addKey(reads.key()[i]);
            message.addDriven(reads.start()[i + 1] - reads.start()[i]);
        }
        for (int e = 0; e < reads.row().length; e++) {
            message.addRow(reads.row()[e]);
            whole &= reads.drive()[e] == 1f;
        }
        if (!whole) {
            message.addAllDrive(floats(reads.drive()));
        }
        return message.build();
    }

    /**
     * Reads of an image from a message.
     *
     * @throws IllegalArgumentException saying which lengths do not go with each other
     */
    public static RowReads reads(Reads message) {
        int count = message.getDrivenCount();
        if (message.getStepCount() != count || message.getKeyCount() != count) {
            throw new IllegalArgumentException(count + " numbers of driven rows, " + message.getStepCount()
                    + " steps and " + message.getKeyCount() + " keys; there must be one of each for every read");
        }
        int[] step = new int[count];
        long[] key = new long[count];
        int[] start = new int[count + 1];
        long end = 0;
        for (int i = 0; i < count; i++) {
            step[i] = message.getStep(i);
            key[i] = message.getKey(i);
            end += Integer.toUnsignedLong(message.getDriven(i));
            if (end > message.getRowCount()) {
                break;
            }
            start[i + 1] = (int) end;
        }
        int entries = message.getRowCount();
        if (end != entries) {
            throw new IllegalArgumentException(
                    "driven rows of all reads do not add up to the " + entries + " rows of the message");
        }
        if (message.getDriveCount() != 0 && message.getDriveCount() != entries) {
            throw new IllegalArgumentException(message.getDriveCount() + " drives for " + entries + " rows");
        }
        int[] row = new int[entries];
        float[] drive = new float[entries];
        for (int e = 0; e < entries; e++) {
            row[e] = message.getRow(e);
            drive[e] = message.getDriveCount() == 0 ? 1f : message.getDrive(e);
        }
        return new RowReads(message.getImage(), step, key, start, row, drive);
    }

    /** The outcome of a cell as a message has it. */
    public static CellStatus message(Status status) {
        return switch (status) {
            case REACHED -> CellStatus.REACHED;
            case MISSED -> CellStatus.MISSED;
            case STUCK -> CellStatus.STUCK;
            case REFUSED -> CellStatus.REFUSED;
        };
    }

    /**
     * The outcome of a cell from a message.
     *
     * @throws IllegalArgumentException if it is none of this version
     */
    public static Status status(CellStatus status) {
        return switch (status) {
            case REACHED -> Status.REACHED;
            case MISSED -> Status.MISSED;
            case STUCK -> Status.STUCK;
            case REFUSED -> Status.REFUSED;
            case UNRECOGNIZED -> throw new IllegalArgumentException("an outcome that this version does not know");
        };
    }
}
