/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import io.synaptile.sim.spikes.Encoder;
import java.util.Arrays;

/**
 * Samples of one batch, images or frames, and how they are coded into time steps. The coding noise of a sample depends on
 * {@code seed}, {@code pass} and its id alone, never on the batch it arrives in.
 *
 * <p>Backends read the arrays and do not change them.
 *
 * @param images normalised pixels, shape {@code [samples, C, H, W]} of images, {@code [samples, frames, C, H, W]} of frames
 * @param frames frames of each sample, at least one per time step; 1 for images. Frames after the last step are not seen
 * @param sampleIds number of each sample in its data set
 * @param pass epoch in training, a number of its own for every other pass over the data
 */
public record InputBatch(
        float[] images,
        int frames,
        int samples,
        int timeSteps,
        Encoder encoder,
        long seed,
        int pass,
        long[] sampleIds) {
    public InputBatch {
        if (samples < 1 || timeSteps < 1) {
            throw new IllegalArgumentException(
                    "a batch needs at least 1 sample and 1 time step, got " + samples + " and " + timeSteps);
        }
        boolean enough = encoder instanceof Encoder.Frames ? frames >= timeSteps : frames == 1;
        if (!enough) {
            throw new IllegalArgumentException("a batch of " + frames + " frames per sample does not fit " + timeSteps
                    + " time steps of " + encoder);
        }
        if (images.length % (samples * frames) != 0 || sampleIds.length != samples) {
            throw new IllegalArgumentException("batch of " + samples + " samples with " + images.length + " pixels and "
                    + sampleIds.length + " sample ids");
        }
    }

    /** A batch of images, or of one frame per time step where frames are coded. */
    public InputBatch(
            float[] images, int samples, int timeSteps, Encoder encoder, long seed, int pass, long[] sampleIds) {
        this(
                images,
                encoder instanceof Encoder.Frames ? timeSteps : 1,
                samples,
                timeSteps,
                encoder,
                seed,
                pass,
                sampleIds);
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
        int size = frames * pixels();
        return new InputBatch(
                Arrays.copyOfRange(images, from * size, to * size),
                frames,
                to - from,
                timeSteps,
                encoder,
                seed,
                pass,
                Arrays.copyOfRange(sampleIds, from, to));
    }

    /** Number of pixels of one image or frame. */
    public int pixels() {
        return images.length / (samples * frames);
    }

    /** Where the pixels of a sample that are coded at a step begin in {@link #images}. */
    public int at(int sample, int step) {
        return (encoder instanceof Encoder.Frames ? sample * frames + step : sample) * pixels();
    }
}
