/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import java.util.Objects;

/**
 * A mask whose empty groups stay empty: no gradient reaches a group none of whose weights is kept, so that the weights of the
 * other groups can settle on the network that will be built.
 *
 * @param mask decides which weights are kept
 * @param size weights per group, consecutive, at least 1; see {@link GroupLasso}
 */
public record SettledGroups(MagnitudeMask mask, int size) implements WeightTransform {
    public SettledGroups {
        Objects.requireNonNull(mask);
        if (size < 1) {
            throw new IllegalArgumentException("a group needs at least 1 weight, got " + size);
        }
    }

    @Override
    public void apply(float[] weights, float[] out, WeightDraw draw) {
        mask.apply(weights, out, draw);
    }

    @Override
    public void pullBack(float[] weights, float[] out, float[] gradient) {
        mask.pullBack(weights, out, gradient);
        for (int first = 0; first < out.length; first += size) {
            int end = Math.min(first + size, out.length);
            boolean kept = false;
            for (int i = first; i < end; i++) {
                kept |= out[i] != 0f;
            }
            for (int i = first; i < end && !kept; i++) {
                gradient[i] = 0f;
            }
        }
    }
}
