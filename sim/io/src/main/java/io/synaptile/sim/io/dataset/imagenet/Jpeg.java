/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.imagenet;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.network.Shape;
import io.synaptile.text.format.FileFormat;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes JPEG files with the Java platform's decoder. Grey images become three equal channels. The decoder fills what is
 * missing of a truncated file and only warns; here every warning is an error.
 */
final class Jpeg {
    private Jpeg() {}

    /**
     * Writes the pixels of one image in the order c, h, w.
     *
     * @param shape three channels and the size that the image must have
     * @param into receives the pixels from {@code offset} on
     * @throws DataFileException if the bytes are no such image, or damaged
     */
    static void decode(Path file, byte[] bytes, Shape shape, byte[] into, int offset) {
        DataFileException.refuseOther(file, bytes, "a JPEG image", FileFormat.JPEG);
        Raster raster = read(file, bytes, shape);
        int bands = raster.getNumBands();
        if (bands != 1 && bands != shape.channels()) {
            throw new DataFileException(file, "has " + bands + " channels, allowed are 1 (grey) and 3 (colour)");
        }
        int[] samples = new int[shape.positions()];
        for (int c = 0; c < shape.channels(); c++) {
            // Samples as they are stored; a conversion to RGB would move grey values by their colour space.
            raster.getSamples(0, 0, shape.width(), shape.height(), bands == 1 ? 0 : c, samples);
            for (int p = 0; p < samples.length; p++) {
                into[offset + c * samples.length + p] = (byte) samples[p];
            }
        }
    }

    private static Raster read(Path file, byte[] bytes, Shape shape) {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        List<String> warnings = new ArrayList<>();
        IIOReadWarningListener listener = (_, warning) -> warnings.add(warning);
        try (MemoryCacheImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.addIIOReadWarningListener(listener);
            reader.setInput(input);
            // Before anything of that size is allocated.
            if (reader.getWidth(0) != shape.width() || reader.getHeight(0) != shape.height()) {
                throw new DataFileException(
                        file,
                        "is " + reader.getWidth(0) + "x" + reader.getHeight(0) + " pixels, images of this set are "
                                + shape.width() + "x" + shape.height());
            }
            Raster raster = reader.read(0).getRaster();
            if (!warnings.isEmpty()) {
                throw new DataFileException(file, "damaged JPEG (" + warnings.getFirst() + ")");
            }
            return raster;
        } catch (IOException | RuntimeException e) {
            if (e instanceof DataFileException refused) {
                throw refused;
            }
            // The decoder answers damaged tables with exceptions of many kinds.
            throw new DataFileException(
                    file,
                    "not a JPEG that can be read ("
                            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()) + ")");
        } finally {
            reader.dispose();
        }
    }
}
