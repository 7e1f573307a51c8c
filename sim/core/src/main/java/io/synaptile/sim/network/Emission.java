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
     * The neuron's firing threshold, without adaptation; where the threshold is learned, a spike is worth the learned one, and
     * a part of the threshold's derivative comes through it.
     *
     * <p>Source: Q. Meng et al., "Training high-performance low-latency spiking neural networks by differentiation on spike
     * representation", CVPR 2022, where neurons emit their trained threshold.
     */
    record Threshold() implements Emission {}

    /** Value of a spike of a neuron with that threshold. */
    default float value(float threshold) {
        return switch (this) {
            case Fixed(float value) -> value;
            case Threshold _ -> threshold;
        };
    }
}
