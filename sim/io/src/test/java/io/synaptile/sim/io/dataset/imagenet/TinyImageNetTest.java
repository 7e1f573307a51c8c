/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.imagenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.Repository;
import io.synaptile.sim.io.dataset.DataRequest;
import io.synaptile.sim.io.dataset.DatasetSplits;
import io.synaptile.sim.io.dataset.Datasets;
import io.synaptile.sim.network.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TinyImageNetTest {
    private static final int CLASSES = 200;

    private static final byte[][] GREYS = new byte[CLASSES][];

    @TempDir
    private Path top;

    private Path folder;

    @BeforeAll
    static void encode() throws IOException {
        for (int c = 0; c < CLASSES; c++) {
            GREYS[c] = Jpegs.grey(64, c);
        }
    }

    /** Class c, the reverse of the order of the folders, has images 2 and 10 of grey value c. */
    @BeforeEach
    void write() throws IOException {
        folder = Files.createDirectories(top.resolve("tiny-imagenet-200"));
        Files.writeString(
                folder.resolve("wnids.txt"),
                IntStream.range(0, CLASSES).mapToObj(c -> wnid(c) + "\n").collect(Collectors.joining()));
        for (int c = 0; c < CLASSES; c++) {
            Path images = Files.createDirectories(folder.resolve("train/" + wnid(c) + "/images"));
            Files.write(images.resolve(wnid(c) + "_2.JPEG"), GREYS[c]);
            Files.write(images.resolve(wnid(c) + "_10.JPEG"), GREYS[c]);
            Files.writeString(images.resolveSibling(wnid(c) + "_boxes.txt"), "");
        }
        Files.createDirectories(folder.resolve("val/images"));
        Files.write(folder.resolve("val/images/val_0.JPEG"), Jpegs.colour(64, 0xFF0000));
        Files.write(folder.resolve("val/images/val_1.JPEG"), Jpegs.grey(64, 7));
        annotate("val_1.JPEG\t" + wnid(7) + "\t0\t32\t44\t62\nval_0.JPEG\t" + wnid(199) + "\t0\t0\t1\t1\n");
    }

    private static String wnid(int label) {
        return String.format(Locale.ROOT, "n%08d", CLASSES - label);
    }

    private void annotate(String lines) throws IOException {
        Files.writeString(folder.resolve("val/val_annotations.txt"), lines);
    }

    private Path image(int label, int number) {
        return folder.resolve("train/" + wnid(label) + "/images/" + wnid(label) + "_" + number + ".JPEG");
    }

    private DatasetSplits load() {
        return Datasets.installed().load(DataRequest.of("tiny-imagenet", top));
    }

    @Test
    void anyPartOfTheTrainingImagesHoldsAllClasses() {
        DatasetSplits splits = load();
        assertThat(splits.train().shape()).isEqualTo(new Shape(3, 64, 64));
        assertThat(splits.train().classes()).isEqualTo(CLASSES);
        assertThat(splits.train().size()).isEqualTo(360);
        assertThat(splits.validation().size()).isEqualTo(40);
        for (int i = 0; i < 360; i++) {
            int label = i % CLASSES;
            assertThat(splits.train().label(i)).isEqualTo(label);
            assertThat(splits.train().rawPixel(i, 5000)).isBetween(label - 1f, label + 1f);
        }
        assertThat(splits.test().size()).isEqualTo(2);
        assertThat(splits.test().label(0)).isEqualTo(7);
        assertThat(splits.test().rawPixel(0, 0)).isBetween(6f, 8f);
        assertThat(splits.test().label(1)).isEqualTo(199);
        assertThat(splits.test().rawPixel(1, 0)).isGreaterThan(250);
        assertThat(splits.test().rawPixel(1, 64 * 64)).isLessThan(5);
    }

    @Test
    void imagesOfAClassAreInTheOrderOfTheirNumbers() throws IOException {
        Files.write(image(3, 10), Jpegs.grey(64, 250));
        DatasetSplits splits = load();
        assertThat(splits.train().rawPixel(3, 0)).isBetween(2f, 4f);
        assertThat(splits.train().rawPixel(203, 0)).isBetween(249f, 251f);
    }

    @Test
    void theHashFollowsEveryFile() throws IOException {
        DatasetSplits before = load();
        assertThat(load().files()).isEqualTo(before.files()).hasSize(2);
        Files.write(image(150, 10), Jpegs.grey(64, 3));
        DatasetSplits after = load();
        assertThat(after.train().files()).isNotEqualTo(before.train().files());
        assertThat(after.test().files()).isEqualTo(before.test().files());
    }

    @Test
    void theFirstBadImageIsTold() throws IOException {
        byte[] whole = Jpegs.noise(64, 4);
        Files.write(image(120, 10), Arrays.copyOf(whole, whole.length / 2));
        Files.write(image(90, 10), Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(this::load)
                .isInstanceOf(DataFileException.class)
                .hasMessageStartingWith(image(90, 10) + ": damaged JPEG (")
                .hasMessageNotContaining("\n");
        Files.write(image(90, 2), new byte[(1 << 20) + 1]);
        assertThatThrownBy(this::load).hasMessage(image(90, 2) + ": 1048577 bytes; an image may have at most 1048576");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "val_1.JPEG|line 1: must begin with the name of an image, a tab and a class",
                "../../wnids.txt@n00000001|line 1: must begin with the name of an image",
                "/val_0.JPEG@n00000001|line 1: must begin with the name of an image",
                "val_0.JPEG@n00000201|line 1: class 'n00000201' is not one of wnids.txt",
                "@|line 1: must begin with the name of an image"
            })
    void badAnnotationsAreTold(String line, String message) throws IOException {
        annotate(line.replace('@', '\t') + "\n");
        assertThatThrownBy(this::load)
                .isInstanceOf(DataFileException.class)
                .hasMessageStartingWith(folder.resolve("val/val_annotations.txt") + ": " + message);
    }

    @Test
    void missingFilesAreTold() throws IOException {
        annotate("val_5.JPEG\tn00000001\n");
        assertThatThrownBy(this::load).hasMessage(folder.resolve("val/images/val_5.JPEG") + ": no such file");
        annotate("");
        assertThatThrownBy(this::load).hasMessage(folder.resolve("val/val_annotations.txt") + ": names no images");
        Path images = image(9, 2).getParent();
        Files.delete(image(9, 2));
        Files.delete(image(9, 10));
        assertThatThrownBy(this::load).hasMessage(images + ": holds no images (*.JPEG) of class " + wnid(9));
        Files.delete(images);
        assertThatThrownBy(this::load).hasMessage(images + ": no such folder");
        Files.writeString(folder.resolve("wnids.txt"), "n00000001\nn00000001\n");
        assertThatThrownBy(this::load).hasMessage(folder.resolve("wnids.txt") + ": line 2: n00000001 is there twice");
        Files.writeString(folder.resolve("wnids.txt"), "n00000001\n");
        assertThatThrownBy(this::load)
                .hasMessage(folder.resolve("wnids.txt") + ": lists 1 classes, Tiny-ImageNet has 200");
        Files.writeString(folder.resolve("wnids.txt"), "../../../etc\n");
        assertThatThrownBy(this::load).hasMessageContaining("line 1: '../../../etc' is not a class");
        Files.write(folder.resolve("wnids.txt"), new byte[] {-1, -2});
        assertThatThrownBy(this::load).hasMessage(folder.resolve("wnids.txt") + ": not a text file in UTF-8");
        Files.delete(folder.resolve("wnids.txt"));
        assertThatThrownBy(this::load)
                .hasMessageContainingAll(
                        "data set tiny-imagenet needs wnids.txt, train/*/images/*.JPEG, val/val_annotations.txt",
                        "found no wnids.txt in " + top,
                        "it can be had from http://cs231n.stanford.edu/tiny-imagenet-200.zip");
    }

    @Test
    void singleFilesCannotBeNamed() {
        assertThatThrownBy(() -> Datasets.installed()
                        .load(new DataRequest(
                                "tiny-imagenet",
                                Optional.of(top),
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                List.of("val.bin"),
                                OptionalDouble.empty())))
                .hasMessage(
                        "the test files cannot be named one by one for data set tiny-imagenet, which is a folder; name"
                                + " the folder of the data set");
    }

    /** Validation against the counts of the published set. */
    @Test
    void thePublishedSetIsRead() {
        Optional<Path> data = Repository.sharedData("tiny-imagenet-200");
        assumeThat(data).as("Tiny-ImageNet is not on this machine").isPresent();
        DatasetSplits splits = Datasets.installed().load(DataRequest.of("tiny-imagenet", data.get()));
        assertThat(splits.train().size() + splits.validation().size()).isEqualTo(100_000);
        assertThat(splits.test().size()).isEqualTo(10_000);
    }
}
