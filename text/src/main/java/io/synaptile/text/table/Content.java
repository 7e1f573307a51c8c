/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.table;

import io.synaptile.text.format.FileFormat;
import io.synaptile.text.limit.FileLimit;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The lines of a text file, decoded.
 *
 * @param place how messages name the file
 * @param encoding as it is told; empty for UTF-8
 * @param lines without their ends
 */
record Content(String place, String encoding, List<String> lines) {
    private static final int LONGEST_LINE = 1 << 22;

    /** A table of short cells takes up to this many times the room of its text. */
    private static final int ROOM_OF_CELLS = 16;

    private static final char BYTE_ORDER_MARK = '\ufeff';

    /** First byte above ASCII that Latin-1 has a printable character for. */
    private static final int LATIN_PRINTABLE = 0xa0;

    static Content read(String place, Path file, Due due) {
        if (Files.isDirectory(file)) {
            throw new TableException(place + ": is a folder, not a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return of(place, in.readNBytes(most(due) + 1), due);
        } catch (NoSuchFileException e) {
            throw new TableException(place + ": no such file", e);
        } catch (AccessDeniedException e) {
            throw new TableException(place + ": access denied", e);
        } catch (IOException e) {
            throw new TableException(place + ": cannot be read: " + e.getMessage(), e);
        }
    }

    static Content of(String place, byte[] bytes, Due due) {
        refuseLong(place, bytes, due);
        Optional<FileFormat> format = FileFormat.of(bytes);
        boolean packed = due.packed() && format.equals(Optional.of(FileFormat.GZIP));
        byte[] text = packed ? unpacked(place, bytes, due) : bytes;
        (packed ? FileFormat.of(text) : format).ifPresent(found -> {
            throw new TableException(place + ": is " + found.description() + ", not a table of text");
        });
        return decoded(place, text, packed ? "packed with gzip" : "");
    }

    private static byte[] unpacked(String place, byte[] bytes, Due due) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] text = in.readNBytes(most(due) + 1);
            refuseLong(place, text, due);
            return text;
        } catch (EOFException e) {
            throw new TableException(place + ": its gzip data is cut off", e);
        } catch (IOException e) {
            throw new TableException(place + ": its gzip data is damaged (" + e.getMessage() + ")", e);
        }
    }

    /** Bytes that are read, as the table and the limit of the user allow. */
    private static int most(Due due) {
        return (int) Math.min(due.mostBytes(), FileLimit.current().bytes() / ROOM_OF_CELLS);
    }

    private static void refuseLong(String place, byte[] bytes, Due due) {
        if (bytes.length > due.mostBytes()) {
            throw new TableException(place + ": has more than " + due.mostBytes() + " bytes, the most for this table");
        } else if (bytes.length > most(due)) {
            FileLimit limit = FileLimit.current();
            throw new TableException(place + ": "
                    + limit.refusal("its cells take up to", (long) bytes.length * ROOM_OF_CELLS)
                            .orElseThrow());
        }
    }

    private static Content decoded(String place, byte[] bytes, String packing) {
        int first = bytes.length > 0 ? bytes[0] & 0xff : 0;
        int second = bytes.length > 1 ? bytes[1] & 0xff : 0;
        String encoding = "";
        String text;
        if (first == 0xff && second == 0xfe || first == 0xfe && second == 0xff) {
            encoding = "UTF-16";
            text = decode(bytes, StandardCharsets.UTF_16)
                    .orElseThrow(() -> new TableException(place + ": is not a text file in UTF-16"));
        } else {
            Optional<String> utf8 = decode(bytes, StandardCharsets.UTF_8);
            text = utf8.orElseGet(() -> latin(place, bytes));
            encoding = utf8.isEmpty() ? "Latin-1" : "";
        }
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
        List<String> lines = lines(place, text);
        return new Content(place, joined(packing, encoding), lines);
    }

    private static String joined(String packing, String encoding) {
        return packing.isEmpty() || encoding.isEmpty() ? packing + encoding : packing + ", " + encoding;
    }

    private static Optional<String> decode(byte[] bytes, Charset charset) {
        try {
            return Optional.of(charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Spreadsheets on many machines write one byte per character; micro, degree and plus-minus are as in Latin-1 in all. */
    private static String latin(String place, byte[] bytes) {
        int line = 1;
        for (byte b : bytes) {
            line += b == '\n' ? 1 : 0;
            if (b < 0 && (b & 0xff) < LATIN_PRINTABLE) {
                throw new TableException(place + ", line " + line + ": is not a text file in UTF-8, byte "
                        + String.format(Locale.ROOT, "0x%02x", b & 0xff));
            }
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static List<String> lines(String place, String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '\n';
            if (c == '\n' || c == '\r') {
                if (i < text.length() || i > start) {
                    lines.add(text.substring(start, i));
                }
                i += c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n' ? 1 : 0;
                start = i + 1;
            } else if (c < ' ' && c != '\t' && c != '\f' || c == 0x7f) {
                throw new TableException(place + ", line " + (lines.size() + 1) + ": is not text, it has the "
                        + String.format(Locale.ROOT, "control character 0x%02x", (int) c));
            } else if (i - start > LONGEST_LINE) {
                throw new TableException(
                        place + ", line " + (lines.size() + 1) + ": is longer than " + LONGEST_LINE + " characters");
            }
        }
        return lines;
    }
}
