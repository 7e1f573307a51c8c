/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.own;

import io.synaptile.sim.io.dataset.FrameChoice;
import io.synaptile.sim.io.dataset.RawValues;
import io.synaptile.sim.io.dataset.Recordings;
import io.synaptile.sim.network.Shape;
import java.util.Arrays;
import java.util.Optional;

/**
 * Frames as they are presented: joined to fewer ones, and values coded by their changes, where that is asked for.
 *
 * @param values {@code [samples, frames, C, H, W]}
 */
record FrameChange(RawValues values, int frames, Shape shape, Recordings recordings) {
    private static final float FULL_SCALE = 255f;

    /**
     * Joins and codes frames.
     *
     * @param raw {@code [samples, frames, C, H, W]}
     * @param lengths frames that were recorded of each sample, if not all
     */
    static FrameChange of(FrameChoice choice, RawValues raw, int frames, Optional<int[]> lengths, Shape shape) {
        RawValues values = raw;
        int count = frames;
        Optional<int[]> recorded = lengths;
        Shape changed = shape;
        boolean spikes = choice.values() == FrameChoice.Values.SPIKES;
        if (choice.bin() > 1) {
            boolean sums = spikes && choice.delta().isEmpty();
            values = new RawValues.Floats(joined(choice.bin(), sums, raw, frames, lengths, shape.size()));
            count = Math.ceilDiv(frames, choice.bin());
            recorded = lengths.map(all -> Arrays.stream(all)
                    .map(length -> Math.ceilDiv(length, choice.bin()))
                    .toArray());
        }
        if (choice.delta().isPresent()) {
            float delta = (float) choice.delta().getAsDouble();
            values = new RawValues.Floats(changes(delta, values, count, recorded, shape.size()));
            changed = new Shape(2 * shape.channels(), shape.height(), shape.width());
        }
        int largest = spikes ? largest(values, count * changed.size(), recorded, changed.size()) : 1;
        return new FrameChange(values, count, changed, new Recordings(count, recorded, largest));
    }

    /** The mean or the sum of every {@code bin} frames, at the end of a recording of those that are left. */
    private static float[] joined(int bin, boolean sums, RawValues raw, int frames, Optional<int[]> lengths, int size) {
        int samples = raw.length() / (frames * size);
        int count = Math.ceilDiv(frames, bin);
        float unit = raw instanceof RawValues.Bytes && !sums ? FULL_SCALE : 1f;
        float[] joined = new float[samples * count * size];
        for (int n = 0; n < samples; n++) {
            int length = length(lengths, n, frames);
            for (int from = 0; from < length; from += bin) {
                int to = Math.min(from + bin, length);
                for (int i = 0; i < size; i++) {
                    double sum = 0;
                    for (int t = from; t < to; t++) {
                        sum += raw.value((n * frames + t) * size + i);
                    }
                    joined[(n * count + from / bin) * size + i] = (float) (sums ? sum : sum / (to - from) / unit);
                }
            }
        }
        return joined;
    }

    /**
     * Spikes where values change: one of the first half of the channels for every {@code delta} that a value has risen above
     * the level of its last spike, one of the second half for every one that it has fallen below. The first level is the
     * value of the first frame, which gives no spike.
     *
     * <pre>
     *   n = floor(|x - level| / delta)     level += sign(x - level) n delta
     * </pre>
     */
    private static float[] changes(float delta, RawValues raw, int frames, Optional<int[]> lengths, int size) {
        int samples = raw.length() / (frames * size);
        float unit = raw instanceof RawValues.Bytes ? FULL_SCALE : 1f;
        float[] changes = new float[samples * frames * 2 * size];
        float[] level = new float[size];
        for (int n = 0; n < samples; n++) {
            int length = length(lengths, n, frames);
            for (int t = 0; t < length; t++) {
                for (int i = 0; i < size; i++) {
                    float value = raw.value((n * frames + t) * size + i) / unit;
                    if (t == 0) {
                        level[i] = value;
                        continue;
                    }
                    float change = value - level[i];
                    float steps = (float) Math.floor(Math.abs(change) / delta);
                    level[i] += Math.copySign(steps * delta, change);
                    changes[((n * frames + t) * 2 + (change > 0 ? 0 : 1)) * size + i] = steps;
                }
            }
        }
        return changes;
    }

    private static int largest(RawValues values, int perSample, Optional<int[]> lengths, int size) {
        float largest = 1;
        for (int i = 0; i < values.length(); i++) {
            int n = i / perSample;
            if (i % perSample < length(lengths, n, perSample / size) * size) {
                largest = Math.max(largest, values.value(i));
            }
        }
        return (int) largest;
    }

    private static int length(Optional<int[]> lengths, int sample, int frames) {
        return lengths.map(all -> all[sample]).orElse(frames);
    }
}
