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
     * @param change what becomes of every image on the way
     * @param timeSteps of the input
     * @param seed root of the change and of the input coding
     */
    public BatchReader(ImageSource source, ImageChange change, int timeSteps, Encoder encoder, long seed) {
        this.source = source;
        this.change = change;
        this.timeSteps = timeSteps;
        this.encoder = encoder;
        this.seed = seed;
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
        int pixels = image.length;
        Buffers into = buffers.computeIfAbsent(count, n -> new Buffers(new float[n * pixels], new long[n], new int[n]));
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
            if (change.isNone()) {
                source.image(index, into.images, i * pixels);
            } else {
                source.image(index, image, 0);
                change.apply(image, source.shape(), into.images, i * pixels, seed, id, pass);
            }
        }
        return new Batch(new InputBatch(into.images, count, timeSteps, encoder, seed, pass, into.ids), into.labels);
    }
}
