/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Damages bytes of a file as disks, transfers, editors and people with intent do; the same numbers give the same damage. */
final class Mutator {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

    private static final List<String> NUMBERS = List.of(
            "-1",
            "0",
            "-0.0",
            "NaN",
            "nan",
            "inf",
            "-Infinity",
            ".nan",
            ".inf",
            "1e400",
            "1e-400",
            "4.9e-324",
            "1e308",
            "-1e30",
            "2147483647",
            "2147483648",
            "4294967296",
            "1099511627776",
            "9223372036854775807",
            "99999999999999999999",
            "0x10",
            "1_000",
            "",
            " ",
            "1,5",
            "\"",
            "null",
            "true",
            "[]",
            "{}",
            "9".repeat(400),
            "0." + "3".repeat(5000));

    private static final List<String> INSERTS = List.of(
            "\0",
            "\u001b[2J\u001b[31m",
            "\r",
            "\n",
            "\n\n\n",
            "\ufeff",
            "\u202e",
            "\u2028",
            "\u0085",
            "\ud83e\udde0",
            "\t",
            ",",
            ";",
            "\"",
            "'",
            "#",
            "{",
            "}",
            "[",
            ": ",
            "- ",
            "&a ",
            "*a",
            "<<: ",
            "!!binary ",
            "%YAML 9.9\n",
            "---\n",
            "../../",
            "\\u0000");

    /** Beginnings of files of other kinds. */
    private static final List<String> KINDS = List.of(
            "PK\3\4",
            "\u001f\u008b\b\0\0\0\0\0",
            "\u0089HDF\r\n\u001a\n",
            "\u0089PNG\r\n\u001a\n",
            "%PDF-1.7\n",
            "\u0093NUMPY\1\0v\0",
            "\u0080\2}q\0",
            "\b\u0007\u0012\u0007pytorch",
            "\u00ff\u00d8\u00ff\u00e0",
            "<!DOCTYPE html>",
            "\u00ff\u00fe",
            "\u00fe\u00ff",
            "\u00ef\u00bb\u00bf");

    private final SplittableRandom random;

    Mutator(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** One to three kinds of damage, on what the file is packed from where it is packed. */
    byte[] mutate(byte[] seed) {
        byte[] bytes = seed;
        boolean gzip = bytes.length > 2 && bytes[0] == 0x1f && (bytes[1] & 0xff) == 0x8b;
        // What is packed is damaged inside, most often.
        boolean inside = gzip && random.nextInt(4) > 0;
        if (inside) {
            bytes = unpacked(bytes);
        }
        List<byte[]> members = inside ? List.of() : ZipBytes.members(bytes);
        if (!members.isEmpty() && random.nextInt(4) > 0) {
            return ZipBytes.mutated(bytes, random, this::damaged);
        }
        bytes = damaged(bytes);
        return inside ? packed(bytes) : bytes;
    }

    private byte[] damaged(byte[] bytes) {
        byte[] damaged = bytes;
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            damaged = once(damaged);
        }
        return damaged;
    }

    private byte[] once(byte[] bytes) {
        return switch (random.nextInt(14)) {
            case 0 -> flipped(bytes);
            case 1 -> part(bytes, 0, random.nextInt(bytes.length + 1));
            case 2 -> without(bytes);
            case 3 -> doubled(bytes);
            case 4, 5, 6 -> renumbered(bytes);
            case 7, 8 -> inserted(bytes, latin(pick(INSERTS), true));
            case 9 -> binaryNumber(bytes);
            case 10 -> joined(latin(pick(KINDS), false), bytes);
            case 11 -> rare(bytes);
            case 12 -> swapped(bytes);
            default -> randomBytes(bytes);
        };
    }

    /** What takes room: long lines, deep nesting, texts in UTF-16, what unpacks to much. */
    private byte[] rare(byte[] bytes) {
        return switch (random.nextInt(24)) {
            case 0 -> inserted(bytes, "a".repeat(5_000_000).getBytes(StandardCharsets.UTF_8));
            case 1 -> inserted(bytes, "[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
            case 2 -> inserted(bytes, "{\"a\":".repeat(50_000).getBytes(StandardCharsets.UTF_8));
            case 3 -> inserted(bytes, "1,".repeat(500_000).getBytes(StandardCharsets.UTF_8));
            case 4 -> inserted(bytes, aliases().getBytes(StandardCharsets.UTF_8));
            case 5 -> inserted(bytes, "\n".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));
            case 6 -> joined(packed(bytes), Bomb.PACKED);
            case 7 -> packed(packed(bytes));
            case 8 -> new byte[random.nextInt(100_000)];
            case 9 -> new byte[0];
            case 10, 11 ->
                new String(bytes, StandardCharsets.UTF_8)
                        .getBytes(random.nextBoolean() ? StandardCharsets.UTF_16 : StandardCharsets.UTF_16LE);
            case 12 -> inserted(bytes, "\"".repeat(300_000).getBytes(StandardCharsets.UTF_8));
            default -> packed(bytes);
        };
    }

    private static String aliases() {
        StringBuilder text = new StringBuilder("\na0: &a0 [x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            text.append("a%s: &a%s [".formatted(i, i))
                    .append("*a%s, ".formatted(i - 1).repeat(5))
                    .append("]\n");
        }
        return text.toString();
    }

    private byte[] flipped(byte[] bytes) {
        byte[] copy = bytes.clone();
        for (int flips = 1 + random.nextInt(8); flips > 0 && copy.length > 0; flips--) {
            copy[place(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private byte[] without(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        int to = from + random.nextInt(Math.min(64, bytes.length - from) + 1);
        return joined(part(bytes, 0, from), part(bytes, to, bytes.length));
    }

    private byte[] doubled(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        int to = from + random.nextInt(bytes.length - from + 1);
        return joined(part(bytes, 0, to), part(bytes, from, bytes.length));
    }

    /** Exchanges two lines or stretches. */
    private byte[] swapped(byte[] bytes) {
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1);
        int a = random.nextInt(lines.length);
        int b = random.nextInt(lines.length);
        String line = lines[a];
        lines[a] = lines[b];
        lines[b] = line;
        return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Puts another number in the place of one that is written as text; most often one near the beginning. */
    private byte[] renumbered(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, 100_000), StandardCharsets.ISO_8859_1);
        List<MatchResult> numbers = NUMBER.matcher(text).results().limit(2_000).toList();
        if (numbers.isEmpty()) {
            return binaryNumber(bytes);
        }
        MatchResult number = numbers.get(place(numbers.size()));
        return joined(
                joined(part(bytes, 0, number.start()), latin(pick(NUMBERS), true)),
                part(bytes, number.end(), bytes.length));
    }

    /** Overwrites 1 to 8 bytes with an extreme number. */
    private byte[] binaryNumber(byte[] bytes) {
        byte[] copy = bytes.clone();
        if (copy.length < 8) {
            return copy;
        }
        int at = place(copy.length - 7);
        int width = 1 << random.nextInt(4);
        long[] extremes = {
            0, -1, 1, 0x7f, 0x7fff_ffff, 0x7fff_ffff_ffff_ffffL, 0x0000_0100_0000_0000L, 0x7ff8_0000_7fc0_0000L
        };
        long value = extremes[random.nextInt(extremes.length)];
        for (int i = 0; i < width; i++) {
            copy[at + i] = (byte) (value >>> 8 * (random.nextBoolean() ? i : width - 1 - i));
        }
        return copy;
    }

    private byte[] randomBytes(byte[] bytes) {
        byte[] noise = new byte[random.nextInt(40)];
        random.nextBytes(noise);
        return inserted(bytes, noise);
    }

    private byte[] inserted(byte[] bytes, byte[] what) {
        int at = place(bytes.length + 1);
        return joined(joined(part(bytes, 0, at), what), part(bytes, at, bytes.length));
    }

    /** A place below {@code size}, every second time within the first 200, where headers are. */
    private int place(int size) {
        return random.nextInt(random.nextBoolean() ? size : Math.min(size, 200));
    }

    private String pick(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static byte[] latin(String text, boolean utf8) {
        return text.getBytes(utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }

    static byte[] part(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /** A member of a gzip file that unpacks to much more than the tests' memory; made when it is needed. */
    private static final class Bomb {
        static final byte[] PACKED = packedZeros();

        private static byte[] packedZeros() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                ZipBytes.writeZeros(gzip, ZipBytes.BOMB_BYTES);
            } catch (IOException e) {
                throw new IllegalStateException("memory does not fail", e);
            }
            return out.toByteArray();
        }
    }

    static byte[] packed(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        return out.toByteArray();
    }

    private static byte[] unpacked(byte[] bytes) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("a seed is not damaged", e);
        }
    }
}
