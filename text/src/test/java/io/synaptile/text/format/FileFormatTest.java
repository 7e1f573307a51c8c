/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileFormatTest {
    @ParameterizedTest
    @CsvSource({
        "weights.npy, NPZ",
        "model/data.pkl, PT",
        "[Content_Types].xml, XLSX",
        "META-INF/MANIFEST.MF, JAR",
        "anything, ZIP"
    })
    void archivesAreToldApartByTheirFirstEntry(String entry, FileFormat format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(1);
        }
        assertThat(FileFormat.of(bytes.toByteArray())).contains(format);
    }

    @Test
    void gzipAndBinaryArraysAreKnownByTheirFirstBytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(1);
        }
        assertThat(FileFormat.of(bytes.toByteArray())).contains(FileFormat.GZIP);
        assertThat(FileFormat.of(latin("\u0093NUMPY\1\0"))).contains(FileFormat.NPY);
        assertThat(FileFormat.of(latin("\u0089HDF\r\n\u001a\n"))).contains(FileFormat.HDF5);
        assertThat(FileFormat.of(latin("\0\0\b\3\0\0\u0027\u0010"))).contains(FileFormat.IDX);
        assertThat(FileFormat.of(latin("\u0050\0\0\0\0\0\0\0{\"a\":1}"))).contains(FileFormat.SAFETENSORS);
        assertThat(FileFormat.of(latin("\b\u0007\u0012\u0007pytorch"))).contains(FileFormat.ONNX);
        assertThat(FileFormat.of(latin("data.bin" + "\0".repeat(249) + "ustar\00000")))
                .contains(FileFormat.TAR);
        assertThat(FileFormat.of(latin("PK\5\6" + "\0".repeat(18)))).contains(FileFormat.ZIP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "P", "PK", "0,1,2", "state,mean_uS,std_uS\n0,1,2\n", "%PD comment", "BZh", "MATLAB says"})
    void textIsNone(String text) {
        assertThat(FileFormat.of(latin(text))).isEmpty();
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
