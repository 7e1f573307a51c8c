/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.safetensors;

import io.synaptile.text.message.Quoted;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A row-major array of numbers in the bytes of its file. Immutable. */
public final class Tensor {
    private final TensorType type;
    private final int[] shape;
    private final byte[] data;

    /** Takes ownership of {@code data}, whose length the caller has checked. */
    Tensor(TensorType type, int[] shape, byte[] data) {
        this.type = type;
        this.shape = shape;
        this.data = data;
    }

    /**
     * A copy of {@code values} as an F32 tensor.
     *
     * @throws IllegalArgumentException if the shape does not hold that many values
     */
    public static Tensor of(float[] values, int... shape) {
        long count = 1;
        for (int extent : shape) {
            count = Math.multiplyExact(count, extent);
        }
        if (count != values.length) {
            throw new IllegalArgumentException(
                    values.length + " values do not fill a tensor of shape " + describe(shape));
        }
        byte[] data = new byte[Math.multiplyExact(values.length, Float.BYTES)];
        ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
        return new Tensor(TensorType.F32, shape.clone(), data);
    }

    public TensorType type() {
        return type;
    }

    /** Extents, outermost first; empty for a scalar. */
    public int[] shape() {
        return shape.clone();
    }

    /** Whether the extents are these. */
    public boolean hasShape(int... expected) {
        return Arrays.equals(shape, expected);
    }

    /** Number of elements. */
    public int size() {
        return data.length / type.bytes();
    }

    /**
     * All elements as floats; F64 is rounded to the nearest.
     *
     * @throws IllegalArgumentException if the elements are integers
     */
    public float[] floats() {
        ByteBuffer bytes = bytes();
        float[] values = new float[size()];
        switch (type) {
            case F32 -> bytes.asFloatBuffer().get(values);
            case F64 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) bytes.getDouble(i * Double.BYTES);
                }
            }
            case F16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.float16ToFloat(bytes.getShort(i * Short.BYTES));
                }
            }
            case BF16 -> {
                // A bfloat16 is the upper half of a float.
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.intBitsToFloat(bytes.getShort(i * Short.BYTES) << 16);
                }
            }
            case I64, I32, U8 ->
                throw new IllegalArgumentException(
                        "elements are of type " + type + ", floating-point numbers are needed");
        }
        return values;
    }

    /**
     * All elements as integers.
     *
     * @throws IllegalArgumentException if the elements are floating-point numbers
     */
    public long[] longs() {
        ByteBuffer bytes = bytes();
        long[] values = new long[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case I64 -> bytes.getLong(i * Long.BYTES);
                case I32 -> bytes.getInt(i * Integer.BYTES);
                case U8 -> Byte.toUnsignedLong(bytes.get(i));
                case F64, F32, F16, BF16 ->
                    throw new IllegalArgumentException("elements are of type " + type + ", integers are needed");
            };
        }
        return values;
    }

    /** Shape as in messages, for example {@code [10, 64]}. */
    static String describe(int[] shape) {
        return Quoted.bare(
                Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", ", "[", "]")));
    }

    @Override
    public String toString() {
        return type + " " + describe(shape);
    }

    /** The bytes as stored; not to be written to. */
    byte[] data() {
        return data;
    }

    private ByteBuffer bytes() {
        return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    }
}
