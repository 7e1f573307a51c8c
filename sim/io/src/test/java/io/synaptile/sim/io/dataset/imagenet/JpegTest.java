/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.imagenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.network.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JpegTest {
    private static final Shape SHAPE = new Shape(3, 64, 64);
    private static final Path FILE = Path.of("x.JPEG");

    private static byte[] decoded(byte[] bytes) {
        byte[] pixels = new byte[SHAPE.size() + 2];
        Jpeg.decode(FILE, bytes, SHAPE, pixels, 1);
        assertThat(pixels[0]).isZero();
        assertThat(pixels[pixels.length - 1]).isZero();
        return Arrays.copyOfRange(pixels, 1, pixels.length - 1);
    }

    private static int at(byte[] pixels, int channel) {
        return Byte.toUnsignedInt(pixels[channel * 64 * 64 + 777]);
    }

    /** A flat colour survives compression but for the rounding of its luminance and chrominance. */
    @Test
    void channelsAreRedGreenBlue() throws IOException {
        byte[] pixels = decoded(Jpegs.colour(64, 0xC86432));
        assertThat(at(pixels, 0)).isBetween(200 - 3, 200 + 3);
        assertThat(at(pixels, 1)).isBetween(100 - 3, 100 + 3);
        assertThat(at(pixels, 2)).isBetween(50 - 3, 50 + 3);
    }

    @Test
    void greyImagesBecomeThreeEqualChannelsOfTheStoredValues() throws IOException {
        byte[] pixels = decoded(Jpegs.grey(64, 100));
        for (int channel = 0; channel < 3; channel++) {
            assertThat(at(pixels, channel)).isBetween(99, 101).isEqualTo(at(pixels, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.5, 0.9, 0.99})
    void aTruncatedFileIsRefusedThoughTheDecoderWouldFillIt(double part) throws IOException {
        byte[] whole = Jpegs.noise(64, 1);
        assertThatThrownBy(() -> decoded(Arrays.copyOf(whole, (int) (part * whole.length))))
                .isInstanceOf(DataFileException.class)
                .hasMessageStartingWith("x.JPEG: damaged JPEG (")
                .hasMessageNotContaining("\n");
    }

    @Test
    void whatIsNoJpegIsRefused() throws IOException {
        byte[] text = "n01443537".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> decoded(text))
                .isInstanceOf(DataFileException.class)
                .hasMessageStartingWith("x.JPEG: not a JPEG that can be read (");
        assertThatThrownBy(() -> decoded(new byte[0])).hasMessageStartingWith("x.JPEG: not a JPEG that can be read (");
        byte[] other = Jpegs.colour(32, 0);
        assertThatThrownBy(() -> decoded(other)).hasMessage("x.JPEG: is 32x32 pixels, images of this set are 64x64");
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    /** Whatever happens to the bytes of a file, it is decoded or reported. */
    @ParameterizedTest
    @MethodSource("seeds")
    void damageNeverEscapesAsAnythingElse(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = Jpegs.noise(64, seed % 3);
        byte[] damaged = Arrays.copyOf(bytes, random.nextBoolean() ? bytes.length : random.nextInt(bytes.length + 1));
        for (int i = random.nextInt(5); i > 0 && damaged.length > 0; i--) {
            int reach = random.nextBoolean() ? damaged.length : Math.min(damaged.length, 700);
            damaged[random.nextInt(reach)] = (byte) random.nextInt();
        }
        try {
            decoded(damaged);
        } catch (DataFileException e) {
            assertThat(e.getMessage()).startsWith("x.JPEG: ").doesNotContain("\n");
        }
    }
}
