/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.fuzz;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Damages messages: their bytes, or their fields; the same number gives the same damage. */
final class MessageMutator {
    private static final double[] REALS = {
        0, -0.0, -1, 1e-300, 1e300, 1e30, -1e30, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.5, 3
    };
    private static final long[] WHOLES = {
        0,
        1,
        2,
        5,
        6,
        63,
        64,
        65,
        127,
        128,
        65_535,
        65_536,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        -1,
        -2,
        1L << 32,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };
    private static final String[] TEXTS = {
        "", "a", "b", "\0", "\n\n", "\u202e", "../..", "x".repeat(5000), "\ud83e\udde0", "a/b"
    };
    private static final int MOST_COPIES = 300;

    private final SplittableRandom random;

    MessageMutator(long number) {
        this.random = new SplittableRandom(number);
    }

    /** Whether a reply is to be a refusal instead. */
    boolean refuses() {
        return random.nextInt(10) == 0;
    }

    /** A refusal of any kind. */
    Status status() {
        Status status = Status.fromCodeValue(1 + random.nextInt(16));
        return random.nextInt(3) == 0 ? status : status.withDescription(TEXTS[random.nextInt(TEXTS.length)]);
    }

    /** Damage to the bytes of a message, or to its fields. */
    byte[] damage(Message right) {
        return random.nextInt(3) == 0
                ? bytes(right.toByteArray())
                : fields(right, Set.of()).toByteArray();
    }

    /** One to four kinds of damage to bytes. */
    byte[] bytes(byte[] right) {
        byte[] bytes = right.clone();
        int kinds = 1 + random.nextInt(4);
        for (int i = 0; i < kinds; i++) {
            bytes = damaged(bytes);
        }
        return bytes;
    }

    private byte[] damaged(byte[] bytes) {
        if (bytes.length == 0) {
            byte[] noise = new byte[1 + random.nextInt(40)];
            random.nextBytes(noise);
            return noise;
        }
        int at = random.nextInt(bytes.length);
        byte[] changed = bytes.clone();
        switch (random.nextInt(7)) {
            case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> changed[at] = (byte) random.nextInt();
            case 2 -> changed = Arrays.copyOf(bytes, at);
            case 3 -> {
                int length = 1 + random.nextInt(16);
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                changed = spliced(bytes, at, at, noise);
            }
            case 4 -> changed = spliced(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(8)), new byte[0]);
            case 5 -> {
                // A number as long as numbers get, in the place of what is there.
                byte[] varint = new byte[1 + random.nextInt(11)];
                Arrays.fill(varint, (byte) 0xff);
                varint[varint.length - 1] = (byte) random.nextInt(128);
                changed = spliced(bytes, at, at + 1, varint);
            }
            default -> {
                int to = Math.min(bytes.length, at + 1 + random.nextInt(30));
                changed = spliced(bytes, to, to, Arrays.copyOfRange(bytes, at, to));
            }
        }
        return changed;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
        byte[] all = new byte[bytes.length - (to - from) + between.length];
        System.arraycopy(bytes, 0, all, 0, from);
        System.arraycopy(between, 0, all, from, between.length);
        System.arraycopy(bytes, to, all, from + between.length, bytes.length - to);
        return all;
    }

    /**
     * Other values in one to three fields, in messages within too.
     *
     * @param kept names of fields that stay
     */
    Message fields(Message right, Set<String> kept) {
        Message.Builder changed = right.toBuilder();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            change(changed, kept);
        }
        return changed.build();
    }

    private void change(Message.Builder message, Set<String> kept) {
        List<FieldDescriptor> fields = message.getDescriptorForType().getFields().stream()
                .filter(field -> !kept.contains(field.getName()))
                .toList();
        if (fields.isEmpty()) {
            return;
        }
        FieldDescriptor field = fields.get(random.nextInt(fields.size()));
        if (!field.isRepeated()) {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                Message.Builder within = message.getFieldBuilder(field);
                change(within, kept);
            } else {
                message.setField(field, value(field));
            }
            return;
        }
        List<Object> values = new ArrayList<>((List<?>) message.getField(field));
        switch (random.nextInt(values.isEmpty() ? 2 : 5)) {
            case 0 -> values.add(another(message, field, values));
            case 1 -> {
                int copies = random.nextInt(MOST_COPIES);
                Object value = another(message, field, values);
                for (int i = 0; i < copies; i++) {
                    values.add(value);
                }
            }
            case 2 -> values.clear();
            case 3 -> values.remove(random.nextInt(values.size()));
            default -> values.set(random.nextInt(values.size()), another(message, field, values));
        }
        message.setField(field, values);
    }

    private Object another(Message.Builder message, FieldDescriptor field, List<Object> values) {
        if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            return value(field);
        }
        Message.Builder within = values.isEmpty()
                ? message.newBuilderForField(field)
                : ((Message) values.get(random.nextInt(values.size()))).toBuilder();
        change(within, Set.of());
        return within.build();
    }

    private Object value(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case INT -> (int) WHOLES[random.nextInt(WHOLES.length)];
            case LONG -> WHOLES[random.nextInt(WHOLES.length)];
            case FLOAT -> (float) REALS[random.nextInt(REALS.length)];
            case DOUBLE -> REALS[random.nextInt(REALS.length)];
            case BOOLEAN -> random.nextBoolean();
            case STRING -> TEXTS[random.nextInt(TEXTS.length)];
            case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(-2, 6));
            case BYTE_STRING, MESSAGE -> throw new IllegalStateException(field.getFullName());
        };
    }
}
