/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.spikes;

/**
 * How a sample becomes the input of the time steps. A sample is an image, which is coded at every step, or a row of frames,
 * of which each is coded at the step of its number.
 */
public sealed interface Encoder {
    /** The normalised image itself is the input current of every step. */
    record Direct() implements Encoder {}

    /**
     * Signed Poisson spikes: at each step, pixel x fires {@code sign(x)} where {@code rescale * u <= |x|} for a fresh uniform
     * u in [0, 1), so that it fires with probability {@code min(|x| / rescale, 1)}.
     *
     * <p>Source: published code of Y. Kim and P. Panda, Frontiers in Neuroscience 2021 ({@code rescale} = 2 there).
     */
    record Poisson(float rescale) implements Encoder {
        public Poisson {
            if (!(rescale > 0f)) {
                throw new IllegalArgumentException("rescale must be above 0, got " + rescale);
            }
        }

        /** Spike of one pixel: -1, 0 or 1. */
        public static int spike(float pixel, float uniform, float rescale) {
            return rescale * uniform <= Math.abs(pixel) ? (pixel > 0 ? 1 : pixel < 0 ? -1 : 0) : 0;
        }
    }

    /** A sample is frames, the input of step t is frame t. */
    sealed interface Frames extends Encoder {}

    /** The normalised frame itself is the input current of its step. */
    record DirectFrames() implements Frames {}

    /**
     * A pixel of a frame, 0 to 1, is the probability that it fires at its step; it does where a fresh uniform, drawn as for
     * {@link Poisson}, is at most the pixel.
     */
    record PoissonFrames() implements Frames {}

    /**
     * A pixel of a frame is the number of spikes that arrive at its step: 0 or 1 for the spikes of one neuron, larger numbers
     * where the events of a longer time were counted.
     *
     * @param largest number of spikes of any pixel in any frame
     */
    record SpikeFrames(int largest) implements Frames {
        public SpikeFrames {
            if (largest < 1) {
                throw new IllegalArgumentException(
                        "frames of spikes hold at most 1 or more of a pixel, got " + largest);
            }
        }
    }

    /** Whether the input is of any size, and no spikes. */
    default boolean isAnalogue() {
        return this instanceof Direct || this instanceof DirectFrames;
    }

    /** Largest number of spikes, of either sign, that a pixel gives in one step; of spikes only. */
    default int largestCount() {
        return this instanceof SpikeFrames(int largest) ? largest : 1;
    }
}
