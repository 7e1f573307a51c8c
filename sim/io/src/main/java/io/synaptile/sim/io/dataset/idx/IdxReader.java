/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.idx;

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
import io.synaptile.text.format.FileFormat;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pair of IDX files per part: big-endian magic (2051 images, 2049 labels), counts per dimension, then bytes, images row
 * by row.
 */
abstract class IdxReader implements DatasetReader {
    private static final Shape SHAPE = new Shape(1, 28, 28);
    private static final int CLASSES = 10;
    private static final int IMAGES_MAGIC = 2051;
    private static final int LABELS_MAGIC = 2049;
    private static final String IMAGES = "images-idx3";
    private static final String LABELS = "labels-idx1";
    private static final List<String> TRAIN = List.of("train-images-idx3-ubyte");
    private static final List<String> TEST = List.of("t10k-images-idx3-ubyte");

    private final String id;
    private final Normalisation normalisation;
    private final String origin;

    IdxReader(String id, Normalisation normalisation, String origin) {
        this.id = id;
        this.normalisation = normalisation;
        this.origin = origin;
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final String description() {
        return id + ", 1x28x28, 10 classes: train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, "
                + "t10k-labels-idx1-ubyte, .gz accepted";
    }

    @Override
    public final List<String> files() {
        List<String> files = new ArrayList<>();
        for (String images : List.of(TRAIN.getFirst(), TEST.getFirst())) {
            files.add(images);
            files.add(images.replace(IMAGES, LABELS));
        }
        return files;
    }

    @Override
    public final String origin() {
        return origin;
    }

    @Override
    public final Optional<DataForm> form() {
        return Optional.of(new DataForm(SHAPE, CLASSES));
    }

    @Override
    public final double defaultValidationFraction() {
        return 0.1;
    }

    @Override
    public final DatasetParts read(DataLocation location) {
        return new DatasetParts(part(location, location.train(TRAIN)), part(location, location.test(TEST)));
    }

    private Dataset part(DataLocation location, List<DataFile> imageFiles) {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        List<SourceFile> sources = new ArrayList<>();
        for (DataFile imageFile : imageFiles) {
            String name = imageFile.path().getFileName().toString();
            if (!name.contains(IMAGES)) {
                throw new DataFileException(
                        imageFile.path(),
                        "the name must contain " + IMAGES + ", so that the labels are found in the file with " + LABELS
                                + " in its place");
            }
            DataFile labelFile = location.companion(imageFile, n -> n.replace(IMAGES, LABELS));
            byte[] images = images(imageFile);
            byte[] classesOfImages = labels(labelFile);
            if (images.length / SHAPE.size() != classesOfImages.length) {
                throw new DataFileException(
                        labelFile.path(),
                        "holds " + classesOfImages.length + " labels for the " + images.length / SHAPE.size()
                                + " images of " + name);
            }
            pixels.writeBytes(images);
            labels.writeBytes(classesOfImages);
            sources.add(imageFile.source());
            sources.add(labelFile.source());
        }
        return new Dataset(id, SHAPE, CLASSES, normalisation, sources, pixels.toByteArray(), labels.toByteArray());
    }

    private static byte[] images(DataFile file) {
        long count = header(file, IMAGES_MAGIC, "images");
        int rows = file.readInt("the number of rows");
        int columns = file.readInt("the number of columns");
        if (rows != SHAPE.height() || columns != SHAPE.width()) {
            throw new DataFileException(
                    file.path(), "holds images of " + rows + " x " + columns + " pixels, allowed are 28 x 28");
        }
        byte[] pixels = file.read(count * SHAPE.size(), count + " images");
        file.expectEnd(count + " images");
        return pixels;
    }

    private static byte[] labels(DataFile file) {
        long count = header(file, LABELS_MAGIC, "labels");
        byte[] labels = file.read(count, count + " labels");
        file.expectEnd(count + " labels");
        for (int i = 0; i < labels.length; i++) {
            int label = Byte.toUnsignedInt(labels[i]);
            if (label >= CLASSES) {
                throw new DataFileException(
                        file.path(), "label " + label + " of image " + i + ", allowed are 0-" + (CLASSES - 1));
            }
        }
        return labels;
    }

    private static long header(DataFile file, int magic, String what) {
        int found = file.readInt("the magic number");
        if (found != magic) {
            file.refuseOther("the IDX " + what + " of this data set", FileFormat.IDX);
            throw new DataFileException(
                    file.path(),
                    "magic number is " + Integer.toUnsignedString(found) + ", IDX " + what + " have " + magic);
        }
        int count = file.readInt("the number of " + what);
        if (count < 1) {
            throw new DataFileException(
                    file.path(),
                    "header counts " + Integer.toUnsignedString(count) + " " + what + ", allowed are 1-"
                            + Integer.MAX_VALUE);
        }
        return count;
    }
}
