/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import io.synaptile.sim.engine.ImageSource;
import io.synaptile.sim.network.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One part (training, validation or test) of a labelled set of images or recordings. Raw values are kept as they are stored
 * and normalised on demand.
 *
 * <p>Immutable and safe for several threads; slices share the values.
 */
public final class Dataset implements ImageSource {
    private final String name;
    private final Shape shape;
    private final Shape stored;
    private final int classes;
    private final List<String> classNames;
    private final Normalisation normalisation;
    private final List<SourceFile> files;
    private final RawValues values;
    private final Recordings recordings;
    private final int[] labels;
    private final float[][] tables;
    private final int first;
    private final int size;
    private final List<DataForm.Input> inputs;

    /**
     * A set of bytes.
     *
     * @param name of the set, as in the experiment file
     * @param pixels raw, shape {@code [samples, C, H, W]}, unsigned, at most the full scale; owned by this object from now on
     * @param labels one per sample, unsigned, 0 to {@code classes - 1}
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
                List.of(),
                normalisation,
                files,
                new RawValues.Bytes(pixels),
                IntStream.range(0, labels.length)
                        .map(i -> Byte.toUnsignedInt(labels[i]))
                        .toArray());
    }

    /**
     * A set of bytes or numbers.
     *
     * @param name of the set, as in the experiment file
     * @param classNames one per class, or none
     * @param values shape {@code [samples, C, H, W]}; bytes are at most the full scale; owned by this object from now on
     * @param labels one per sample, 0 to {@code classes - 1}; owned by this object from now on
     * @throws IllegalArgumentException if lengths or values do not fit
     */
    public Dataset(
            String name,
            Shape shape,
            int classes,
            List<String> classNames,
            Normalisation normalisation,
            List<SourceFile> files,
            RawValues values,
            int[] labels) {
        this(name, shape, classes, classNames, normalisation, files, values, Recordings.NONE, labels);
    }

    /**
     * A set of images or recordings, bytes or numbers.
     *
     * @param name of the set, as in the experiment file
     * @param shape of one image or frame
     * @param classNames one per class, or none
     * @param values shape {@code [samples, (frames,) C, H, W]}; bytes are at most the full scale, if that is above 1; owned by
     *     this object from now on
     * @param labels one per sample, 0 to {@code classes - 1}; owned by this object from now on
     * @throws IllegalArgumentException if lengths or values do not fit
     */
    public Dataset(
            String name,
            Shape shape,
            int classes,
            List<String> classNames,
            Normalisation normalisation,
            List<SourceFile> files,
            RawValues values,
            Recordings recordings,
            int[] labels) {
        this(
                name,
                shape,
                shape,
                classes,
                List.copyOf(classNames),
                normalisation,
                List.copyOf(files),
                values,
                recordings,
                labels,
                tables(values, normalisation),
                0,
                labels.length,
                List.of());
        recordings.check(labels.length);
        if (normalisation.mean().size() != shape.channels()) {
            throw new IllegalArgumentException("data set " + name + ": " + shape.channels() + " channels but "
                    + normalisation.mean().size() + " normalisation constants");
        }
        if (!classNames.isEmpty() && classNames.size() != classes) {
            throw new IllegalArgumentException(
                    "data set " + name + ": " + classNames.size() + " names of " + classes + " classes");
        }
        if (values.length() != (long) labels.length * recordings.maps() * shape.size()) {
            throw new IllegalArgumentException("data set " + name + ": " + values.length() + " pixels do not make "
                    + labels.length + " images of " + shape);
        }
        for (int label : labels) {
            if (label < 0 || label >= classes) {
                throw new IllegalArgumentException(
                        "data set " + name + ": label " + label + ", allowed are 0-" + (classes - 1));
            }
        }
        if (values instanceof RawValues.Bytes(byte[] pixels)) {
            for (byte pixel : pixels) {
                if (normalisation.fullScale() > 1 && Byte.toUnsignedInt(pixel) > normalisation.fullScale()) {
                    throw new IllegalArgumentException("data set " + name + ": pixel " + Byte.toUnsignedInt(pixel)
                            + ", allowed are 0-" + normalisation.fullScale());
                }
            }
        }
    }

    private Dataset(
            String name,
            Shape shape,
            Shape stored,
            int classes,
            List<String> classNames,
            Normalisation normalisation,
            List<SourceFile> files,
            RawValues values,
            Recordings recordings,
            int[] labels,
            float[][] tables,
            int first,
            int size,
            List<DataForm.Input> inputs) {
        this.name = name;
        this.shape = shape;
        this.stored = stored;
        this.classes = classes;
        this.classNames = classNames;
        this.normalisation = normalisation;
        this.files = files;
        this.values = values;
        this.recordings = recordings;
        this.labels = labels;
        this.tables = tables;
        this.first = first;
        this.size = size;
        this.inputs = inputs;
    }

    /** Name of the set, as in the experiment file. */
    public String name() {
        return name;
    }

    /** Shape of one image or frame. */
    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public int frames() {
        return recordings.frames();
    }

    /** Shape, classes and frames as the files have them, without the black of {@link #paddedTo}. */
    public DataForm form() {
        return new DataForm(stored, classes, recordings.frames(), recordings.largest(), inputs);
    }

    /** Values of one sample that were recorded, all of an image. */
    public int recordedPixels(int sample) {
        return recordings.maps(first + checked(sample)) * shape.size();
    }

    private int samplePixels() {
        return recordings.maps() * shape.size();
    }

    /** Names of the classes, in the order of their labels; empty if they have none but their numbers. */
    public List<String> classNames() {
        return classNames;
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
        return labels[first + checked(sample)];
    }

    /** Number of a sample in the files it came from; slices keep it, so that coding noise belongs to the image. */
    @Override
    public long sampleId(int sample) {
        return (long) first + checked(sample);
    }

    /** Raw value of one pixel; {@code pixel} counts in the order (frame,) c, h, w. */
    public float rawPixel(int sample, int pixel) {
        return values.value((first + checked(sample)) * samplePixels() + pixel);
    }

    /**
     * Writes one normalised image or recording, shape {@code [(frames,) C, H, W]}, to {@code target} from {@code offset} on;
     * frames that were not recorded are 0.
     */
    @Override
    public void image(int sample, float[] target, int offset) {
        int from = (first + checked(sample)) * samplePixels();
        int positions = shape.positions();
        int recorded = recordedPixels(sample);
        Arrays.fill(target, offset + recorded, offset + samplePixels(), 0f);
        for (int map = 0, i = 0; i < recorded; map++) {
            int c = map % shape.channels();
            switch (values) {
                case RawValues.Bytes(byte[] pixels) -> {
                    float[] table = tables[c];
                    for (int p = 0; p < positions; p++, i++) {
                        target[offset + i] = table[Byte.toUnsignedInt(pixels[from + i])];
                    }
                }
                case RawValues.Floats(float[] numbers) -> {
                    float mean = normalisation.mean().get(c);
                    float deviation = normalisation.deviation().get(c);
                    for (int p = 0; p < positions; p++, i++) {
                        target[offset + i] = (numbers[from + i] - mean) / deviation;
                    }
                }
            }
        }
    }

    /** Normalised images of the given samples, shape {@code [samples.length, (frames,) C, H, W]}. */
    public float[] images(int[] samples) {
        float[] batch = new float[Math.multiplyExact(samples.length, samplePixels())];
        for (int i = 0; i < samples.length; i++) {
            image(samples[i], batch, i * samplePixels());
        }
        return batch;
    }

    /** Normalised images of {@code count} consecutive samples, shape {@code [count, (frames,) C, H, W]}. */
    public float[] images(int from, int count) {
        float[] batch = new float[Math.multiplyExact(count, samplePixels())];
        for (int i = 0; i < count; i++) {
            image(from + i, batch, i * samplePixels());
        }
        return batch;
    }

    /** Samples {@code from} (included) to {@code to} (excluded); values are shared. */
    public Dataset slice(int from, int to) {
        if (from < 0 || from > to || to > size) {
            throw new IllegalArgumentException(
                    "data set " + name + ": samples " + from + " to " + to + " of a part of " + size);
        }
        return new Dataset(
                name,
                shape,
                stored,
                classes,
                classNames,
                normalisation,
                files,
                values,
                recordings,
                labels,
                tables,
                first + from,
                to - from,
                inputs);
    }

    /**
     * The same images with other constants; the values are shared.
     *
     * @throws IllegalArgumentException if there is not one of each per channel
     */
    public Dataset with(Normalisation other) {
        if (other.mean().size() != shape.channels()) {
            throw new IllegalArgumentException("data set " + name + ": " + shape.channels() + " channels but "
                    + other.mean().size() + " normalisation constants");
        }
        return new Dataset(
                name,
                shape,
                stored,
                classes,
                classNames,
                other,
                files,
                values,
                recordings,
                labels,
                tables(values, other),
                first,
                size,
                inputs);
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
        if (padded.channels() != shape.channels()
                || padded.height() < shape.height()
                || padded.width() < shape.width()) {
            throw new IllegalArgumentException("data set " + name + ": " + shape + " cannot be padded to " + padded);
        }
        return new Dataset(
                name,
                padded,
                stored,
                classes,
                classNames,
                normalisation,
                files,
                values.framed(shape, padded),
                recordings,
                labels,
                tables,
                first,
                size,
                inputs);
    }

    /** The same samples, which are vectors, as several inputs behind each other. */
    public Dataset with(List<DataForm.Input> named) {
        return new Dataset(
                name,
                shape,
                stored,
                classes,
                classNames,
                normalisation,
                files,
                values,
                recordings,
                labels,
                tables,
                first,
                size,
                List.copyOf(named));
    }

    private int checked(int sample) {
        if (sample < 0 || sample >= size) {
            throw new IllegalArgumentException("data set " + name + ": sample " + sample + " of " + size);
        }
        return sample;
    }

    /** Normalised value of every byte by channel; none for numbers. */
    private static float[][] tables(RawValues values, Normalisation normalisation) {
        int channels = values instanceof RawValues.Bytes ? normalisation.mean().size() : 0;
        float[][] tables = new float[channels][];
        for (int c = 0; c < tables.length; c++) {
            tables[c] = normalisation.table(c);
        }
        return tables;
    }
}
