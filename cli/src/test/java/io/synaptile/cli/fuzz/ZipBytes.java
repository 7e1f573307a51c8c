/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Archives that are damaged in a member and packed again, so that sizes and checksums are right, and archives of much. */
final class ZipBytes {
    /** More than the tests' memory. */
    static final long BOMB_BYTES = 400_000_000;

    private ZipBytes() {}

    /** Contents of an archive; none if it is none. */
    static List<byte[]> members(byte[] bytes) {
        return new ArrayList<>(read(bytes).values());
    }

    /** The archive with another member, packed as before or with deflate, or with members that take much room. */
    static byte[] mutated(byte[] archive, SplittableRandom random, UnaryOperator<byte[]> damage) {
        Map<String, byte[]> members = read(archive);
        List<String> names = new ArrayList<>(members.keySet());
        String name = names.get(random.nextInt(names.size()));
        long zeros = 0;
        switch (random.nextInt(12)) {
            case 0 -> members.remove(name);
            case 1 -> members.put(name + "x.npy", members.get(name));
            case 2 -> members.put("\u001b[31m\n" + "n".repeat(random.nextInt(3_000)), members.get(name));
            case 3 -> zeros = random.nextInt(8) == 0 ? BOMB_BYTES : random.nextInt(1_000);
            default -> members.put(name, damage.apply(members.get(name)));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                zip.putNextEntry(new ZipEntry(member.getKey()));
                zip.write(member.getValue());
                writeZeros(zip, member.getKey().equals(name) ? zeros : 0);
            }
        } catch (IOException | IllegalArgumentException e) {
            return archive;
        }
        return out.toByteArray();
    }

    static void writeZeros(OutputStream out, long count) throws IOException {
        byte[] zeros = new byte[1 << 16];
        for (long left = count; left > 0; left -= zeros.length) {
            out.write(zeros, 0, (int) Math.min(left, zeros.length));
        }
    }

    private static Map<String, byte[]> read(byte[] bytes) {
        Map<String, byte[]> members = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                members.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            return Map.of();
        }
        return members;
    }
}
