/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

import java.util.Objects;

/**
 * A discrete-time integrate-and-fire neuron.
 *
 * <pre>
 *   u = leak * v + x           integrate
 *   s = 1 if u > threshold     fire; strictly above, so u = threshold stays silent
 *   v = u - threshold * s      soft reset, or v = 0 where s = 1 for a hard reset
 * </pre>
 *
 * <p>The reset is a constant in the backward pass (no gradient through it); the leak path is not.
 *
 * @param leak decay of the membrane potential per step, 0 to 1; 1 is a perfect integrator (IF)
 * @param threshold firing threshold, above 0
 */
public record NeuronSpec(float leak, float threshold, Reset reset, Surrogate surrogate) {
    /** What happens to the membrane potential after a spike. */
    public enum Reset {
        /** Subtract the threshold. */
        SOFT,
        /** Set to zero. */
        HARD
    }

    public NeuronSpec {
        if (!(leak >= 0f && leak <= 1f)) {
            throw new IllegalArgumentException("leak must lie in 0-1, got " + leak);
        }
        if (!(threshold > 0f) || Float.isInfinite(threshold)) {
            throw new IllegalArgumentException("threshold must be above 0, got " + threshold);
        }
        Objects.requireNonNull(reset);
        Objects.requireNonNull(surrogate);
    }

    /** Leaky integrate-and-fire with soft reset and the triangle surrogate. */
    public static NeuronSpec lif(float leak, float threshold) {
        return new NeuronSpec(leak, threshold, Reset.SOFT, Surrogate.triangle());
    }
}
