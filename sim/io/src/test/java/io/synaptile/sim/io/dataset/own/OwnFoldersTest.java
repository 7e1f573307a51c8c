/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.dataset.Dataset;
import io.synaptile.sim.io.dataset.DatasetSplits;
import io.synaptile.sim.io.dataset.OwnData;
import io.synaptile.sim.network.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnFoldersTest {
    @TempDir
    Path folder;

    private static BufferedImage gray(int width, int height, int... samples) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, width, height, samples);
        return image;
    }

    private static BufferedImage rgb(int width, int height, int... samples) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        image.getRaster().setPixels(0, 0, width, height, samples);
        return image;
    }

    private Path put(String name, BufferedImage image) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
        return file;
    }

    /** Two classes for training and one for testing, of one pixel each. */
    private OwnRequest small() throws IOException {
        put("train/a/1.png", gray(1, 1, 10));
        put("train/b/1.png", gray(1, 1, 20));
        put("test/b/1.png", gray(1, 1, 30));
        return OwnRequest.of("folders", folder);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void picturesOfAnySizeKeepValuesAndClasses(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        int width = 1 + random.nextInt(7);
        int height = 1 + random.nextInt(7);
        int channels = random.nextBoolean() ? 1 : 3;
        int classes = 2 + random.nextInt(4);
        int each = 2 + random.nextInt(4);
        int[][] pictures = new int[classes * each][];
        for (int i = 0; i < pictures.length; i++) {
            int[] samples =
                    random.ints((long) width * height * channels, 0, 256).toArray();
            samples[0] = i;
            pictures[i] = samples;
            put(
                    "class-" + i % classes + "/" + i + ".png",
                    channels == 1 ? gray(width, height, samples) : rgb(width, height, samples));
        }
        DatasetSplits splits =
                OwnRequest.of("folders", folder).shared(0.5, seed).load();

        int[] seen = new int[pictures.length];
        for (Dataset part : List.of(splits.train(), splits.test())) {
            assertThat(part.shape()).as("seed %d", seed).isEqualTo(new Shape(channels, height, width));
            for (int i = 0; i < part.size(); i++) {
                int picture = (int) part.rawPixel(i, 0);
                seen[picture]++;
                assertThat(part.label(i))
                        .as("seed %d, picture %d", seed, picture)
                        .isEqualTo(picture % classes);
                for (int p = 0; p < width * height; p++) {
                    for (int c = 0; c < channels; c++) {
                        assertThat(part.rawPixel(i, c * width * height + p))
                                .as("seed %d, picture %d", seed, picture)
                                .isEqualTo(pictures[picture][p * channels + c]);
                    }
                }
            }
        }
        assertThat(seen).as("seed %d", seed).containsOnly(1);
    }

    @Test
    void partsAreFoldersOfClasses() throws IOException {
        DatasetSplits splits = small().load();
        assertThat(splits.train().size()).isEqualTo(2);
        assertThat(splits.train().classNames()).containsExactly("a", "b");
        assertThat(splits.test().label(0)).isEqualTo(1);
        assertThat(splits.test().images(0, 1)).containsExactly(30 / 255f);
        assertThat(splits.files())
                .extracting(file -> file.path().getFileName().toString())
                .containsExactly("train", "test");
        String before = splits.files().getFirst().sha256();
        assertThat(OwnRequest.of("folders", folder, "train")
                        .tested("test")
                        .load()
                        .files()
                        .getFirst()
                        .sha256())
                .isEqualTo(before);
        put("train/a/1.png", gray(1, 1, 11));
        assertThat(OwnRequest.of("folders", folder).load().files().getFirst().sha256())
                .isNotEqualTo(before);
    }

    @Test
    void classesAreInTheOrderOfTheirNamesWhateverTheLocale() throws IOException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("sv"));
            for (String name : List.of("\u00e5l", "Zebra", "apa", "o\u0308l", "v", "w")) {
                put("train/" + name + "/1.png", gray(1, 1, 1));
                put("test/" + name + "/1.png", gray(1, 1, 1));
            }
            assertThat(OwnRequest.of("folders", folder).load().train().classNames())
                    .containsExactly("Zebra", "apa", "v", "w", "\u00e5l", "\u00f6l");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void numbersAreInTheirOrderAndNeedNotCountFrom0() throws IOException {
        for (String name : List.of("10", "9", "300")) {
            put("train/" + name + "/1.png", gray(1, 1, 1));
            put("test/" + name + "/1.png", gray(1, 1, 1));
        }
        assertThat(OwnRequest.of("folders", folder).load().train().classNames()).containsExactly("9", "10", "300");
    }

    @Test
    void coloursBecomeLuminanceAndGrayThreeChannelsWhereAsked() throws IOException {
        OwnRequest request = small();
        put("train/a/1.png", rgb(1, 1, 255, 0, 0));
        put("test/b/1.png", rgb(1, 1, 0, 255, 0));
        DatasetSplits grayed = request.inChannels(OwnData.Channels.GRAY).load();
        assertThat(grayed.test().rawPixel(0, 0)).isEqualTo(150f);
        DatasetSplits coloured = request.inChannels(OwnData.Channels.RGB).load();
        assertThat(coloured.train().shape().channels()).isEqualTo(3);
        assertThat(List.of(
                        coloured.test().rawPixel(0, 0),
                        coloured.test().rawPixel(0, 1),
                        coloured.test().rawPixel(0, 2)))
                .containsExactly(0f, 255f, 0f);
        refused(
                request,
                "train/b/1.png",
                "is gray, " + folder.resolve("train/a/1.png")
                        + " is in colour; the channels of the images gray or rgb makes them alike");
    }

    @Test
    void otherDepthsPalettesAndOpaqueAlphaAreRead() throws IOException {
        OwnRequest request = small();
        BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setSample(0, 0, 0, 0x8080);
        put("train/a/1.png", deep);
        BufferedImage bits = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_BINARY);
        bits.getRaster().setSample(0, 0, 0, 1);
        put("train/b/1.png", bits);
        byte[] levels = {0, 77};
        BufferedImage palette = new BufferedImage(
                1, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 2, levels, levels, levels));
        palette.getRaster().setSample(0, 0, 0, 1);
        put("test/b/1.png", palette);
        DatasetSplits splits = request.load();
        float[] train = {splits.train().rawPixel(0, 0), splits.train().rawPixel(1, 0)};
        Arrays.sort(train);
        assertThat(train).containsExactly(128, 255);
        assertThat(splits.test().rawPixel(0, 0)).isEqualTo(77f);

        BufferedImage alpha = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
        alpha.setRGB(0, 0, 0xff0a0b0c);
        put("test/b/1.png", alpha);
        assertThat(request.inChannels(OwnData.Channels.RGB).load().test().rawPixel(0, 2))
                .isEqualTo(12f);
        alpha.setRGB(0, 0, 0x7f0a0b0c);
        put("test/b/1.png", alpha);
        refused(request, "test/b/1.png", "is transparent at row 0, column 0, allowed are opaque images");
    }

    @Test
    void jpegIsRead() throws IOException {
        OwnRequest request = small();
        Files.delete(put("test/b/1.png", gray(1, 1, 1)));
        put("test/b/1.jpg", gray(1, 1, 200));
        assertThat(request.load().test().rawPixel(0, 0)).isBetween(198f, 202f);
    }

    private void refused(OwnRequest request, String file, String finding) {
        assertThatThrownBy(request::load)
                .isInstanceOf(DataFileException.class)
                .hasMessage(folder.resolve(file) + ": " + finding);
    }

    @Test
    void unequalSizesAreRefusedWithBothFiles() throws IOException {
        OwnRequest request = small();
        put("train/b/2.png", gray(2, 1, 1, 2));
        refused(
                request,
                "train/b/2.png",
                "is 2x1 pixels, " + folder.resolve("train/a/1.png") + " is 1x1; pictures must be of one size");
    }

    @Test
    void truncatedAndDamagedPicturesAreRefused() throws IOException {
        OwnRequest request = small();
        Path file = folder.resolve("train/b/1.png");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 1; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(request::load)
                    .as("%d bytes", length)
                    .isInstanceOf(DataFileException.class)
                    .hasMessageStartingWith(file + ": is ");
        }
        byte[] damaged = whole.clone();
        damaged[whole.length - 20] ^= 1;
        Files.write(file, damaged);
        assertThatThrownBy(request::load)
                .hasMessageStartingWith(file + ": is a damaged PNG: the checksum of the chunk at byte ");
        Files.write(file, new byte[0]);
        refused(request, "train/b/1.png", "is empty, not a PNG or JPEG image");
        Files.writeString(file, "P5 1 1 255 x");
        refused(request, "train/b/1.png", "is of an unknown kind, not a PNG or JPEG image");

        put("train/b/2.jpg", gray(8, 8, new int[64]));
        Path jpeg = folder.resolve("train/b/2.jpg");
        byte[] all = Files.readAllBytes(jpeg);
        Files.write(jpeg, Arrays.copyOf(all, all.length - 2));
        put("train/a/1.png", gray(8, 8, new int[64]));
        put("train/b/1.png", gray(8, 8, new int[64]));
        put("test/b/1.png", gray(8, 8, new int[64]));
        assertThatThrownBy(request::load).isInstanceOf(DataFileException.class).hasMessageStartingWith(jpeg + ": is ");
    }

    @Test
    void foldersOfAnotherKindAreRefused() throws IOException {
        OwnRequest request = small();
        put("test/c/1.png", gray(1, 1, 1));
        refused(
                request,
                "test",
                folder.resolve("test/c/1.png") + ": label 'c' is outside the classes, allowed are a, b");
        Files.delete(folder.resolve("test/c/1.png"));
        refused(request, "test/c", "is an empty class: it has no pictures (.png, .jpg or .jpeg)");
        Files.delete(folder.resolve("test/c"));
        Files.writeString(folder.resolve("train/b/notes.txt"), "x");
        refused(
                request,
                "train/b/notes.txt",
                "is no picture by its name; the folder of a class holds .png, .jpg and .jpeg only");
        Files.delete(folder.resolve("train/b/notes.txt"));
        Files.createDirectory(folder.resolve("train/b/deep"));
        refused(request, "train/b/deep", "is a folder; the folder of a class holds .png, .jpg and .jpeg only");
        Files.delete(folder.resolve("train/b/deep"));
        put("train/1.png", gray(1, 1, 1));
        refused(request, "train/1.png", "lies outside the folders of classes in " + folder.resolve("train"));
        Files.delete(folder.resolve("train/1.png"));
        refused(request.classed(3), "train", "has 2 classes (a, b), and the number of classes is 3");
        refused(OwnRequest.of("folders", folder, "none"), "none", "no such folder");
        refused(OwnRequest.of("folders", folder, "train/a/1.png"), "train/a/1.png", "is not a folder");
        Files.createDirectory(folder.resolve("nothing"));
        refused(
                OwnRequest.of("folders", folder, "nothing"),
                "nothing",
                "has no folders, one per class with pictures in it");
    }

    @Test
    void filesOfFileManagersAreLeftOut() throws IOException {
        OwnRequest request = small();
        Files.writeString(folder.resolve("train/.DS_Store"), "x");
        Files.writeString(folder.resolve("train/b/Thumbs.db"), "x");
        Files.writeString(folder.resolve("train/LICENSE"), "x");
        assertThat(request.load().train().size()).isEqualTo(2);
    }
}
