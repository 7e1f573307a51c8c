/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.imagenet;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.dataset.ImageDecoder;
import io.synaptile.sim.network.Shape;
import io.synaptile.text.format.FileFormat;
import java.awt.image.Raster;
import java.nio.file.Path;

/** Decodes the JPEG files of a set. Grey images become three equal channels. */
final class Jpeg {
    private static final ImageDecoder DECODER = new ImageDecoder("jpeg", "damaged JPEG", "not a JPEG that can be read");

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
        return DECODER.decode(file, bytes, (width, height) -> {
                    if (width != shape.width() || height != shape.height()) {
                        throw new DataFileException(
                                file,
                                "is " + width + "x" + height + " pixels, images of this set are " + shape.width() + "x"
                                        + shape.height());
                    }
                })
                .getRaster();
    }
}
