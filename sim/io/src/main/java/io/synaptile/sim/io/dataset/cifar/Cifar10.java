/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.cifar;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.dataset.DataFile;
import io.synaptile.sim.io.dataset.DataLocation;
import io.synaptile.sim.io.dataset.Dataset;
import io.synaptile.sim.io.dataset.DatasetParts;
import io.synaptile.sim.io.dataset.DatasetReader;
import io.synaptile.sim.io.dataset.Normalisation;
import io.synaptile.sim.io.dataset.SourceFile;
import io.synaptile.sim.network.Shape;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * CIFAR-10, binary edition: records of a label byte and 1,024 red, green and blue bytes each, every plane row by row.
 *
 * <p>Source: A. Krizhevsky, "Learning multiple layers of features from tiny images", University of Toronto, 2009.
 */
public final class Cifar10 implements DatasetReader {
    private static final Shape SHAPE = new Shape(3, 32, 32);
    private static final int CLASSES = 10;
    private static final int RECORD_BYTES = 1 + 3 * 32 * 32;

    /** The whole set; a file that unpacks to more is not one of its batches. */
    private static final int LARGEST_RECORDS = 60_000;

    /** Constants of the published BNTT code (Y. Kim and P. Panda, 2021). */
    private static final Normalisation NORMALISATION = new Normalisation(
            255,
            List.of(0.4914f, 0.4822f, 0.4465f),
            List.of(0.2023f, 0.1994f, 0.2010f),
            "published code of Kim and Panda, Frontiers in Neuroscience 2021");

    private static final List<String> TRAIN =
            List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin");
    private static final String TEST = "test_batch.bin";

    @Override
    public String id() {
        return "cifar10";
    }

    @Override
    public String description() {
        return "CIFAR-10 binary edition, 3x32x32, 10 classes: data_batch_1.bin to data_batch_5.bin and test_batch.bin, "
                + ".gz accepted";
    }

    @Override
    public List<String> files() {
        List<String> files = new ArrayList<>(TRAIN);
        files.add(TEST);
        return files;
    }

    @Override
    public String origin() {
        return "https://www.cs.toronto.edu/~kriz/cifar.html (cifar-10-binary.tar.gz)";
    }

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public int classes() {
        return CLASSES;
    }

    @Override
    public double defaultValidationFraction() {
        return 0.1;
    }

    @Override
    public DatasetParts read(DataLocation location) {
        return new DatasetParts(parse(location.train(TRAIN)), parse(location.test(List.of(TEST))));
    }

    private static Dataset parse(List<DataFile> files) {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        List<SourceFile> sources = new ArrayList<>();
        for (DataFile file : files) {
            parse(file, pixels, labels);
            sources.add(file.source());
        }
        return new Dataset(
                "cifar10", SHAPE, CLASSES, NORMALISATION, sources, pixels.toByteArray(), labels.toByteArray());
    }

    private static void parse(DataFile file, ByteArrayOutputStream pixels, ByteArrayOutputStream labels) {
        for (int record = 0; ; record++) {
            byte[] bytes = file.readUpTo(RECORD_BYTES, "record " + record);
            if (bytes.length == 0 && record > 0) {
                file.expectEnd(record + " records");
                return;
            }
            if (bytes.length < RECORD_BYTES) {
                throw new DataFileException(
                        file.path(),
                        "ends after " + bytes.length + " of " + RECORD_BYTES + " bytes of record " + record);
            }
            if (record == LARGEST_RECORDS) {
                throw new DataFileException(
                        file.path(), "holds more than " + LARGEST_RECORDS + " records, which is the whole of CIFAR-10");
            }
            int label = Byte.toUnsignedInt(bytes[0]);
            if (label >= CLASSES) {
                throw new DataFileException(
                        file.path(), "label " + label + " of record " + record + ", allowed are 0-" + (CLASSES - 1));
            }
            labels.write(label);
            pixels.write(bytes, 1, RECORD_BYTES - 1);
        }
    }
}
