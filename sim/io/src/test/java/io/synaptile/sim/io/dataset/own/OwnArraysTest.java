/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.own;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.Sha256;
import io.synaptile.sim.io.dataset.DataForm;
import io.synaptile.sim.io.dataset.Dataset;
import io.synaptile.sim.io.dataset.DatasetSplits;
import io.synaptile.sim.io.dataset.NormalisationChoice;
import io.synaptile.sim.io.dataset.OwnData;
import io.synaptile.sim.io.dataset.SourceFile;
import io.synaptile.sim.io.npz.NpyArray;
import io.synaptile.sim.io.npz.Npz;
import io.synaptile.sim.network.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnArraysTest {
    @TempDir
    Path folder;

    /** Features of two classes, three samples for training and one for testing. */
    private static Map<String, NpyArray> small() {
        Map<String, NpyArray> arrays = new HashMap<>();
        arrays.put("x_train", NpyArray.of(new float[] {0, 1, 2, 3, 4, 5}, 3, 2));
        arrays.put("y_train", NpyArray.of(new long[] {0, 1, 0}, 3));
        arrays.put("x_test", NpyArray.of(new float[] {6, 7}, 1, 2));
        arrays.put("y_test", NpyArray.of(new long[] {1}, 1));
        return arrays;
    }

    private OwnRequest file(Map<String, NpyArray> arrays) {
        Npz.of(arrays).write(folder.resolve("mine.npz"));
        return OwnRequest.of("npz", folder, "mine.npz");
    }

    private OwnRequest named() {
        Map<String, NpyArray> arrays = small();
        arrays.put("y_train", NpyArray.of(new String[] {"a", "b", "a"}, 3));
        arrays.put("y_test", NpyArray.of(new String[] {"b"}, 1));
        return file(arrays);
    }

    private OwnRequest with(String name, NpyArray array) {
        Map<String, NpyArray> arrays = small();
        arrays.put(name, array);
        return file(arrays);
    }

    /** Bytes as NumPy stores u1, which {@link NpyArray} reads and does not write. */
    private Path bytes(String file, Map<String, byte[]> arrays, Map<String, String> headers) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
                npy(zip, headers.get(array.getKey()), array.getValue());
                zip.closeEntry();
            }
        }
        return Files.write(folder.resolve(file), out.toByteArray());
    }

    private static void npy(OutputStream out, String typeAndShape, byte[] data) throws IOException {
        String[] parts = typeAndShape.split(" ", 2);
        String header = "{'descr': '" + parts[0] + "', 'fortran_order': False, 'shape': " + parts[1] + ", }\n";
        out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
        out.write(header.getBytes(StandardCharsets.US_ASCII));
        out.write(data);
    }

    /** Every sample is found again, with its own values and label, whatever the extents. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void samplesOfAnyShapeKeepValuesAndLabels(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int axes = 2 + (int) (seed % 3);
        int samples = 20 + random.nextInt(30);
        int classes = 2 + random.nextInt(9);
        int[] extents = new int[axes];
        extents[0] = samples;
        int size = 1;
        for (int d = 1; d < axes; d++) {
            extents[d] = 1 + random.nextInt(5);
            size *= extents[d];
        }
        float[] values = new float[samples * size];
        long[] labels = new long[samples];
        for (int i = 0; i < samples; i++) {
            labels[i] = i % classes;
            for (int p = 0; p < size; p++) {
                values[i * size + p] = 1000 * i + p;
            }
        }
        Map<String, NpyArray> arrays = new HashMap<>();
        arrays.put("x_train", NpyArray.of(values, extents));
        arrays.put("y_train", NpyArray.of(labels, samples));
        DatasetSplits splits = file(arrays).shared(0.3, seed).load();

        int[] seen = new int[samples];
        for (Dataset part : List.of(splits.train(), splits.test())) {
            assertThat(part.shape().size()).as("seed %d", seed).isEqualTo(size);
            assertThat(part.classes()).isEqualTo(classes);
            for (int i = 0; i < part.size(); i++) {
                float[] image = part.images(i, 1);
                int sample = (int) (image[0] / 1000);
                seen[sample]++;
                assertThat(part.label(i)).as("seed %d, sample %d", seed, sample).isEqualTo(sample % classes);
                assertThat(image).containsExactly(Arrays.copyOfRange(values, sample * size, (sample + 1) * size));
            }
        }
        assertThat(seen).as("seed %d", seed).containsOnly(1);
    }

    @Test
    void unsignedBytesAreDividedBy255AndOthersTakenAsTheyAre() throws IOException {
        bytes(
                "mine.npz",
                Map.of(
                        "x_train",
                        new byte[] {0, (byte) 255, 51, 102},
                        "y_train",
                        new byte[] {0, 1},
                        "x_test",
                        new byte[] {(byte) 204, 0},
                        "y_test",
                        new byte[] {1}),
                Map.of(
                        "x_train",
                        "|u1 (2, 1, 1, 2)",
                        "y_train",
                        "|u1 (2,)",
                        "x_test",
                        "|u1 (1, 1, 1, 2)",
                        "y_test",
                        "|i1 (1,)"));
        DatasetSplits splits = OwnRequest.of("npz", folder, "mine.npz").load();
        assertThat(splits.test().images(0, 1)).containsExactly(204 / 255f, 0);
        assertThat(splits.test().shape()).isEqualTo(new Shape(1, 1, 2));
        assertThat(splits.files())
                .extracting(SourceFile::sha256)
                .containsExactly(Sha256.of(folder.resolve("mine.npz")));

        assertThat(file(small()).load().test().images(0, 1)).containsExactly(6, 7);
    }

    @Test
    void usualNormalisationGivesEveryChannelOfTheTrainingPartMean0AndDeviation1() {
        DatasetSplits splits =
                file(small()).normalised(new NormalisationChoice.Usual()).load();
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 3; i++) {
            float value = splits.train().images(i, 1)[1];
            sum += value;
            squares += value * value;
        }
        assertThat(sum).isCloseTo(0, againstClosedForm(1e-6));
        assertThat(squares / 3).isCloseTo(1, againstClosedForm(1e-6));
        // Features 1, 3, 5 have mean 3 and variance 8/3.
        assertThat(splits.test().images(0, 1)[1]).isEqualTo((7 - 3f) / (float) Math.sqrt(8 / 3.0));
    }

    @Test
    void constantsAreOnePerChannelOrOneForAll() {
        OwnRequest request = file(small());
        assertThat(request.normalised(new NormalisationChoice.Constants(List.of(1f), List.of(2f)))
                        .load()
                        .test()
                        .images(0, 1))
                .containsExactly(2.5f, 3f);
        assertThat(request.normalised(new NormalisationChoice.Constants(List.of(1f, 2f), List.of(2f, 1f)))
                        .load()
                        .test()
                        .images(0, 1))
                .containsExactly(2.5f, 5f);
        assertThatThrownBy(() -> request.normalised(
                                new NormalisationChoice.Constants(List.of(1f, 2f, 3f), List.of(2f, 1f, 1f)))
                        .load())
                .hasMessage("the means of the normalisation must be 1 number or 2, one per channel, got 3");
    }

    @Test
    void partsMayBeTwoFilesWithArraysOfAnyName() {
        Npz.of(Map.of("x", NpyArray.of(new float[] {1, 2}, 2, 1), "y", NpyArray.of(new String[] {"b", "a"}, 2)))
                .write(folder.resolve("one.npz"));
        Npz.of(Map.of("x", NpyArray.of(new float[] {3}, 1, 1), "y", NpyArray.of(new String[] {"b"}, 1, 1)))
                .write(folder.resolve("two.npz"));
        DatasetSplits splits = OwnRequest.of("npz", folder, "one.npz")
                .tested("two.npz")
                .arrays(new OwnData.Arrays("x", "y", "x", "y", Optional.empty(), Optional.empty()))
                .load();
        assertThat(splits.train().classNames()).containsExactly("a", "b");
        assertThat(splits.test().label(0)).isEqualTo(1);
        assertThat(splits.files()).hasSize(2);
    }

    private static Map<String, NpyArray> twoInputs() {
        Map<String, NpyArray> arrays = small();
        arrays.put("meta_train", arrays.remove("x_train"));
        arrays.put("meta_test", arrays.remove("x_test"));
        arrays.put("image_train", NpyArray.of(new float[] {0, 0.2f, 1, 0, 0, 0}, 3, 1, 2));
        arrays.put("image_test", NpyArray.of(new float[] {1, 0}, 1, 1, 2));
        return arrays;
    }

    private OwnRequest inputs(Map<String, NpyArray> arrays) {
        OwnData.Arrays usual = OwnData.Arrays.USUAL;
        return file(arrays)
                .arrays(new OwnData.Arrays(
                        usual.trainImages(),
                        usual.trainLabels(),
                        usual.testImages(),
                        usual.testLabels(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of("image", "meta")));
    }

    @Test
    void inputsLieBehindEachOther() {
        DatasetSplits splits = inputs(twoInputs()).load();
        assertThat(splits.train().form().inputs())
                .containsExactly(
                        new DataForm.Input("image", new Shape(1, 1, 2)), new DataForm.Input("meta", Shape.features(2)));
        assertThat(splits.train().shape()).isEqualTo(Shape.features(4));
        assertThat(splits.test().images(0, 1)).containsExactly(1f, 0f, 6f, 7f);
        List<List<Float>> samples = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            float[] sample = splits.train().images(i, 1);
            samples.add(List.of(sample[0], sample[1], sample[2], sample[3]));
        }
        assertThat(samples)
                .containsExactlyInAnyOrder(List.of(0f, 0.2f, 0f, 1f), List.of(1f, 0f, 2f, 3f), List.of(0f, 0f, 4f, 5f));
    }

    @Test
    void inputsThatDoNotFitAreRefused() {
        Map<String, NpyArray> fewer = twoInputs();
        fewer.put("meta_train", NpyArray.of(new float[] {0, 1, 2, 3}, 2, 2));
        refused(inputs(fewer), "array 'meta_train' has 2 samples, those of 'image_train' are 3 samples");
        Map<String, NpyArray> missing = twoInputs();
        missing.put("meta2_train", missing.remove("meta_train"));
        refused(
                inputs(missing),
                "has no array 'meta_train' (did you mean 'meta2_train'?), it has image_test, image_train, meta2_train,"
                        + " meta_test, y_test, y_train; the names of the inputs names the one that is meant");
        Map<String, NpyArray> other = twoInputs();
        other.put("meta_test", NpyArray.of(new float[] {6, 7, 8}, 1, 3));
        refused(
                inputs(other),
                "holds test samples of the inputs image 1x1x2, meta 3x1x1, the training samples in "
                        + folder.resolve("mine.npz") + " have image 1x1x2, meta 2x1x1");
    }

    @Test
    void featuresMayBeGivenAShape() {
        OwnRequest request = file(small());
        assertThat(request.shaped(new Shape(1, 1, 2)).load().train().shape()).isEqualTo(new Shape(1, 1, 2));
        refused(
                request.shaped(new Shape(1, 2, 2)),
                "holds samples of 2x1x1 values, which cannot have the shape of the images 1x2x2");
    }

    @Test
    void moreThan256ClassesAreNumbered() {
        int classes = 1000;
        float[] values = new float[classes];
        long[] labels = new long[classes];
        for (int i = 0; i < classes; i++) {
            values[i] = labels[i] = i;
        }
        Map<String, NpyArray> arrays = small();
        arrays.put("x_train", NpyArray.of(values, classes, 1));
        arrays.put("y_train", NpyArray.of(labels, classes));
        arrays.put("x_test", NpyArray.of(new float[] {0}, 1, 1));
        arrays.put("y_test", NpyArray.of(new long[] {999}, 1));
        DatasetSplits splits = file(arrays).load();
        assertThat(splits.train().classes()).isEqualTo(1000);
        assertThat(splits.test().label(0)).isEqualTo(999);
        for (int i = 0; i < classes; i++) {
            assertThat(splits.train().label(i)).isEqualTo((int) splits.train().rawPixel(i, 0));
        }
    }

    @Test
    void labelsMayCountFrom1() {
        Map<String, NpyArray> arrays = small();
        arrays.put("y_train", NpyArray.of(new double[] {1, 2, 1}, 3));
        arrays.put("y_test", NpyArray.of(new double[] {2}, 1));
        DatasetSplits splits = file(arrays).load();
        assertThat(splits.train().classNames()).containsExactly("1", "2");
        assertThat(splits.test().label(0)).isEqualTo(1);
    }

    @Test
    void theOrderAndTheTestSamplesFollowFromTheSeed() {
        int samples = 60;
        float[] values = new float[samples];
        long[] labels = new long[samples];
        for (int i = 0; i < samples; i++) {
            values[i] = i;
            labels[i] = i / 20;
        }
        OwnRequest request =
                file(Map.of("x_train", NpyArray.of(values, samples, 1), "y_train", NpyArray.of(labels, samples)));
        DatasetSplits first = request.shared(0.25, 7).load();
        assertThat(first.test().size()).isEqualTo(15);
        for (int label = 0; label < 3; label++) {
            int wanted = label;
            assertThat(IntStream.range(0, 15)
                            .filter(i -> first.test().label(i) == wanted)
                            .count())
                    .isEqualTo(5);
        }
        assertThat(request.shared(0.25, 7).load().train().images(0, 45))
                .containsExactly(first.train().images(0, 45));
        assertThat(request.shared(0.25, 8).load().train().images(0, 45))
                .isNotEqualTo(first.train().images(0, 45));
    }

    private void refused(OwnRequest request, String finding) {
        assertThatThrownBy(request::load)
                .isInstanceOf(DataFileException.class)
                .hasMessage(folder.resolve("mine.npz") + ": " + finding);
    }

    @Test
    void missingArraysAreNamedWithTheNearest() {
        Map<String, NpyArray> arrays = small();
        arrays.put("X_train", arrays.remove("x_train"));
        refused(
                file(arrays),
                "has no array 'x_train' (did you mean 'X_train'?), it has X_train, x_test, y_test, y_train; the array of"
                        + " the training images names the one that is meant");
    }

    @Test
    void aTestPartIsNotMadeUp() {
        Map<String, NpyArray> arrays = small();
        arrays.remove("x_test");
        refused(
                file(arrays),
                "has no array 'x_test', it has x_train, y_test, y_train; the array of the test"
                        + " images names the one that is meant");
        arrays.remove("y_test");
        refused(
                file(arrays),
                "comes without a test part; name one with the test files, or with the test share how much of it is set"
                        + " aside, for example 0.2");
        assertThatThrownBy(() -> file(small()).shared(0.5, 1).load())
                .hasMessage(
                        "the test share cannot be given beside a test part, which is " + folder.resolve("mine.npz"));
        assertThatThrownBy(() -> file(arrays).shared(0.1, 1).load())
                .hasMessage("the test share 0.1 leaves no test samples: no class of " + folder.resolve("mine.npz")
                        + " has more than 9 samples");
    }

    @Test
    void classesWithNumbersMayHaveNames() {
        assertThat(file(small()).called("no", "yes").load().train().classNames())
                .containsExactly("no", "yes");
        refused(
                file(small()).called("no", "yes", "perhaps"),
                "has 2 classes, 0, 1, and the names of the classes names 3");
        refused(
                named().called("no", "yes"),
                "has labels that are names, a, b; the names of the classes is for labels that are numbers");
    }

    @Test
    void wrongShapesAreRefused() {
        refused(
                with("x_train", NpyArray.of(new float[3], 3)),
                "array 'x_train' has the shape (3), allowed are images (N, C, H, W) or (N, H, W), features (N, F) and"
                        + " frames (N, T, C, H, W), or others that the axes of the arrays names, for example NTF");
        refused(
                with("x_train", NpyArray.of(new float[0], 3, 0)),
                "array 'x_train' has the shape (3, 0), allowed are images (N, C, H, W) or (N, H, W), features (N, F) and"
                        + " frames (N, T, C, H, W), or others that the axes of the arrays names, for example NTF");
        refused(with("x_train", NpyArray.of(new float[0], 0, 4)), "array 'x_train' holds no samples");
        refused(
                with("y_train", NpyArray.of(new long[] {0, 1}, 2)),
                "array 'y_train' has the shape (2), labels of the 3 samples of 'x_train' need (3)");
        refused(
                with("y_train", NpyArray.of(new long[6], 3, 2)),
                "array 'y_train' has the shape (3, 2), labels of the 3 samples of 'x_train' need (3)");
        refused(
                with("x_test", NpyArray.of(new float[3], 1, 3)),
                "holds test samples of 3x1x1 values, the training samples in " + folder.resolve("mine.npz")
                        + " have 2x1x1");
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN", "Infinity, Infinity", "1e300, Infinity"})
    void valuesThatAreNotFiniteAreRefused(double value, String shown) {
        refused(
                with("x_train", NpyArray.of(new double[] {0, 1, 2, value, 4, 5}, 3, 2)),
                "array 'x_train' holds " + shown + " at (1, 1), values must be finite numbers in single precision");
    }

    @Test
    void valuesThatNormalisationMakesInfiniteAreRefused() {
        refused(
                with("x_test", NpyArray.of(new float[] {1e38f, 0}, 1, 2))
                        .normalised(new NormalisationChoice.Constants(List.of(0f), List.of(1e-3f))),
                "holds 1.0E38 in channel 0, which is too large once it is normalised with mean 0.0 and deviation 0.001");
    }

    @Test
    void labelsOutsideTheClassesAreRefused() {
        refused(
                with("y_train", NpyArray.of(new long[] {0, 1, -1}, 3)),
                "array 'y_train', row 2: label -1 is outside the classes, allowed are whole numbers from 0 on");
        refused(
                with("y_train", NpyArray.of(new long[] {0, 1, 2}, 3)).classed(2),
                "array 'y_train', row 2: label 2 is outside the classes, allowed are 0-1 (the number of classes 2)");
        refused(
                with("y_test", NpyArray.of(new long[] {2}, 1)),
                "array 'y_test', row 0: label '2' is outside the classes, allowed are 0, 1");
        refused(
                with("y_train", NpyArray.of(new double[] {0, 0.5, 1}, 3)),
                "array 'y_train' row 1 holds 0.5, labels are whole numbers from 0 on, or texts");
        refused(
                with("y_train", NpyArray.of(new String[] {"a", " ", "b"}, 3)),
                "array 'y_train' row 1 is an empty text, which is no class");
    }

    @Test
    void classesWithoutSamplesAreRefused() {
        refused(
                with("y_train", NpyArray.of(new long[] {0, 2, 0}, 3)),
                "class 1 has no training samples; the labels reach from 0 to 2");
        refused(
                with("y_train", NpyArray.of(new long[] {0, 1, 0}, 3)).classed(3),
                "class 2 has no training samples; the labels reach from 0 to 1, and the number of classes is 3");
        refused(
                with("y_train", NpyArray.of(new String[] {"a", "b", "b"}, 3)).classed(3),
                "has 2 classes (a, b), and the number of classes is 3");
    }

    @Test
    void objectsTextsAndOtherFilesAreRefused() throws IOException {
        refused(
                with("x_train", NpyArray.of(new String[] {"a", "b", "c", "d", "e", "f"}, 3, 2)),
                "array 'x_train' holds texts, images, features and frames are numbers");
        bytes("mine.npz", Map.of("x_train", new byte[16]), Map.of("x_train", "|O (2,)"));
        refused(
                OwnRequest.of("npz", folder, "mine.npz"),
                "member 'x_train.npy' holds Python objects, which are not read; read are arrays of f2 f4 f8 i1 i2 i4 i8 u1"
                        + " u2 u4 b1 and U");
        Files.writeString(folder.resolve("mine.npz"), "PK\3\4 cut off");
        assertThatThrownBy(() -> OwnRequest.of("npz", folder, "mine.npz").load())
                .isInstanceOf(DataFileException.class)
                .hasMessageStartingWith(folder.resolve("mine.npz") + ": is ");
        Files.delete(folder.resolve("mine.npz"));
        refused(OwnRequest.of("npz", folder, "mine.npz"), "no such file");
        assertThatThrownBy(() -> OwnRequest.of("npz", folder).load())
                .hasMessage("the training files must be the name of an .npz file for data set npz, got none");
    }

    @Test
    void bytesAndNumbersAreNotMixed() throws IOException {
        bytes(
                "mine.npz",
                Map.of(
                        "x_train",
                        new byte[] {0, 1},
                        "y_train",
                        new byte[] {0, 1},
                        "x_test",
                        new byte[] {5},
                        "y_test",
                        new byte[] {0}),
                Map.of("x_train", "|u1 (2, 1)", "y_train", "|u1 (2,)", "x_test", "|i1 (1, 1)", "y_test", "|u1 (1,)"));
        refused(
                OwnRequest.of("npz", folder, "mine.npz"),
                "holds test samples as numbers, the training samples in " + folder.resolve("mine.npz")
                        + " are bytes (u1), which are scaled otherwise");
    }
}
