/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.imagenet;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.Sha256;
import io.synaptile.sim.io.dataset.SourceFile;
import io.synaptile.sim.network.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * One part of a set that is one JPEG file per image, decoded on all cores.
 *
 * @param source the folder; its SHA-256 is that of a list of the files in their order, one line each with name, label and
 *     SHA-256
 * @param pixels shape {@code [images, C, H, W]}
 */
record ImageFiles(SourceFile source, byte[] pixels, byte[] labels) {
    /** A JPEG of this many bytes is not one of 64x64 pixels. */
    private static final long LARGEST_BYTES = 1 << 20;

    /** One image and its class. */
    record Entry(Path file, int label) {}

    /**
     * Reads images.
     *
     * @throws DataFileException naming the first file, in the order given, that is missing or damaged
     */
    static ImageFiles read(Path folder, List<Entry> entries, Shape shape) {
        long size = (long) entries.size() * shape.size();
        if (size > Integer.MAX_VALUE - 8) {
            throw new DataFileException(
                    folder, "holds " + entries.size() + " images, which is more than fit in memory at once");
        }
        byte[] pixels = new byte[(int) size];
        byte[] labels = new byte[entries.size()];
        String[] lines = new String[entries.size()];
        DataFileException[] refused = new DataFileException[entries.size()];
        IntStream.range(0, entries.size()).parallel().forEach(i -> {
            Entry entry = entries.get(i);
            labels[i] = (byte) entry.label();
            try {
                byte[] bytes = bytes(entry.file());
                Jpeg.decode(entry.file(), bytes, shape, pixels, i * shape.size());
                lines[i] = entry.file().getFileName() + " " + entry.label() + " " + Sha256.of(bytes) + "\n";
            } catch (DataFileException e) {
                refused[i] = e;
            }
        });
        Arrays.stream(refused).filter(Objects::nonNull).findFirst().ifPresent(first -> {
            throw first;
        });
        Sha256 all = new Sha256();
        for (String line : lines) {
            all.add(line.getBytes(StandardCharsets.UTF_8));
        }
        return new ImageFiles(new SourceFile(folder, all.hex()), pixels, labels);
    }

    private static byte[] bytes(Path file) {
        try {
            long size = Files.size(file);
            if (size > LARGEST_BYTES) {
                throw new DataFileException(file, size + " bytes; an image may have at most " + LARGEST_BYTES);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new DataFileException(file, e);
        }
    }
}
