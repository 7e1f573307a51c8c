/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** Frames and checksums are taken apart bit by bit, without the library that made them. */
final class EventRecordsTest {
    /** The test value of CRC-32C in RFC 3720, appendix B.4, is of 32 bytes of zeros. */
    @Test
    void theChecksumIsThatOfTheRfc() {
        assertThat(crc(new byte[32], 0, 32)).isEqualTo(0x8a9136aa);
    }

    @Test
    void aFileBeginsWithItsVersion() {
        byte[] record = EventRecords.version();
        byte[] message = message(record, 0);
        assertThat(record).hasSize(message.length + 16);
        assertThat(HexFormat.of().formatHex(message))
                .isEqualTo("09" + "0000000000000000" + "1000" + "1a0d" + "627261696e2e4576656e743a32");
    }

    /** Step 300 takes two bytes; 0.5 is 3f000000; what is not known is left out. */
    @Test
    void scalarsAreValuesOfASummary() {
        SequencedMap<String, Double> values = new LinkedHashMap<>();
        values.put("loss/train", 0.5);
        values.put("gradient_norm/fc1.weight", Double.NaN);
        values.put("a", -2.0);
        byte[] record = EventRecords.scalars(300, values);
        byte[] message = message(record, 0);
        assertThat(record).hasSize(message.length + 16);
        String first =
                "0a0a" + HexFormat.of().formatHex("loss/train".getBytes(StandardCharsets.UTF_8)) + "15" + "0000003f";
        String second = "0a01" + "61" + "15" + "000000c0";
        assertThat(HexFormat.of().formatHex(message))
                .isEqualTo("09" + "0000000000c07240" + "10ac02" + "2a1d" + "0a11" + first + "0a08" + second);
    }

    /** The message of the record that begins at {@code at}, both of whose checksums must be right. */
    private static byte[] message(byte[] file, int at) {
        int length = (int) number(file, at, 8);
        assertThat((int) number(file, at + 8, 4)).isEqualTo(mask(crc(file, at, 8)));
        assertThat((int) number(file, at + 12 + length, 4)).isEqualTo(mask(crc(file, at + 12, length)));
        return Arrays.copyOfRange(file, at + 12, at + 12 + length);
    }

    private static long number(byte[] file, int at, int bytes) {
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << 8 | file[at + i] & 0xff;
        }
        return value;
    }

    private static int mask(int crc) {
        return (crc >>> 15 | crc << 17) + 0xa282ead8;
    }

    /** CRC-32C bit by bit: the reflected Castagnoli polynomial 0x82f63b78. */
    private static int crc(byte[] bytes, int from, int length) {
        int crc = -1;
        for (int i = from; i < from + length; i++) {
            crc ^= bytes[i] & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >>> 1 ^ 0x82f63b78 : crc >>> 1;
            }
        }
        return ~crc;
    }
}
