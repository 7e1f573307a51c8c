/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SequencedMap;
import java.util.zip.CRC32C;

/**
 * Records of an event file: the file is {@link #version} followed by any number of {@link #scalars}, so that a file that is being
 * written can be read, and appended to.
 *
 * <pre>
 *   record:  uint64 length | uint32 masked CRC of the length | message | uint32 masked CRC of the message     little endian
 *   masked:  (crc rotated right by 15 bits) + 0xa282ead8, crc being CRC-32C
 *   message: Event {double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5}
 *            Summary {repeated Value value = 1}     Value {string tag = 1; float simple_value = 2}
 * </pre>
 *
 * <p>The wall time of an event is its step in seconds: a time of the host would differ from run to run.
 *
 * <p>Source: TensorFlow, {@code core/lib/io/record_writer.cc}, {@code core/lib/hash/crc32c.h}, {@code core/util/event.proto} and
 * {@code core/framework/summary.proto}.
 */
public final class EventRecords {
    private static final int MASK = 0xa282ead8;
    private static final int ROTATION = 15;
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;

    private EventRecords() {}

    /** The record that an event file begins with. */
    public static byte[] version() {
        ByteArrayOutputStream event = event(0);
        delimited(event, 3, "brain.Event:2".getBytes(StandardCharsets.US_ASCII));
        return record(event.toByteArray());
    }

    /**
     * A record of one step.
     *
     * @param step at least 0
     * @param values by tag, shown in groups by what stands before the first slash; those that are NaN are left out
     */
    public static byte[] scalars(long step, SequencedMap<String, Double> values) {
        ByteArrayOutputStream summary = new ByteArrayOutputStream();
        values.forEach((tag, value) -> {
            if (!Double.isNaN(value)) {
                ByteArrayOutputStream scalar = new ByteArrayOutputStream();
                delimited(scalar, 1, tag.getBytes(StandardCharsets.UTF_8));
                key(scalar, 2, FIXED_32);
                scalar.writeBytes(
                        little(Float.BYTES).putFloat(value.floatValue()).array());
                delimited(summary, 1, scalar.toByteArray());
            }
        });
        ByteArrayOutputStream event = event(step);
        delimited(event, 5, summary.toByteArray());
        return record(event.toByteArray());
    }

    private static ByteArrayOutputStream event(long step) {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        key(event, 1, FIXED_64);
        event.writeBytes(little(Double.BYTES).putDouble(step).array());
        key(event, 2, VARINT);
        varint(event, step);
        return event;
    }

    private static byte[] record(byte[] message) {
        byte[] length = little(Long.BYTES).putLong(message.length).array();
        return little(length.length + message.length + 2 * Integer.BYTES)
                .put(length)
                .putInt(masked(length))
                .put(message)
                .putInt(masked(message))
                .array();
    }

    private static int masked(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Integer.rotateRight((int) crc.getValue(), ROTATION) + MASK;
    }

    private static void delimited(ByteArrayOutputStream out, int field, byte[] content) {
        key(out, field, LENGTH_DELIMITED);
        varint(out, content.length);
        out.writeBytes(content);
    }

    private static void key(ByteArrayOutputStream out, int field, int type) {
        varint(out, field << 3 | type);
    }

    /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
    private static void varint(ByteArrayOutputStream out, long value) {
        long left = value;
        while (left > 0x7f) {
            out.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
