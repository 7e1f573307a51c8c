/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.own;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.dataset.ImageDecoder;
import io.synaptile.text.format.FileFormat;
import io.synaptile.text.limit.FileLimit;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A picture as the Java platform's decoders read it: 1 or 3 channels of bytes. Samples of other depths are scaled to 0-255 and
 * rounded, palettes looked up; no colour profile and no gamma is applied. The decoders only warn of a truncated JPEG and do not
 * look at the checksums of a PNG; here either is an error.
 *
 * @param samples shape {@code [channels, height, width]}
 */
record Picture(int channels, int height, int width, byte[] samples) {
    private static final int OPAQUE = 255;
    /** A decoded picture takes about this many bytes per pixel while it is read. */
    private static final int ROOM_OF_PIXEL = 16;

    private static final int PNG_SIGNATURE = 8;
    /** Length, type and checksum of a chunk. */
    private static final int CHUNK_FRAME = 12;

    /** Weights of red, green and blue in luminance, in thousandths. Source: ITU-R BT.601-7, section 2.5.1. */
    private static final int[] LUMINANCE = {299, 587, 114};

    /**
     * Decodes a file.
     *
     * @throws DataFileException if the bytes are no PNG or JPEG, damaged, or of a kind that is not read
     */
    static Picture decode(Path file, byte[] bytes) {
        Optional<FileFormat> format = FileFormat.of(bytes);
        if (format.isPresent() && format.get() == FileFormat.PNG) {
            requireWholePng(file, bytes);
            return read(file, bytes, "png");
        } else if (format.isPresent() && format.get() == FileFormat.JPEG) {
            return read(file, bytes, "jpeg");
        }
        throw new DataFileException(
                file,
                bytes.length == 0
                        ? "is empty, not a PNG or JPEG image"
                        : "is " + format.map(FileFormat::description).orElse("of an unknown kind")
                                + ", not a PNG or JPEG image");
    }

    private static Picture read(Path file, byte[] bytes, String format) {
        ImageDecoder decoder = new ImageDecoder(format, "is a damaged image", "is not an image that can be read");
        return of(
                file,
                decoder.decode(
                        file,
                        bytes,
                        (width, height) -> FileLimit.current()
                                .refusal("is decoded in up to", (long) width * height * ROOM_OF_PIXEL)
                                .ifPresent(refusal -> {
                                    throw new DataFileException(file, refusal);
                                })));
    }

    private static Picture of(Path file, BufferedImage image) {
        return image.getColorModel() instanceof IndexColorModel palette
                ? ofPalette(file, image.getRaster(), palette)
                : ofSamples(file, image.getRaster());
    }

    private static Picture ofPalette(Path file, Raster raster, IndexColorModel palette) {
        int positions = raster.getWidth() * raster.getHeight();
        int[] indices = raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), 0, new int[positions]);
        byte[] samples = new byte[3 * positions];
        boolean gray = true;
        for (int p = 0; p < positions; p++) {
            int index = indices[p];
            if (index >= palette.getMapSize()) {
                throw new DataFileException(file, "has colour " + index + ", its palette has " + palette.getMapSize());
            }
            requireOpaque(file, palette.getAlpha(index), OPAQUE, p, raster.getWidth());
            samples[p] = (byte) palette.getRed(index);
            samples[positions + p] = (byte) palette.getGreen(index);
            samples[2 * positions + p] = (byte) palette.getBlue(index);
            gray &= samples[p] == samples[positions + p] && samples[p] == samples[2 * positions + p];
        }
        return gray
                ? new Picture(1, raster.getHeight(), raster.getWidth(), Arrays.copyOf(samples, positions))
                : new Picture(3, raster.getHeight(), raster.getWidth(), samples);
    }

    /** Samples as they are stored; a conversion to RGB would move grey values by their colour space. */
    private static Picture ofSamples(Path file, Raster raster) {
        int bands = raster.getNumBands();
        if (bands > 4) {
            throw new DataFileException(file, "has " + bands + " channels, allowed are 1 (gray) and 3 (RGB)");
        }
        int width = raster.getWidth();
        int positions = width * raster.getHeight();
        int channels = bands <= 2 ? 1 : 3;
        byte[] samples = new byte[channels * positions];
        int[] band = new int[positions];
        for (int c = 0; c < bands; c++) {
            raster.getSamples(0, 0, width, raster.getHeight(), c, band);
            int largest = (1 << raster.getSampleModel().getSampleSize(c)) - 1;
            for (int p = 0; p < positions; p++) {
                if (c < channels) {
                    samples[c * positions + p] = (byte) Math.round((float) band[p] * OPAQUE / largest);
                } else {
                    requireOpaque(file, band[p], largest, p, width);
                }
            }
        }
        return new Picture(channels, raster.getHeight(), width, samples);
    }

    private static void requireOpaque(Path file, int alpha, int opaque, int position, int width) {
        if (alpha != opaque) {
            throw new DataFileException(
                    file,
                    "is transparent at row " + position / width + ", column " + position % width
                            + ", allowed are opaque images");
        }
    }

    /** Walks over the chunks of a PNG and compares their checksums, which end with that of the chunk {@code IEND}. */
    private static void requireWholePng(Path file, byte[] bytes) {
        ByteBuffer png = ByteBuffer.wrap(bytes);
        int at = PNG_SIGNATURE;
        String type = "";
        while (!type.equals("IEND")) {
            if (bytes.length - at < CHUNK_FRAME) {
                throw new DataFileException(file, "is a truncated PNG: it ends after " + bytes.length + " bytes");
            }
            int length = png.getInt(at);
            type = new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
            if (length < 0 || length > bytes.length - at - CHUNK_FRAME) {
                throw new DataFileException(
                        file, "is a truncated PNG: it ends after " + bytes.length + " bytes, inside a chunk");
            }
            CRC32 checksum = new CRC32();
            checksum.update(bytes, at + 4, 4 + length);
            if ((int) checksum.getValue() != png.getInt(at + 8 + length)) {
                throw new DataFileException(
                        file, "is a damaged PNG: the checksum of the chunk at byte " + at + " is wrong");
            }
            at += CHUNK_FRAME + length;
        }
    }

    /** Writes the picture with 1 or 3 channels: luminance of colours, or equal channels of gray. */
    void write(int wanted, byte[] into, int offset) {
        int positions = width * height;
        for (int c = 0; c < wanted; c++) {
            if (channels == wanted || channels == 1) {
                int from = channels == 1 ? 0 : c * positions;
                System.arraycopy(samples, from, into, offset + c * positions, positions);
            } else {
                for (int p = 0; p < positions; p++) {
                    into[offset + p] = (byte) luminance(p, positions);
                }
            }
        }
    }

    private int luminance(int position, int positions) {
        int sum = 500;
        for (int c = 0; c < LUMINANCE.length; c++) {
            sum += LUMINANCE[c] * Byte.toUnsignedInt(samples[c * positions + position]);
        }
        return sum / 1000;
    }
}
