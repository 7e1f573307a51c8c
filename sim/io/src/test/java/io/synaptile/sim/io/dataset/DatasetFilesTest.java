/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstPublished;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.Repository;
import io.synaptile.text.limit.FileLimit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatasetFilesTest {
    private static final Datasets DATASETS = Datasets.installed();

    @TempDir
    Path folder;

    @Test
    void publishedSetsAndFormatsOfOwnFilesAreInstalled() {
        assertThat(DATASETS.readers())
                .extracting(DatasetReader::id)
                .containsExactly(
                        "cifar10",
                        "cifar100",
                        "csv",
                        "digits",
                        "fashion-mnist",
                        "folders",
                        "mnist",
                        "npz",
                        "tiny-imagenet");
        assertThatThrownBy(() -> DATASETS.reader("minst"))
                .hasMessage(
                        "the data set must be one of cifar10, cifar100, csv, digits, fashion-mnist, folders, mnist, npz,"
                                + " tiny-imagenet, got"
                                + " 'minst'");
    }

    @Test
    void embeddedDigitsAreFoundWithoutAnySetting() {
        DatasetSplits digits = DATASETS.load(new DataRequest(
                "digits",
                Optional.empty(),
                Optional.empty(),
                List.of(Repository.file("examples/data")),
                List.of(),
                List.of(),
                OptionalDouble.empty()));

        assertThat(digits.train().size()).isEqualTo(3823 - 764);
        assertThat(digits.validation().size()).isEqualTo(764);
        assertThat(digits.test().size()).isEqualTo(1797);
        assertThat(digits.files())
                .extracting(SourceFile::sha256)
                .containsExactly(
                        "3273a01fdf5de3baade88e85bc0057491dd425404ac58f87879824e19fd06502",
                        "46abec6b12486ad9e51943373abcf22bbea1b5a51a1619b361570d8893f1464a");
        assertThat(digits.test().label(1)).isEqualTo(1);
        assertThat(digits.test().rawPixel(0, 2)).isEqualTo(5);
    }

    @Test
    void statedDigitsConstantsAreThoseOfTheTrainingPart() {
        Dataset all = DATASETS.load(withoutValidation("digits", Repository.file("examples/data")))
                .train();
        double sum = 0;
        double squares = 0;
        for (int sample = 0; sample < all.size(); sample++) {
            for (int pixel = 0; pixel < 64; pixel++) {
                double value = all.rawPixel(sample, pixel) / 16.0;
                sum += value;
                squares += value * value;
            }
        }
        double mean = sum / (all.size() * 64);

        assertThat(all.normalisation().mean().getFirst().doubleValue()).isCloseTo(mean, againstClosedForm(1e-7));
        assertThat(all.normalisation().deviation().getFirst().doubleValue())
                .isCloseTo(Math.sqrt(squares / (all.size() * 64) - mean * mean), againstClosedForm(1e-7));
    }

    /** Validation against the counts and known labels of the published files. */
    @Test
    void publishedMnistAndFashionMnistAreRead() {
        for (String set : List.of("mnist", "fashion-mnist")) {
            Optional<Path> data = Repository.sharedData(set);
            assumeTrue(data.isPresent(), set + " is not on this machine");
            DatasetSplits splits = DATASETS.load(DataRequest.of(set, data.get().getParent()));
            assertThat(splits.train().size()).isEqualTo(54_000);
            assertThat(splits.validation().size()).isEqualTo(6_000);
            assertThat(splits.test().size()).isEqualTo(10_000);
            assertThat(splits.test().label(0)).isEqualTo(set.equals("mnist") ? 7 : 9);
            float[] image = splits.train().images(0, 1000);
            double mean = 0;
            for (float value : image) {
                mean += value / image.length;
            }
            assertThat(mean).isCloseTo(0, againstPublished(0.03));
        }
    }

    @Test
    void namedCifarSubsetsAreRead() {
        Optional<Path> data = Repository.sharedData("cifar10");
        assumeTrue(data.isPresent(), "cifar10 is not on this machine");
        DatasetSplits splits = DATASETS.load(new DataRequest(
                "cifar10",
                Optional.empty(),
                data.map(Path::getParent),
                List.of(),
                List.of("cifar10_train_first10000.bin.gz"),
                List.of("cifar10_test_first2000.bin"),
                OptionalDouble.of(0.2)));

        assertThat(splits.train().size()).isEqualTo(8000);
        assertThat(splits.test().size()).isEqualTo(2000);
        // The first test image of CIFAR-10 is a cat, the first training image a frog.
        assertThat(splits.test().label(0)).isEqualTo(3);
        assertThat(splits.train().label(0)).isEqualTo(6);
    }

    @Test
    void missingFilesAreNamedWithTheirOriginInOneLine() {
        assertThatThrownBy(() -> DATASETS.load(DataRequest.of("mnist", folder.resolve("nowhere"))))
                .isInstanceOf(DataFileException.class)
                .hasMessageContainingAll(
                        "needs train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte,"
                                + " t10k-labels-idx1-ubyte, each with or without .gz",
                        "found no train-images-idx3-ubyte[.gz]",
                        "nowhere (no such folder)",
                        "; name the folder of the data set or the training files; they",
                        "can be had from http://yann.lecun.com/exdb/mnist")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> DATASETS.load(new DataRequest(
                        "cifar10",
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        OptionalDouble.empty())))
                .hasMessage("data set cifar10 needs data_batch_1.bin, data_batch_2.bin, data_batch_3.bin,"
                        + " data_batch_4.bin, data_batch_5.bin, test_batch.bin, each with or without .gz; no folder is"
                        + " named; name the folder of the data set; they can be had from"
                        + " https://www.cs.toronto.edu/~kriz/cifar.html (cifar-10-binary.tar.gz)");
    }

    @Test
    void aMissingFileThatTheExperimentNamesIsTheOneTold() {
        assertThatThrownBy(() -> DATASETS.load(testFile("part.csv")))
                .hasMessage(folder + ": there is no part.csv, named by the test files, in " + folder + ", "
                        + folder.resolve("digits") + " (no such folder)");
        Path absolute = folder.resolve("part.csv");
        assertThatThrownBy(() -> DATASETS.load(testFile(absolute.toString())))
                .hasMessage(absolute + ": is named by the test files and not there");
        assertThatThrownBy(() -> DATASETS.load(testFile(folder.toString())))
                .hasMessage(folder + ": is named by the test files and is a folder");
    }

    /** The optical digits with another test part; the training part is that of the product. */
    private DataRequest testFile(String name) {
        return new DataRequest(
                "digits",
                Optional.of(folder),
                Optional.empty(),
                List.of(),
                List.of(Repository.file("examples/data/optdigits.tra.gz").toString()),
                List.of(name),
                OptionalDouble.empty());
    }

    @Test
    void explicitFolderWinsOverTheEnvironment() throws IOException {
        mnist(2, 2, 0);
        DatasetSplits splits = DATASETS.load(new DataRequest(
                "mnist",
                Optional.of(folder),
                Optional.of(folder.resolve("other")),
                List.of(),
                List.of(),
                List.of(),
                OptionalDouble.of(0.5)));

        assertThat(splits.validation().size()).isEqualTo(1);
        assertThat(splits.files()).allMatch(file -> file.path().startsWith(folder));
    }

    @Test
    void labelsOfAnotherCountAreRefused() throws IOException {
        mnist(2, 3, 0);
        assertThatThrownBy(loading("mnist"))
                .isInstanceOf(DataFileException.class)
                .hasMessage(folder.resolve("train-labels-idx1-ubyte")
                        + ": holds 3 labels for the 2 images of train-images-idx3-ubyte");
    }

    @Test
    void labelsOutsideTheClassesAreRefused() throws IOException {
        mnist(2, 2, 10);
        assertThatThrownBy(loading("mnist"))
                .hasMessage(folder.resolve("train-labels-idx1-ubyte") + ": label 10 of image 1, allowed are 0-9");
    }

    @Test
    void swappedFilesAreRefusedByTheirMagicNumber() throws IOException {
        mnist(2, 2, 0);
        Files.copy(
                folder.resolve("train-labels-idx1-ubyte"),
                folder.resolve("train-images-idx3-ubyte"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(loading("mnist")).hasMessageEndingWith("magic number is 2049, IDX images have 2051");
    }

    @Test
    void hugeCountsAreRefusedBeforeAnythingIsAllocated() throws IOException {
        mnist(2, 2, 0);
        byte[] header = images(1, 0);
        ByteBuffer.wrap(header).putInt(4, Integer.MAX_VALUE);
        Files.write(folder.resolve("train-images-idx3-ubyte"), header);
        assertThatThrownBy(loading("mnist"))
                .isInstanceOf(DataFileException.class)
                .hasMessage(folder.resolve("train-images-idx3-ubyte")
                        + ": is too short for 2147483647 images: 1,683,627,179,264 bytes needed in all, 800 there");
        ByteBuffer.wrap(header).putInt(4, -1);
        Files.write(folder.resolve("train-images-idx3-ubyte"), header);
        assertThatThrownBy(loading("mnist")).hasMessageContaining("header counts 4294967295 images");
    }

    /** 40 images of 784 bytes behind a header of 16. */
    @Test
    void aTruncatedFileIsComparedWithWhatItShouldHavePlainAndPacked() throws IOException {
        mnist(40, 40, 0);
        byte[] cut = Arrays.copyOf(images(40, 0), 31_371);
        Path file = folder.resolve("train-images-idx3-ubyte");
        String message = file + ": is too short for 40 images: 31,376 bytes needed in all, 31,371 there";
        Files.write(file, cut);
        assertThatThrownBy(loading("mnist")).hasMessage(message);
        Files.write(file, gzip(cut));
        assertThatThrownBy(loading("mnist")).hasMessage(message);
    }

    /** A companion, a published name and every set: whichever was read would be read unsaid. */
    @Test
    void aPlainAndAPackedFileThatDifferAreNotChosenBetween() throws IOException {
        mnist(2, 2, 0);
        for (String name : List.of("train-images-idx3-ubyte", "train-labels-idx1-ubyte")) {
            byte[] plain = Files.readAllBytes(folder.resolve(name));
            Path packed = folder.resolve(name + ".gz");
            Files.write(packed, gzip(plain));
            DATASETS.load(DataRequest.of("mnist", folder));
            plain[plain.length - 1] ^= 1;
            Files.write(packed, gzip(plain));
            assertThatThrownBy(loading("mnist"))
                    .isInstanceOf(DataFileException.class)
                    .hasMessage(folder.resolve(name) + ": differs from " + name
                            + ".gz beside it; remove the one that is not meant");
            Files.delete(packed);
        }
        String row = "0,".repeat(64) + "3\n";
        Files.writeString(folder.resolve("digits.csv"), row);
        Files.writeString(folder.resolve("optdigits.tra"), row.repeat(3));
        Files.write(folder.resolve("optdigits.tra.gz"), gzip(row.repeat(4).getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(loading("digits"))
                .hasMessageContaining("optdigits.tra: differs from optdigits.tra.gz beside it");
    }

    /** A thousandth of its size on the disk; what it unpacks to is told before, or as soon as, it passes the limit. */
    @Test
    void aPackedFileOfMoreThanTheLimitIsRefused() throws IOException {
        FileLimit limit = new FileLimit(1 << 20, "a test");
        Path file = Files.write(folder.resolve("zeros.gz"), gzip(new byte[5_000_000]));

        assertThatThrownBy(() -> DataFile.read(file, limit).read(4_000_000, "2 images"))
                .isInstanceOf(DataFileException.class)
                .hasMessage(file
                        + ": up to the end of 2 images holds 4000000 bytes, at most 1048576 are read (a test); if it"
                        + " is right, set the environment variable SYNAPTILE_MAX_FILE_MB=4");
        assertThatThrownBy(() -> {
                    DataFile records = DataFile.read(file, limit);
                    while (records.readUpTo(3073, "a record").length > 0) {}
                })
                .isInstanceOf(DataFileException.class)
                .hasMessageStartingWith(file + ": unpacks to more than 1048576 bytes, at most 1048576 are read");
        Path large = Files.write(folder.resolve("large"), new byte[2 << 20]);
        assertThatThrownBy(() -> DataFile.read(large, limit)).hasMessageStartingWith(large + ": holds 2097152 bytes");
    }

    @Test
    void filesOfOtherKindsAreNamedPackedOrNot() throws IOException {
        mnist(3, 3, 1);
        byte[] tar = new byte[512];
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
        Path images = Files.write(folder.resolve("train-images-idx3-ubyte"), gzip(tar));
        assertThatThrownBy(loading("mnist"))
                .hasMessage(images + ": is a tar archive (to be unpacked first), not the IDX images of this data set");
        Files.write(folder.resolve("data_batch_1.bin"), new byte[] {'P', 'K', 3, 4, 20, 0});
        for (int i = 2; i < 6; i++) {
            Files.write(folder.resolve("data_batch_" + i + ".bin"), new byte[3073]);
        }
        assertThatThrownBy(loading("cifar10"))
                .hasMessage(folder.resolve("data_batch_1.bin") + ": is a zip archive, not a binary file of cifar10");
    }

    @Test
    void trailingBytesAreRefusedPlainAndAfterGzip() throws IOException {
        mnist(2, 2, 0);
        byte[] images = images(2, 0);
        Files.write(folder.resolve("train-images-idx3-ubyte"), Arrays.copyOf(images, images.length + 1));
        assertThatThrownBy(loading("mnist")).hasMessageEndingWith("holds further bytes after 2 images");
        byte[] packed = gzip(images);
        Files.write(folder.resolve("train-images-idx3-ubyte"), Arrays.copyOf(packed, packed.length + 3));
        assertThatThrownBy(loading("mnist")).hasMessageEndingWith("holds 3 bytes after its gzip data");
    }

    @Test
    void truncatedGzipIsReported() throws IOException {
        mnist(2, 2, 0);
        byte[] packed = gzip(images(2, 0));
        Files.write(folder.resolve("train-images-idx3-ubyte"), Arrays.copyOf(packed, packed.length / 2));
        assertThatThrownBy(loading("mnist")).hasMessageContaining("gzip data is truncated inside");
        Files.write(folder.resolve("train-images-idx3-ubyte"), Arrays.copyOf(packed, 4));
        assertThatThrownBy(loading("mnist")).hasMessageEndingWith("ends inside its gzip header");
    }

    @Test
    void badDigitsRowsAreNamed() throws IOException {
        String row = "0,".repeat(64) + "3\n";
        Files.writeString(folder.resolve("digits.csv"), row);
        Files.writeString(folder.resolve("optdigits.tra"), row + "0,".repeat(63) + "17,3\n");
        assertThatThrownBy(loading("digits"))
                .hasMessage(
                        folder.resolve("optdigits.tra") + ", line 2, column 64: pixel '17', allowed are integers 0-16");
        Files.writeString(folder.resolve("optdigits.tra"), row + "0,".repeat(64) + "x\n");
        assertThatThrownBy(loading("digits")).hasMessageContaining("line 2, column 65: must be a number, got 'x'");
        Files.writeString(folder.resolve("optdigits.tra"), "1,2,3\n");
        assertThatThrownBy(loading("digits")).hasMessageContaining("line 1: has 3 values, 65 are needed");
        Files.writeString(folder.resolve("optdigits.tra"), "");
        assertThatThrownBy(loading("digits")).hasMessageContaining(": has no rows");
    }

    @Test
    void digitsOfASpreadsheetAreReadAndTold() throws IOException {
        String header = "pixel;".repeat(64) + "digit\r\n";
        String row = "0;".repeat(63) + "16;3\r\n";
        Files.writeString(folder.resolve("digits.csv"), row.replace(';', ','));
        Files.writeString(folder.resolve("optdigits.tra"), "\ufeff" + header + row + row);
        DatasetSplits digits = DATASETS.load(withoutValidation("digits", folder));
        assertThat(digits.train().size()).isEqualTo(2);
        assertThat(digits.train().rawPixel(1, 63)).isEqualTo(16);
        assertThat(digits.files().getFirst().reading())
                .contains(folder.resolve("optdigits.tra")
                        + ": read as columns separated by semicolons, decimal point, header in line 1");
    }

    @Test
    void shortCifarRecordsAreRefused() throws IOException {
        Files.write(folder.resolve("test_batch.bin"), new byte[3073]);
        for (int batch = 1; batch <= 5; batch++) {
            Files.write(folder.resolve("data_batch_" + batch + ".bin"), new byte[3073 * 2]);
        }
        assertThat(DATASETS.load(DataRequest.of("cifar10", folder)).train().size())
                .isEqualTo(9);

        Files.write(folder.resolve("data_batch_3.bin"), new byte[3073 + 5]);
        assertThatThrownBy(loading("cifar10"))
                .hasMessage(folder.resolve("data_batch_3.bin") + ": ends after 5 of 3073 bytes of record 1");
        Files.delete(folder.resolve("data_batch_3.bin"));
        assertThatThrownBy(loading("cifar10")).hasMessageContaining("found no data_batch_3.bin[.gz] in");
    }

    @Test
    void fineLabelsOfCifar100AreTheClasses() throws IOException {
        byte[] train = new byte[3074 * 3];
        for (int record = 0; record < 3; record++) {
            train[record * 3074] = 19; // coarse
            train[record * 3074 + 1] = (byte) (97 + record);
            train[record * 3074 + 2] = (byte) (10 + record);
            train[record * 3074 + 3073] = (byte) 255;
        }
        Files.write(folder.resolve("train.bin"), train);
        Files.write(folder.resolve("test.bin"), gzip(new byte[3074]));
        DatasetSplits splits = DATASETS.load(withoutValidation("cifar100", folder));
        assertThat(splits.train().size()).isEqualTo(3);
        assertThat(splits.train().classes()).isEqualTo(100);
        assertThat(splits.train().label(2)).isEqualTo(99);
        assertThat(splits.train().rawPixel(2, 0)).isEqualTo(12);
        assertThat(splits.train().rawPixel(2, 3071)).isEqualTo(255);

        train[3074 + 1] = 100;
        Files.write(folder.resolve("train.bin"), train);
        assertThatThrownBy(loading("cifar100"))
                .hasMessage(folder.resolve("train.bin") + ": label 100 of record 1, allowed are 0-99");
        Files.write(folder.resolve("train.bin"), Arrays.copyOf(train, 3074 + 3073));
        assertThatThrownBy(loading("cifar100"))
                .hasMessage(folder.resolve("train.bin") + ": ends after 3073 of 3074 bytes of record 1");
        Files.write(folder.resolve("train.bin"), new byte[0]);
        assertThatThrownBy(loading("cifar100"))
                .hasMessage(folder.resolve("train.bin") + ": ends after 0 of 3074 bytes of record 0");
    }

    /** Validation against the counts of the published files. */
    @Test
    void publishedCifar100IsRead() {
        Optional<Path> data = Repository.sharedData("cifar100");
        assumeTrue(data.isPresent(), "cifar100 is not on this machine");
        DatasetSplits splits = DATASETS.load(withoutValidation("cifar100", data.get()));
        assertThat(splits.train().size()).isEqualTo(50_000);
        assertThat(splits.test().size()).isEqualTo(10_000);
    }

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    /** Whatever happens to the bytes of a file, a reader delivers a valid set or reports that file. */
    @ParameterizedTest
    @MethodSource("seeds")
    void damagedFilesNeverEscapeAsAnythingElse(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        mnist(3, 3, 0);
        for (String name : List.of("train-images-idx3-ubyte", "train-labels-idx1-ubyte")) {
            Path file = folder.resolve(name);
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, damage(random.nextBoolean() ? gzip(bytes) : bytes, random));
        }
        try {
            DatasetSplits splits = DATASETS.load(DataRequest.of("mnist", folder));
            assertThat(splits.train().images(0, splits.train().size())).doesNotContain(Float.NaN);
        } catch (DataFileException e) {
            assertThat(e.getMessage()).startsWith(folder.toString()).doesNotContain("\n");
        }
    }

    private static byte[] damage(byte[] bytes, SplittableRandom random) {
        byte[] damaged = Arrays.copyOf(bytes, random.nextBoolean() ? bytes.length : random.nextInt(bytes.length + 1));
        for (int i = random.nextInt(4); i > 0 && damaged.length > 0; i--) {
            damaged[random.nextInt(Math.min(damaged.length, 40))] = (byte) random.nextInt();
        }
        return damaged;
    }

    private ThrowingCallable loading(String set) {
        return () -> DATASETS.load(DataRequest.of(set, folder));
    }

    private static DataRequest withoutValidation(String set, Path dir) {
        return new DataRequest(
                set, Optional.of(dir), Optional.empty(), List.of(), List.of(), List.of(), OptionalDouble.of(0));
    }

    private void mnist(int images, int labels, int lastLabel) throws IOException {
        Files.write(folder.resolve("train-images-idx3-ubyte"), images(images, 7));
        Files.write(folder.resolve("train-labels-idx1-ubyte"), labels(labels, lastLabel));
        Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), gzip(images(2, 9)));
        Files.write(folder.resolve("t10k-labels-idx1-ubyte.gz"), gzip(labels(2, 1)));
    }

    private static byte[] images(int count, int pixel) {
        byte[] file = new byte[16 + count * 784];
        Arrays.fill(file, 16, file.length, (byte) pixel);
        ByteBuffer.wrap(file).putInt(2051).putInt(count).putInt(28).putInt(28);
        return file;
    }

    private static byte[] labels(int count, int last) {
        byte[] file = new byte[8 + count];
        file[file.length - 1] = (byte) last;
        ByteBuffer.wrap(file).putInt(2049).putInt(count);
        return file;
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }
}
