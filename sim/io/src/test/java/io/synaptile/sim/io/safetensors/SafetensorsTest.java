/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.Repository;
import io.synaptile.text.limit.FileLimit;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsWrittenIsReadBackAndEqualContentsGiveEqualBytes(long seed) throws IOException {
        Safetensors contents = random(seed);
        Path file = folder.resolve("a.safetensors");
        contents.write(file);
        Safetensors read = Safetensors.read(file);

        assertThat(read.metadata()).isEqualTo(contents.metadata());
        assertThat(read.tensors().keySet()).isEqualTo(contents.tensors().keySet());
        contents.tensors().forEach((name, tensor) -> {
            assertThat(read.tensors().get(name).shape()).isEqualTo(tensor.shape());
            assertThat(read.tensors().get(name).floats()).containsExactly(tensor.floats());
        });
        Path again = folder.resolve("b.safetensors");
        read.write(again);
        assertThat(again).hasSameBinaryContentAs(file);
    }

    /** Truncated or corrupted files give a valid result or the declared exception, nothing else. */
    @ParameterizedTest
    @MethodSource("seeds")
    void damagedFilesNeverEscapeAsAnythingElse(long seed) throws IOException {
        Path file = folder.resolve("a.safetensors");
        random(seed).write(file);
        byte[] intact = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(~seed);
        int header =
                (int) ByteBuffer.wrap(intact).order(ByteOrder.LITTLE_ENDIAN).getLong();
        for (int round = 0; round < 50; round++) {
            byte[] damaged =
                    Arrays.copyOf(intact, random.nextInt(3) == 0 ? random.nextInt(intact.length) : intact.length);
            for (int i = random.nextInt(5); i > 0 && damaged.length > 0; i--) {
                damaged[random.nextInt(Math.min(damaged.length, 8 + header))] =
                        (byte) random.nextInt(random.nextBoolean() ? 256 : 128);
            }
            Files.write(file, damaged);
            try {
                Safetensors.read(file).tensors().values().forEach(Tensor::size);
            } catch (DataFileException e) {
                assertThat(e.getMessage()).startsWith(file + ": ").doesNotContain("\n");
            }
        }
    }

    @Test
    void everyElementTypeIsRead() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(8 + 4 + 2 + 2 + 8 + 4 + 1).order(ByteOrder.LITTLE_ENDIAN);
        data.putDouble(1.5).putFloat(-2.25f).putShort(Float.floatToFloat16(0.5f));
        data.putShort((short) (Float.floatToIntBits(-3f) >>> 16));
        data.putLong(1L << 40).putInt(-7).put((byte) 200);
        Path file = write("""
                {"f64":{"dtype":"F64","shape":[],"data_offsets":[0,8]},"f32":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},
                "f16":{"dtype":"F16","shape":[1,1],"data_offsets":[12,14]},"bf16":{"dtype":"BF16","shape":[1],"data_offsets":[14,16]},
                "i64":{"dtype":"I64","shape":[1],"data_offsets":[16,24]},"i32":{"dtype":"I32","shape":[1],"data_offsets":[24,28]},
                "u8":{"dtype":"U8","shape":[1],"data_offsets":[28,29]}, "none":{"dtype":"F32","shape":[0,3],"data_offsets":[29,29]}}""", data.array());
        Map<String, Tensor> tensors = Safetensors.read(file).tensors();

        assertThat(tensors.get("f64").floats()).containsExactly(1.5f);
        assertThat(tensors.get("f32").floats()).containsExactly(-2.25f);
        assertThat(tensors.get("f16").floats()).containsExactly(0.5f);
        assertThat(tensors.get("bf16").floats()).containsExactly(-3f);
        assertThat(tensors.get("i64").longs()).containsExactly(1L << 40);
        assertThat(tensors.get("i32").longs()).containsExactly(-7L);
        assertThat(tensors.get("u8").longs()).containsExactly(200L);
        assertThat(tensors.get("none").size()).isZero();
        assertThatThrownBy(() -> tensors.get("u8").floats())
                .hasMessage("elements are of type U8, floating-point numbers are needed");
        assertThatThrownBy(() -> tensors.get("f64").longs())
                .hasMessage("elements are of type F64, integers are needed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}                                                            | tensors cover 4 of 8 data bytes
            {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}                                                           | tensor a ends at byte 12 of 8 data bytes
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}                                                            | tensor a begins at byte 4 of the data, after a gap; the next free byte is 0
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}       | tensor b begins at byte 4 of the data, inside another tensor; the next free byte is 8
            {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}                                                            | tensor a: F32 [3] takes 12 bytes, data_offsets give 8
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}                                                            | tensor a: data_offsets must be begin and end, begin not above end
            {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}                                                           | tensor a: shape must be an array of integers from 0 on
            {"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}                                                          | tensor a: shape must be an array of integers from 0 on
            {"a":{"dtype":"F32","shape":[2147483647,2147483647,4],"data_offsets":[0,8]}}                                      | tensor a: shape [2147483647,2147483647,4] of F32 takes more than 2 GB
            {"a":{"dtype":"F32","shape":[9223372036854775807],"data_offsets":[0,8]}}                                          | tensor a: shape [9223372036854775807] of F32 takes more than 2 GB
            {"a":{"dtype":"C64","shape":[1],"data_offsets":[0,8]}}                                                            | tensor a: dtype "C64", allowed are [F64, F32, F16, BF16, I64, I32, U8]
            {"a":{"dtype":"F32","shape":[2]}}                                                                                 | tensor a must have exactly dtype, shape and data_offsets
            {"__metadata__":{"k":1},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}                                     | __metadata__ entry k is not a string
            ["a"]                                                                                                             | header does not begin with '{'; not a safetensors file
            """)
    void brokenRulesAreNamed(String header, String message) throws IOException {
        Path file = write(header.strip(), new byte[8]);
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(DataFileException.class)
                .hasMessage(file + ": " + message);
    }

    @Test
    void aFileOfAnotherKindIsNamed() throws IOException {
        Path file = folder.resolve("x.safetensors");
        Files.writeString(file, "PK\3\4" + "\0".repeat(22) + "\16\0\0\0model/data.pkl");
        assertThatThrownBy(() -> Safetensors.read(file))
                .hasMessage(file + ": is a PyTorch file (.pt, .pth), not a safetensors file");
        Files.writeString(file, "%PDF-1.7 and so on");
        assertThatThrownBy(() -> Safetensors.read(file))
                .hasMessage(file + ": is a PDF document, not a safetensors file");
    }

    @Test
    void namesOfTensorsAreCutAndEscaped() throws IOException {
        String name = "\\u001b[31m\\n" + "n".repeat(40_000);
        Path file = write("{\"" + name + "\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,8]}}", new byte[8]);

        assertThatThrownBy(() -> Safetensors.read(file))
                .hasMessageStartingWith(file + ": tensor \\u001b[31m\\nnnn")
                .hasMessageEndingWith("nnn...: F32 [4] takes 16 bytes, data_offsets give 8");
    }

    /** A tree of what is parsed takes many times the room of its text. */
    @Test
    void aHeaderThatWouldNotFitInMemoryIsRefusedBeforeItIsParsed() throws IOException {
        long limit = FileLimit.current().bytes();
        Path file = folder.resolve("x.safetensors");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.write(ByteBuffer.allocate(9)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(limit / 32 + 1)
                    .put((byte) '{')
                    .array());
            sparse.setLength(limit / 32 + 100);
        }

        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("its header takes up to ")
                .hasMessageContaining(FileLimit.VARIABLE);
    }

    @Test
    void aFileAboveTheLimitIsRefusedBeforeItIsRead() throws IOException {
        Path file = folder.resolve("x.safetensors");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(FileLimit.current().bytes() + 1);
        }

        assertThatThrownBy(() -> Safetensors.read(file))
                .hasMessageContaining(": holds " + Files.size(file) + " bytes, at most ")
                .hasMessageContaining("set the environment variable " + FileLimit.VARIABLE + "=");
    }

    @Test
    void duplicateNamesAndBrokenJsonAreRefused() throws IOException {
        String entry = "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";
        Path twice = write("{" + entry + "," + entry + "}", new byte[8]);
        assertThatThrownBy(() -> Safetensors.read(twice))
                .hasMessageContainingAll("header is not valid JSON", "Duplicate");
        Path twoValues = write("{" + entry + "} {}", new byte[8]);
        assertThatThrownBy(() -> Safetensors.read(twoValues)).hasMessageContaining("header is not valid JSON");
    }

    @Test
    void headerLengthsThatCannotBeAreRefusedBeforeAllocation() throws IOException {
        Path file = folder.resolve("a.safetensors");
        for (long length : new long[] {0, 1, 9, 100_000_001L, Long.MAX_VALUE, -1}) {
            Files.write(
                    file,
                    ByteBuffer.allocate(16)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(length)
                            .array());
            assertThatThrownBy(() -> Safetensors.read(file))
                    .isInstanceOf(DataFileException.class)
                    .hasMessage(file + ": header length " + Long.toUnsignedString(length) + ", allowed are 2 to 8");
        }
        Files.write(file, new byte[3]);
        assertThatThrownBy(() -> Safetensors.read(file))
                .hasMessage(file + ": has 3 bytes, a safetensors file begins with 8");
        assertThatThrownBy(() -> Safetensors.read(folder.resolve("none")))
                .hasMessage(folder.resolve("none") + ": no such file");
    }

    /** Validation: a file written by the reference implementation in Python. */
    @Test
    void fileOfTheReferenceWriterIsRead() {
        Optional<Path> file = Repository.sharedData("models/diehl2015_relu_cnn_mnist.safetensors");
        assumeTrue(file.isPresent(), "the reference file is not on this machine");
        Map<String, Tensor> tensors = Safetensors.read(file.get()).tensors();

        assertThat(tensors.values())
                .extracting(Tensor::toString)
                .containsExactlyInAnyOrder("F32 [12, 1, 5, 5]", "F32 [64, 12, 5, 5]", "F32 [10, 1024]");
    }

    private Path write(String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return Files.write(
                folder.resolve("hand.safetensors"),
                ByteBuffer.allocate(8 + json.length + data.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .put(json)
                        .put(data)
                        .array());
    }

    private static Safetensors random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            int rows = random.nextInt(5);
            int columns = random.nextInt(1, 9);
            float[] values = new float[rows * columns];
            for (int k = 0; k < values.length; k++) {
                values[k] = Float.intBitsToFloat(random.nextInt(0x7f800000));
            }
            tensors.put("layer" + random.nextInt(1000) + ".weight", Tensor.of(values, rows, columns));
        }
        Map<String, String> metadata = random.nextBoolean() ? Map.of() : Map.of("b", "\u00b5S \"quoted\"\n", "a", "1");
        return Safetensors.of(tensors, metadata);
    }
}
