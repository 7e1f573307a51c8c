/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

/** What a spike of a layer of neurons is worth: the layer gives this value where a neuron fires, and 0 elsewhere. */
public sealed interface Emission {
    /** The usual spike. */
    Emission ONE = new Fixed(1f);

    /**
     * One value for all neurons.
     *
     * @param value above 0
     */
    record Fixed(float value) implements Emission {
        public Fixed {
            if (!(value > 0f) || Float.isInfinite(value)) {
                throw new IllegalArgumentException("emission must be a number above 0, got " + value);
            }
        }
    }

    /**
     * The neuron's firing threshold times a factor, without adaptation; where the threshold is learned, a spike is worth the
     * learned one, and a part of the threshold's derivative comes through it.
     *
     * <p>Source: Q. Meng et al., "Training high-performance low-latency spiking neural networks by differentiation on spike
     * representation", CVPR 2022, where integrators emit their trained threshold and leaky neurons the threshold divided by the
     * time step.
     *
     * @param factor above 0
     */
    record Threshold(float factor) implements Emission {
        public Threshold {
            if (!(factor > 0f) || Float.isInfinite(factor)) {
                throw new IllegalArgumentException(
                        "factor of spikes on the threshold must be a number above 0, got " + factor);
            }
        }

        /** The threshold as it is. */
        public Threshold() {
            this(1f);
        }
    }

    /** Value of a spike of a neuron with that threshold. */
    default float value(float threshold) {
        return switch (this) {
            case Fixed(float value) -> value;
            case Threshold(float factor) -> threshold * factor;
        };
    }
}
