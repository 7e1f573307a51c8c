/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.safetensors;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The checksum that a file carries in its own metadata: SHA-256 of all its bytes, with zeros in the place of the checksum.
 */
final class FileChecksum {
    static final String KEY = "synaptile.sha256";

    /** What stands in the place of the checksum while it is computed. */
    static final String BLANK = "0".repeat(64);

    private static final byte[] BEFORE = ("\"" + KEY + "\":\"").getBytes(StandardCharsets.UTF_8);

    private final Sha256 hash = new Sha256();
    private final int place;

    /** @param header JSON with its padding, as it stands in the file */
    FileChecksum(byte[] header) {
        place = place(header);
        byte[] blank = header.clone();
        if (place >= 0) {
            Arrays.fill(blank, place, place + BLANK.length(), (byte) '0');
        }
        hash.add(ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(header.length)
                        .array())
                .add(blank);
    }

    /** Takes in the data of the next tensor. */
    void add(byte[] data) {
        hash.add(data);
    }

    /** Ends the sum and writes it into the header. */
    void writeInto(byte[] header) {
        byte[] hex = hash.hex().getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(hex, 0, header, place, hex.length);
    }

    /** @throws DataFileException if the sum of what was read is another than the file states */
    void require(Path path, String stated) {
        if (place < 0 || !hash.hex().equals(stated)) {
            throw new DataFileException(
                    path,
                    "is damaged: its bytes do not give the checksum it carries; if it was changed on purpose, remove the"
                            + " metadata entry " + KEY + " and set synaptile.format to 1");
        }
    }

    /** Where the digits stand in the header, -1 if there are none. */
    private static int place(byte[] header) {
        for (int at = 0; at + BEFORE.length + BLANK.length() <= header.length; at++) {
            if (Arrays.equals(header, at, at + BEFORE.length, BEFORE, 0, BEFORE.length)) {
                return at + BEFORE.length;
            }
        }
        return -1;
    }
}
