/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What samples of several frames have beside their values; images have none of it.
 *
 * @param frames of every sample, 0 for images
 * @param lengths frames that each sample has been recorded for, 1 to {@code frames}; the input is 0 after them. Empty where all
 *     have all; never written to
 * @param largest number of spikes that any value stands for, 1 where values are no numbers of spikes
 */
public record Recordings(int frames, Optional<int[]> lengths, int largest) {
    /** Images. */
    public static final Recordings NONE = new Recordings(0, Optional.empty(), 1);

    public Recordings {
        if (frames < 0 || largest < 1 || frames == 0 && lengths.isPresent()) {
            throw new IllegalArgumentException("recordings of " + frames + " frames of at most " + largest + " spikes");
        }
    }

    /** Maps that are stored of every sample: its frames, or the one image. */
    int maps() {
        return Math.max(1, frames);
    }

    /** Of these, those that were recorded. */
    int maps(int sample) {
        return lengths.map(all -> all[sample]).orElse(maps());
    }

    /** The recordings of some samples, in the order given. */
    public Recordings of(int[] samples) {
        Optional<int[]> own = lengths.map(
                all -> IntStream.of(samples).map(sample -> all[sample]).toArray());
        return new Recordings(frames, own, largest);
    }

    /** The same with another largest number of spikes. */
    public Recordings with(int most) {
        return new Recordings(frames, lengths, most);
    }

    /** Refuses lengths that do not fit the samples. */
    void check(int samples) {
        lengths.ifPresent(all -> {
            if (all.length != samples || Arrays.stream(all).anyMatch(length -> length < 1 || length > frames)) {
                throw new IllegalArgumentException(all.length + " lengths of " + samples + " samples of " + frames
                        + " frames, each must be 1 to " + frames);
            }
        });
    }
}
