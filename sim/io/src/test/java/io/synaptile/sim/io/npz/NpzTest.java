/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.npz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.text.limit.FileLimit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {
    @TempDir
    Path folder;

    private Path copy(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = NpzTest.class.getResourceAsStream(name)) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored.npz", "deflated.npz"})
    void filesOfNumpyAreRead(String name) throws IOException {
        Npz read = Npz.read(copy(name));
        assertThat(read.array("f2").floats()).containsExactly(0f, 0.25f, 0.5f, 0.75f, 1f, 1.25f);
        assertThat(read.array("f4").floats()).containsExactly(0f, 0.125f, 0.25f, 0.375f, 0.5f, 0.625f);
        assertThat(read.array("f8").doubles()).containsExactly(0, 0.0625, 0.125, 0.1875, 0.25, 0.3125);
        for (String integers : new String[] {"i1", "i4", "i8", "bigi"}) {
            assertThat(read.array(integers).longs()).as(integers).containsExactly(-3, -2, -1, 0, 1, 2);
        }
        assertThat(read.array("u1").longs()).containsExactly(250, 251, 252, 253, 254, 255);
        assertThat(read.array("u2").longs()).containsExactly(65530, 65531, 65532, 65533, 65534, 65535);
        assertThat(read.array("b1").longs()).containsExactly(1, 0, 1, 0, 1, 0);
        assertThat(read.array("big").floats()).containsExactly(read.array("f4").floats());
        float[] upTo23 = new float[24];
        for (int i = 0; i < 24; i++) {
            upTo23[i] = i;
        }
        assertThat(read.array("fortran").floats()).containsExactly(upTo23);
        assertThat(read.array("fortran").shape()).containsExactly(2, 3, 4);
        assertThat(read.array("scalar").shape()).isEmpty();
        assertThat(read.array("scalar").doubles()).containsExactly(2.5);
        assertThat(read.array("vector").shape()).containsExactly(3);
        assertThat(read.array("empty").shape()).containsExactly(0, 4);
        assertThat(read.array("text").texts()).containsExactly("conv1", "é𝛼");
        assertThatThrownBy(() -> read.array("text").floats()).hasMessageContaining("integers are needed");
        assertThatThrownBy(() -> read.array("f4").texts()).hasMessageContaining("texts are needed");
        assertThatThrownBy(() -> read.array("f5")).hasMessage("has no array 'f5'");
    }

    @Test
    void whatIsWrittenIsReadBackAndRepeatsByteForByte() throws IOException {
        Npz written = Npz.of(Map.of(
                "a", NpyArray.of(new float[] {1f, -2f, Float.NaN, 4f}, 2, 2),
                "b", NpyArray.of(new long[] {Long.MIN_VALUE, 7}, 2),
                "c", NpyArray.of(new double[] {0.1}),
                "d", NpyArray.of(new String[] {"", "fc.1"}, 2)));
        Path file = folder.resolve("w.npz");
        written.write(file);
        byte[] first = Files.readAllBytes(file);
        Npz read = Npz.read(file);
        assertThat(read.array("a").floats()).containsExactly(1f, -2f, Float.NaN, 4f);
        assertThat(read.array("a").shape()).containsExactly(2, 2);
        assertThat(read.array("b").longs()).containsExactly(Long.MIN_VALUE, 7);
        assertThat(read.array("c").doubles()).containsExactly(0.1);
        assertThat(read.array("d").texts()).containsExactly("", "fc.1");
        read.write(file);
        assertThat(Files.readAllBytes(file)).isEqualTo(first);
        assertThatThrownBy(() -> NpyArray.of(new float[3], 2, 2))
                .hasMessageContaining("(2 x 2) takes 16 bytes, got 12");
    }

    @Test
    void headersAreAlignedAsTheFormatAsks() {
        byte[] file = NpyArray.of(new float[] {1f}, 1).file();
        assertThat(file).hasSize(128 + 4);
        String header = new String(file, 10, 118, StandardCharsets.US_ASCII);
        assertThat(header)
                .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }")
                .endsWith(" \n");
    }

    @Test
    void objectsAndMissingFilesAreRefused() throws IOException {
        Path objects = copy("object.npz");
        assertThatThrownBy(() -> Npz.read(objects))
                .isInstanceOf(DataFileException.class)
                .hasMessage(
                        objects
                                + ": member 'o.npy' holds Python objects, which are not read; read are arrays of f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 b1 and U");
        Path missing = folder.resolve("missing.npz");
        assertThatThrownBy(() -> Npz.read(missing)).hasMessage(missing + ": no such file");
    }

    /** Deflate packs zeros a thousand times: the directory of the archive tells before anything is unpacked. */
    @Test
    void anArchiveThatUnpacksToMoreThanTheLimitIsRefusedBeforeItIsUnpacked() throws IOException {
        Path file = archive("a.npy", 5_000_000);

        assertThat(Files.size(file)).isLessThan(10_000);
        assertThatThrownBy(() -> Npz.read(file, new FileLimit(1 << 20, "a test")))
                .isInstanceOf(DataFileException.class)
                .hasMessage(
                        file + ": unpacks to 5000000 bytes, at most 1048576 are read (a test); if it is right, set the"
                                + " environment variable SYNAPTILE_MAX_FILE_MB=5");
        assertThatThrownBy(() -> Npz.read(file, new FileLimit(10 << 20, "a test")))
                .hasMessage(file + ": member 'a.npy' is not an npy array");
    }

    @Test
    void namesOfMembersAreCutAndEscaped() throws IOException {
        Path file = archive("\u001b[31m\n" + "n".repeat(60_000), 10);

        assertThatThrownBy(() -> Npz.read(file))
                .hasMessageStartingWith(file + ": member '\\u001b[31m\\nnnn")
                .hasMessageEndingWith("nnn...' is not an npy array of less than 2 GiB");
    }

    @Test
    void aFileOfAnotherKindIsNamed() throws IOException {
        Path file =
                Files.write(folder.resolve("chip.npz"), "\u0089HDF\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> Npz.read(file)).hasMessage(file + ": is an HDF5 file (.h5, .nir), not an npz archive");
        assertThatThrownBy(() -> Npz.read(folder)).hasMessage(folder + ": is not a file");
    }

    static List<String> shapes() {
        return List.of("1099511627776", "2147483647, 2147483647, 2147483647", "65536, 65536", "9, ".repeat(2_000));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aShapeOfMoreThanThereIsIsRefused(String shape) throws IOException {
        Path file = folder.resolve("x.npz");
        Npz.of(Map.of("a", NpyArray.of(new float[] {1}, 1))).write(file);
        String header = "{'descr': '<f4', 'fortran_order': True, 'shape': (" + shape + "), }";
        byte[] npy = ("\u0093NUMPY\2\0" + (char) (header.length() & 0xff) + (char) (header.length() >> 8) + "\0\0"
                        + header + "\0\0\0\0")
                .getBytes(StandardCharsets.ISO_8859_1);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a.npy"));
            zip.write(npy);
        }

        assertThatThrownBy(() -> Npz.read(file))
                .isInstanceOf(DataFileException.class)
                .message()
                .startsWith(file + ": member 'a.npy' ")
                .contains("shape (")
                .hasSizeLessThan(400);
    }

    private Path archive(String member, int zeros) throws IOException {
        Path file = folder.resolve("zeros.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(member));
            zip.write(new byte[zeros]);
        }
        return file;
    }

    /** Whatever is cut off or overwritten, the file is refused or read, never anything else. */
    @Test
    void damagedFilesAreRefusedInOneLine() throws IOException {
        for (String name : new String[] {"stored.npz", "deflated.npz"}) {
            byte[] bytes = Files.readAllBytes(copy(name));
            RandomGenerator random = new SplittableRandom(7);
            Path file = folder.resolve("damaged.npz");
            for (int i = 0; i < 300; i++) {
                byte[] damaged = i % 2 == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
                for (int j = 0; i % 2 == 1 && j < 3; j++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                Files.write(file, damaged);
                try {
                    Npz.read(file);
                } catch (DataFileException e) {
                    assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n");
                }
            }
        }
    }
}
