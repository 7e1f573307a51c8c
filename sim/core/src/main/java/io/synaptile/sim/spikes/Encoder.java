/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.spikes;

/** How an image becomes the input of the time steps. */
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
}
