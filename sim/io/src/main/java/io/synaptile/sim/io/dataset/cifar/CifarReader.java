/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.cifar;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.dataset.DataFile;
import io.synaptile.sim.io.dataset.DataForm;
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
import java.util.Optional;

/** Binary records of some label bytes, the last of which is the class, and 1,024 red, green and blue bytes, row by row. */
abstract class CifarReader implements DatasetReader {
    private static final Shape SHAPE = new Shape(3, 32, 32);
    private static final int PIXEL_BYTES = 3 * 32 * 32;

    /** A whole set; a file that unpacks to more is not one of its files. */
    private static final int LARGEST_RECORDS = 60_000;

    /** Constants of the published BNTT code (Y. Kim and P. Panda, 2021), which has the same for both sets. */
    private static final Normalisation NORMALISATION = new Normalisation(
            255,
            List.of(0.4914f, 0.4822f, 0.4465f),
            List.of(0.2023f, 0.1994f, 0.2010f),
            "published code of Kim and Panda, Frontiers in Neuroscience 2021");

    private final String id;
    private final int classes;
    private final int labelBytes;
    private final List<String> train;
    private final String test;

    CifarReader(String id, int classes, int labelBytes, List<String> train, String test) {
        this.id = id;
        this.classes = classes;
        this.labelBytes = labelBytes;
        this.train = train;
        this.test = test;
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final List<String> files() {
        List<String> files = new ArrayList<>(train);
        files.add(test);
        return files;
    }

    @Override
    public final Optional<DataForm> form() {
        return Optional.of(new DataForm(SHAPE, classes));
    }

    @Override
    public final double defaultValidationFraction() {
        return 0.1;
    }

    @Override
    public final DatasetParts read(DataLocation location) {
        return new DatasetParts(parse(location.train(train)), parse(location.test(List.of(test))));
    }

    private Dataset parse(List<DataFile> files) {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        List<SourceFile> sources = new ArrayList<>();
        for (DataFile file : files) {
            parse(file, pixels, labels);
            sources.add(file.source());
        }
        return new Dataset(id, SHAPE, classes, NORMALISATION, sources, pixels.toByteArray(), labels.toByteArray());
    }

    /** Records have no beginning that tells them, so that this is asked only of a file that is none. */
    private void refuseOther(DataFile file) {
        file.refuseOther("a binary file of " + id);
    }

    private void parse(DataFile file, ByteArrayOutputStream pixels, ByteArrayOutputStream labels) {
        int recordBytes = labelBytes + PIXEL_BYTES;
        for (int record = 0; ; record++) {
            byte[] bytes = file.readUpTo(recordBytes, "record " + record);
            if (bytes.length == 0 && record > 0) {
                file.expectEnd(record + " records");
                return;
            }
            if (bytes.length < recordBytes) {
                refuseOther(file);
                throw new DataFileException(
                        file.path(),
                        "ends after " + bytes.length + " of " + recordBytes + " bytes of record " + record);
            }
            if (record == LARGEST_RECORDS) {
                throw new DataFileException(
                        file.path(), "holds more than " + LARGEST_RECORDS + " records, which is the whole of " + id);
            }
            int label = Byte.toUnsignedInt(bytes[labelBytes - 1]);
            if (label >= classes) {
                refuseOther(file);
                throw new DataFileException(
                        file.path(), "label " + label + " of record " + record + ", allowed are 0-" + (classes - 1));
            }
            labels.write(label);
            pixels.write(bytes, labelBytes, PIXEL_BYTES);
        }
    }
}
