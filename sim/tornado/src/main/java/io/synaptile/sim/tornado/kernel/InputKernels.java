/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** Images and frames to input signals. */
public final class InputKernels {
    private InputKernels() {}

    /**
     * Values as they are, channels last: an image as a constant signal, or the frame of each step. One thread per value.
     *
     * @param images {@code [samples, frames, C, H, W]}
     */
    public static void copy(
            KernelContext c,
            IntArray guard,
            FloatArray images,
            FloatArray xf,
            ShortArray xh,
            IntArray g,
            IntArray run,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.OUT_CHANNELS);
        int positions = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH);
        int size = channels * positions;
        int samples = run.get(R.SAMPLES);
        int frames = run.get(R.FRAMES);
        if (i < frames * samples * size) {
            int map = i / size;
            int at = i - map * size;
            int p = at / channels;
            int channel = at - p * channels;
            int frame = map / samples;
            int n = map - frame * samples;
            Half.store(xf, xh, sixteen, i, images.get((n * frames + frame) * size + channel * positions + p));
        }
    }

    /**
     * Signed Poisson coding, see {@link io.synaptile.sim.spikes.Encoder.Poisson}, of an image at every step or of the frame of
     * each. One thread per value and step.
     *
     * @param images {@code [samples, frames, C, H, W]}
     * @param ids low words of the sample ids
     * @param rescale one entry
     * @param purpose of the stream in the top byte; the pass goes below it
     */
    public static void poisson(
            KernelContext c,
            IntArray guard,
            FloatArray images,
            IntArray ids,
            FloatArray rescale,
            FloatArray xf,
            ShortArray xh,
            IntArray g,
            IntArray run,
            int purpose,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.OUT_CHANNELS);
        int positions = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH);
        int size = channels * positions;
        int samples = run.get(R.SAMPLES);
        if (i < run.get(R.STEPS) * samples * size) {
            int map = i / size;
            int at = i - map * size;
            int p = at / channels;
            int pixel = (at - p * channels) * positions + p;
            int t = map / samples;
            int n = map - t * samples;
            long word = (long) t * size + pixel;
            float uniform = Words.uniform(
                    word, 0L, ids.get(n), purpose + run.get(R.PASS), run.get(R.SEED_LOW), run.get(R.SEED_HIGH));
            int frames = run.get(R.FRAMES);
            int frame = n;
            if (frames > 1) {
                frame = n * frames + t;
            }
            float value = images.get(frame * size + pixel);
            float magnitude = value;
            float sign = 1f;
            if (value < 0f) {
                magnitude = -value;
                sign = -1f;
            }
            float spike = 0f;
            // A silent pixel never fires, though its magnitude may equal a uniform of 0.
            if (magnitude > 0f && rescale.get(0) * uniform <= magnitude) {
                spike = sign;
            }
            Half.store(xf, xh, sixteen, i, spike);
        }
    }
}
