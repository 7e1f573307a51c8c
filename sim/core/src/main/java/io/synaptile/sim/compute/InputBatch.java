/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import io.synaptile.sim.spikes.Encoder;
import java.util.Arrays;

/**
 * Images of one batch and how they are coded into time steps. The coding noise of a sample depends on {@code seed},
 * {@code pass} and its id alone, never on the batch it arrives in.
 *
 * <p>Backends read the arrays and do not change them.
 *
 * @param images normalised pixels, shape {@code [samples, C, H, W]}
 * @param sampleIds number of each sample in its data set
 * @param pass epoch in training, a number of its own for every other pass over the data
 */
public record InputBatch(
        float[] images, int samples, int timeSteps, Encoder encoder, long seed, int pass, long[] sampleIds) {
    public InputBatch {
        if (samples < 1 || timeSteps < 1) {
            throw new IllegalArgumentException(
                    "a batch needs at least 1 sample and 1 time step, got " + samples + " and " + timeSteps);
        }
        if (images.length % samples != 0 || sampleIds.length != samples) {
            throw new IllegalArgumentException("batch of " + samples + " samples with " + images.length + " pixels and "
                    + sampleIds.length + " sample ids");
        }
    }

    /**
     * Uniform draws of the Poisson code for one sample: word {@code step * pixels + pixel}, pixels counted in the order c,
     * h, w.
     */
    public NoiseStream codingStream(int sample) {
        return NoiseStream.of(seed, Purpose.INPUT_CODING, pass, sampleIds[sample], 0);
    }

    /** Samples {@code from} to {@code to - 1} as a batch of their own. */
    public InputBatch part(int from, int to) {
        float[] own = Arrays.copyOfRange(images, from * pixels(), to * pixels());
        return new InputBatch(own, to - from, timeSteps, encoder, seed, pass, Arrays.copyOfRange(sampleIds, from, to));
    }

    /** Number of pixels of one image. */
    public int pixels() {
        return images.length / samples;
    }
}
