/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.npz;

import io.synaptile.text.message.Quoted;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An array of numbers or texts as NumPy stores it, row-major. Immutable.
 *
 * <p>Read are versions 1 to 3 of the format, both byte orders and both memory orders, of the types f2, f4, f8, i1 to i8, u1 to
 * u4, b1 and U. Written are version 1, little-endian, C order.
 */
public final class NpyArray {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;
    private static final String NUMBERS = "f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 b1";
    private static final Charset CODE_POINTS = Charset.forName("UTF-32LE");

    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)([a-zA-Z])(\\d{0,9})'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d\\s,]*)\\)");

    private final char kind;
    private final int width;
    private final int[] shape;
    /** Little-endian, row-major. */
    private final byte[] data;

    private NpyArray(char kind, int width, int[] shape, byte[] data) {
        this.kind = kind;
        this.width = width;
        this.shape = shape;
        this.data = data;
        long bytes = bytes();
        if (bytes != data.length) {
            throw new IllegalArgumentException("shape " + describe() + " takes "
                    + (bytes < 0 ? "more than 2^63" : bytes) + " bytes, got " + data.length);
        }
    }

    /** Bytes of the values of that shape; -1 for more than a number holds. */
    private long bytes() {
        long bytes = width;
        for (int extent : shape) {
            bytes = Math.multiplyHigh(bytes, extent) == 0 ? bytes * extent : -1;
            if (bytes < 0) {
                return -1;
            }
        }
        return bytes;
    }

    /** Single precision; the shape of one number is empty. */
    public static NpyArray of(float[] values, int... shape) {
        ByteBuffer bytes = littleEndian(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return new NpyArray('f', Float.BYTES, shape.clone(), bytes.array());
    }

    /** Double precision. */
    public static NpyArray of(double[] values, int... shape) {
        ByteBuffer bytes = littleEndian(values.length * Double.BYTES);
        bytes.asDoubleBuffer().put(values);
        return new NpyArray('f', Double.BYTES, shape.clone(), bytes.array());
    }

    /** Integers of 64 bits. */
    public static NpyArray of(long[] values, int... shape) {
        ByteBuffer bytes = littleEndian(values.length * Long.BYTES);
        bytes.asLongBuffer().put(values);
        return new NpyArray('i', Long.BYTES, shape.clone(), bytes.array());
    }

    /** Integers of 8 bits. */
    public static NpyArray of(byte[] values, int... shape) {
        return new NpyArray('i', Byte.BYTES, shape.clone(), values.clone());
    }

    /** Texts, as wide as the longest. */
    public static NpyArray of(String[] values, int... shape) {
        int width = Integer.BYTES;
        for (String value : values) {
            width = Math.max(width, value.getBytes(CODE_POINTS).length);
        }
        byte[] data = new byte[values.length * width];
        for (int i = 0; i < values.length; i++) {
            byte[] text = values[i].getBytes(CODE_POINTS);
            System.arraycopy(text, 0, data, i * width, text.length);
        }
        return new NpyArray('U', width, shape.clone(), data);
    }

    /** Extents, outermost first; empty for a single value. */
    public int[] shape() {
        return shape.clone();
    }

    /** Number of values. */
    public int size() {
        return data.length / width;
    }

    /**
     * All values; integers and doubles are rounded to single precision.
     *
     * @throws IllegalArgumentException if they are texts
     */
    public float[] floats() {
        float[] values = new float[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) number(i);
        }
        return values;
    }

    /**
     * All values.
     *
     * @throws IllegalArgumentException if they are texts
     */
    public double[] doubles() {
        double[] values = new double[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(i);
        }
        return values;
    }

    /**
     * All values.
     *
     * @throws IllegalArgumentException if they are not integers
     */
    public long[] longs() {
        long[] values = new long[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = integer(i);
        }
        return values;
    }

    /**
     * All values.
     *
     * @throws IllegalArgumentException if they are not texts
     */
    public String[] texts() {
        if (kind != 'U') {
            throw new IllegalArgumentException("values are " + this + ", texts are needed");
        }
        String[] values = new String[size()];
        for (int i = 0; i < values.length; i++) {
            String padded = new String(data, i * width, width, CODE_POINTS);
            int end = padded.indexOf('\0');
            values[i] = end < 0 ? padded : padded.substring(0, end);
        }
        return values;
    }

    /** Whether the values are texts. */
    public boolean isText() {
        return kind == 'U';
    }

    /** Whether the values are bytes without a sign, as images are usually stored. */
    public boolean isUnsignedBytes() {
        return kind == 'u' && width == Byte.BYTES;
    }

    /**
     * All values.
     *
     * @throws IllegalArgumentException if they are not {@linkplain #isUnsignedBytes unsigned bytes}
     */
    public byte[] unsignedBytes() {
        if (!isUnsignedBytes()) {
            throw new IllegalArgumentException("values are " + this + ", unsigned bytes are needed");
        }
        return data.clone();
    }

    private double number(int i) {
        ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        if (kind != 'f') {
            return integer(i);
        }
        return switch (width) {
            case Short.BYTES -> Float.float16ToFloat(bytes.getShort(i * width));
            case Float.BYTES -> bytes.getFloat(i * width);
            default -> bytes.getDouble(i * width);
        };
    }

    private long integer(int i) {
        if (kind != 'i' && kind != 'u' && kind != 'b') {
            throw new IllegalArgumentException("values are " + this + ", integers are needed");
        }
        ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        boolean unsigned = kind != 'i';
        return switch (width) {
            case Byte.BYTES -> unsigned ? Byte.toUnsignedLong(bytes.get(i)) : bytes.get(i);
            case Short.BYTES -> unsigned ? Short.toUnsignedLong(bytes.getShort(i * width)) : bytes.getShort(i * width);
            case Integer.BYTES -> unsigned ? Integer.toUnsignedLong(bytes.getInt(i * width)) : bytes.getInt(i * width);
            default -> bytes.getLong(i * width);
        };
    }

    /** The bytes of an npy file. */
    byte[] file() {
        String extents = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String header = "{'descr': '" + descriptor() + "', 'fortran_order': False, 'shape': (" + extents
                + (shape.length == 1 ? ",), }" : "), }");
        int lead = MAGIC.length + 2 + Short.BYTES;
        int padded = Math.ceilDiv(lead + header.length() + 1, ALIGNMENT) * ALIGNMENT - lead;
        ByteArrayOutputStream out = new ByteArrayOutputStream(lead + padded + data.length);
        out.writeBytes(MAGIC);
        out.write(1);
        out.write(0);
        out.write(padded & 0xFF);
        out.write(padded >> Byte.SIZE);
        out.writeBytes((header + " ".repeat(padded - header.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(data);
        return out.toByteArray();
    }

    /**
     * Reads the bytes of an npy file.
     *
     * @throws IllegalArgumentException saying what is wrong with them
     */
    static NpyArray parse(byte[] file) {
        if (file.length < MAGIC.length + 2 + Short.BYTES
                || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IllegalArgumentException("is not an npy array");
        }
        int version = file[MAGIC.length];
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(MAGIC.length + 2);
        if (version < 1 || version > 3 || version > 1 && bytes.remaining() < Integer.BYTES) {
            throw new IllegalArgumentException("is an npy array of version " + version + ", versions 1 to 3 are known");
        }
        long length = version == 1 ? Short.toUnsignedLong(bytes.getShort()) : Integer.toUnsignedLong(bytes.getInt());
        if (length > bytes.remaining()) {
            throw new IllegalArgumentException("ends inside its header");
        }
        String header = new String(file, bytes.position(), (int) length, StandardCharsets.UTF_8);
        bytes.position(bytes.position() + (int) length);
        Matcher type = find(TYPE, header, "type (one of " + NUMBERS + " and U)");
        int[] shape = shape(find(SHAPE, header, "shape").group(1));
        boolean fortran = find(ORDER, header, "fortran_order").group(1).equals("True");
        char kind = type.group(2).charAt(0);
        int units = type.group(3).isEmpty() ? 0 : Integer.parseInt(type.group(3));
        if (kind == 'O') {
            throw new IllegalArgumentException(
                    "holds Python objects, which are not read; read are arrays of " + NUMBERS + " and U");
        }
        boolean text = kind == 'U' && units > 0 && units <= 1 << 20;
        if (!text && !Arrays.asList(NUMBERS.split(" ")).contains(kind + type.group(3))) {
            throw new IllegalArgumentException(
                    "is of type " + kind + type.group(3) + ", read are " + NUMBERS + " and U");
        }
        byte[] data = Arrays.copyOfRange(file, bytes.position(), file.length);
        if (type.group(1).equals(">")) {
            swap(data, text ? Integer.BYTES : units);
        }
        NpyArray read = new NpyArray(kind, text ? Integer.BYTES * units : units, shape, data);
        return fortran && shape.length > 1 ? read.transposed() : read;
    }

    private static Matcher find(Pattern pattern, String header, String what) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new IllegalArgumentException("has no " + what + " in its header");
        }
        return matcher;
    }

    private static int[] shape(String extents) {
        try {
            return Arrays.stream(extents.split(","))
                    .map(String::strip)
                    .filter(extent -> !extent.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "has the shape (" + Quoted.bare(extents.strip()) + "), which is too large", e);
        }
    }

    /** Reverses the bytes of every unit. */
    private static void swap(byte[] data, int unit) {
        for (int first = 0; first + unit <= data.length; first += unit) {
            for (int i = 0; i < unit / 2; i++) {
                byte low = data[first + i];
                data[first + i] = data[first + unit - 1 - i];
                data[first + unit - 1 - i] = low;
            }
        }
    }

    /** Row-major values of an array whose first index runs fastest. */
    private NpyArray transposed() {
        byte[] rowMajor = new byte[data.length];
        int[] index = new int[shape.length];
        for (int to = 0; to < size(); to++) {
            int from = 0;
            for (int d = shape.length - 1; d >= 0; d--) {
                from = from * shape[d] + index[d];
            }
            System.arraycopy(data, from * width, rowMajor, to * width, width);
            for (int d = shape.length - 1; d >= 0 && ++index[d] == shape[d]; d--) {
                index[d] = 0;
            }
        }
        return new NpyArray(kind, width, shape, rowMajor);
    }

    private String descriptor() {
        boolean single = width == 1;
        return (single ? "|" : "<") + kind + (kind == 'U' ? width / Integer.BYTES : width);
    }

    private String describe() {
        return Quoted.bare(
                Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(" x ", "(", ")")));
    }

    @Override
    public String toString() {
        return descriptor() + " " + describe();
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
