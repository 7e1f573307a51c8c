/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import io.synaptile.sim.engine.ImageSource;
import io.synaptile.sim.network.Shape;
import java.util.List;

/**
 * One part (training, validation or test) of a labelled image set. Raw pixels are kept as bytes and normalised on demand.
 *
 * <p>Immutable and safe for several threads; slices share the pixels.
 */
public final class Dataset implements ImageSource {
    private final String name;
    private final Shape shape;
    private final int classes;
    private final Normalisation normalisation;
    private final List<SourceFile> files;
    private final byte[] pixels;
    private final byte[] labels;
    private final float[][] tables;
    private final int first;
    private final int size;

    /**
     * @param name of the set, as in the experiment file
     * @param pixels raw, shape {@code [samples, C, H, W]}, unsigned, at most the full scale; owned by this object from now on
     * @param labels one per sample, 0 to {@code classes - 1}; owned by this object from now on
     * @throws IllegalArgumentException if lengths or values do not fit
     */
    public Dataset(
            String name,
            Shape shape,
            int classes,
            Normalisation normalisation,
            List<SourceFile> files,
            byte[] pixels,
            byte[] labels) {
        this(
                name,
                shape,
                classes,
                normalisation,
                List.copyOf(files),
                pixels,
                labels,
                tables(normalisation),
                0,
                labels.length);
        if (normalisation.mean().size() != shape.channels()) {
            throw new IllegalArgumentException("data set " + name + ": " + shape.channels() + " channels but "
                    + normalisation.mean().size() + " normalisation constants");
        }
        if (pixels.length != (long) labels.length * shape.size()) {
            throw new IllegalArgumentException("data set " + name + ": " + pixels.length + " pixels do not make "
                    + labels.length + " images of " + shape);
        }
        for (byte label : labels) {
            if (Byte.toUnsignedInt(label) >= classes) {
                throw new IllegalArgumentException("data set " + name + ": label " + Byte.toUnsignedInt(label)
                        + ", allowed are 0-" + (classes - 1));
            }
        }
        for (byte pixel : pixels) {
            if (Byte.toUnsignedInt(pixel) > normalisation.fullScale()) {
                throw new IllegalArgumentException("data set " + name + ": pixel " + Byte.toUnsignedInt(pixel)
                        + ", allowed are 0-" + normalisation.fullScale());
            }
        }
    }

    private Dataset(
            String name,
            Shape shape,
            int classes,
            Normalisation normalisation,
            List<SourceFile> files,
            byte[] pixels,
            byte[] labels,
            float[][] tables,
            int first,
            int size) {
        this.name = name;
        this.shape = shape;
        this.classes = classes;
        this.normalisation = normalisation;
        this.files = files;
        this.pixels = pixels;
        this.labels = labels;
        this.tables = tables;
        this.first = first;
        this.size = size;
    }

    /** Name of the set, as in the experiment file. */
    public String name() {
        return name;
    }

    /** Shape of one image. */
    @Override
    public Shape shape() {
        return shape;
    }

    /** Number of classes. */
    @Override
    public int classes() {
        return classes;
    }

    /** Number of samples. */
    @Override
    public int size() {
        return size;
    }

    /** Constants that {@link #images} applies. */
    public Normalisation normalisation() {
        return normalisation;
    }

    /** Files this part was read from. */
    public List<SourceFile> files() {
        return files;
    }

    /** Class of a sample. */
    @Override
    public int label(int sample) {
        return Byte.toUnsignedInt(labels[first + checked(sample)]);
    }

    /** Number of a sample in the files it came from; slices keep it, so that coding noise belongs to the image. */
    @Override
    public long sampleId(int sample) {
        return (long) first + checked(sample);
    }

    /** Raw value of one pixel; {@code pixel} counts in the order c, h, w. */
    public int rawPixel(int sample, int pixel) {
        return Byte.toUnsignedInt(pixels[(first + checked(sample)) * shape.size() + pixel]);
    }

    /** Writes one normalised image, shape {@code [C, H, W]}, to {@code target} from {@code offset} on. */
    @Override
    public void image(int sample, float[] target, int offset) {
        int from = (first + checked(sample)) * shape.size();
        int positions = shape.positions();
        for (int c = 0, i = 0; c < shape.channels(); c++) {
            float[] table = tables[c];
            for (int p = 0; p < positions; p++, i++) {
                target[offset + i] = table[Byte.toUnsignedInt(pixels[from + i])];
            }
        }
    }

    /** Normalised images of the given samples, shape {@code [samples.length, C, H, W]}. */
    public float[] images(int[] samples) {
        float[] batch = new float[Math.multiplyExact(samples.length, shape.size())];
        for (int i = 0; i < samples.length; i++) {
            image(samples[i], batch, i * shape.size());
        }
        return batch;
    }

    /** Normalised images of {@code count} consecutive samples, shape {@code [count, C, H, W]}. */
    public float[] images(int from, int count) {
        float[] batch = new float[Math.multiplyExact(count, shape.size())];
        for (int i = 0; i < count; i++) {
            image(from + i, batch, i * shape.size());
        }
        return batch;
    }

    /** Samples {@code from} (included) to {@code to} (excluded); pixels are shared. */
    public Dataset slice(int from, int to) {
        if (from < 0 || from > to || to > size) {
            throw new IllegalArgumentException(
                    "data set " + name + ": samples " + from + " to " + to + " of a part of " + size);
        }
        return new Dataset(name, shape, classes, normalisation, files, pixels, labels, tables, first + from, to - from);
    }

    /**
     * The same images with black, raw value 0, around them; this part itself if they have that shape. Of an odd number of
     * rows or columns one more is added at the end.
     *
     * @throws IllegalArgumentException if the channels differ or an image is larger than asked
     */
    public Dataset paddedTo(Shape padded) {
        if (padded.equals(shape)) {
            return this;
        }
        int top = (padded.height() - shape.height()) / 2;
        int left = (padded.width() - shape.width()) / 2;
        if (padded.channels() != shape.channels()
                || padded.height() < shape.height()
                || padded.width() < shape.width()) {
            throw new IllegalArgumentException("data set " + name + ": " + shape + " cannot be padded to " + padded);
        }
        byte[] framed = new byte[Math.multiplyExact(labels.length, padded.size())];
        int rows = labels.length * shape.channels() * shape.height();
        for (int row = 0; row < rows; row++) {
            int map = row / shape.height();
            int to = (map * padded.height() + top + row % shape.height()) * padded.width() + left;
            System.arraycopy(pixels, row * shape.width(), framed, to, shape.width());
        }
        return new Dataset(name, padded, classes, normalisation, files, framed, labels, tables, first, size);
    }

    private int checked(int sample) {
        if (sample < 0 || sample >= size) {
            throw new IllegalArgumentException("data set " + name + ": sample " + sample + " of " + size);
        }
        return sample;
    }

    private static float[][] tables(Normalisation normalisation) {
        float[][] tables = new float[normalisation.mean().size()][];
        for (int c = 0; c < tables.length; c++) {
            tables[c] = normalisation.table(c);
        }
        return tables;
    }
}
