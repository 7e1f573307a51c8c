/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import io.synaptile.sim.io.DataFileException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes images with the Java platform's decoders. They fill what is missing of a truncated file and only warn; here every
 * warning is an error.
 *
 * @param format as the platform names it
 * @param damaged what a message says of a file that the decoder warns of
 * @param unreadable what it says of a file that the decoder refuses
 */
public record ImageDecoder(String format, String damaged, String unreadable) {
    /** Looks at the size of an image before anything of that size is allocated. */
    public interface SizeCheck {
        /** @throws DataFileException if it is not taken */
        void require(int width, int height);
    }

    /**
     * Decodes one image.
     *
     * @throws DataFileException if the bytes are no such image, damaged, or refused by the check
     */
    public BufferedImage decode(Path file, byte[] bytes, SizeCheck size) {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
        List<String> warnings = new ArrayList<>();
        try (MemoryCacheImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
            reader.setInput(input);
            size.require(reader.getWidth(0), reader.getHeight(0));
            BufferedImage image = reader.read(0);
            if (!warnings.isEmpty()) {
                throw new DataFileException(file, damaged + " (" + warnings.getFirst() + ")");
            }
            return image;
        } catch (IOException | RuntimeException e) {
            if (e instanceof DataFileException refused) {
                throw refused;
            }
            // The decoders answer damaged tables with exceptions of many kinds.
            throw new DataFileException(
                    file,
                    unreadable + " (" + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()) + ")");
        } finally {
            reader.dispose();
        }
    }
}
