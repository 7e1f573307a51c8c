/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.engine;

import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.spikes.Encoder;
import java.util.HashMap;
import java.util.Map;

/** Reads batches of a source into arrays that are used again for the next batch of the same size. */
public final class BatchReader {
    private final ImageSource source;
    private final ImageChange change;
    private final int timeSteps;
    private final Encoder encoder;
    private final long seed;
    /** Frames of a recording, 1 of an image. */
    private final int frames;
    /** One image or frame before it is changed. */
    private final float[] image;

    private final Map<Integer, Buffers> buffers = new HashMap<>();

    private record Buffers(float[] images, long[] ids, int[] labels) {}

    /**
     * One batch.
     *
     * @param labels class of each sample; overwritten by the next batch of the same size, as are the images
     */
    public record Batch(InputBatch input, int[] labels) {}

    /**
     * A reader of all batches of a source.
     *
     * @param change what becomes of every image on the way, the same of all frames of a recording
     * @param timeSteps of the input
     * @param seed root of the change and of the input coding
     * @throws IllegalArgumentException if there are fewer frames than time steps, or frames and an encoder of images
     */
    public BatchReader(ImageSource source, ImageChange change, int timeSteps, Encoder encoder, long seed) {
        this.source = source;
        this.change = change;
        this.timeSteps = timeSteps;
        this.encoder = encoder;
        this.seed = seed;
        if (source.frames() < timeSteps && encoder instanceof Encoder.Frames
                || source.frames() > 0 && !(encoder instanceof Encoder.Frames)) {
            throw new IllegalArgumentException(
                    "samples of " + source.frames() + " frames do not fit " + timeSteps + " time steps of " + encoder);
        }
        this.frames = Math.max(1, source.frames());
        this.image = new float[source.shape().size()];
    }

    /**
     * Reads the images {@code order[from]} to {@code order[to - 1]}.
     *
     * @param pass epoch of the change and pass of the input coding
     * @throws IllegalArgumentException if a label is not a class of the source
     */
    public Batch read(int[] order, int from, int to, int pass) {
        int count = to - from;
        int pixels = Math.multiplyExact(frames, image.length);
        Buffers into = buffers.computeIfAbsent(
                count, n -> new Buffers(new float[Math.multiplyExact(n, pixels)], new long[n], new int[n]));
        for (int i = 0; i < count; i++) {
            int index = order[from + i];
            long id = source.sampleId(index);
            int label = source.label(index);
            if (label < 0 || label >= source.classes()) {
                throw new IllegalArgumentException(
                        "image " + index + ": label " + label + " is outside 0-" + (source.classes() - 1));
            }
            into.ids[i] = id;
            into.labels[i] = label;
            source.image(index, into.images, i * pixels);
            for (int at = i * pixels; !change.isNone() && at < (i + 1) * pixels; at += image.length) {
                System.arraycopy(into.images, at, image, 0, image.length);
                change.apply(image, source.shape(), into.images, at, seed, id, pass);
            }
        }
        return new Batch(
                new InputBatch(into.images, frames, count, timeSteps, encoder, seed, pass, into.ids), into.labels);
    }
}
