/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

/**
 * Derivative that stands in for that of the firing step, as a function of {@code m = u / threshold - 1}; the derivative by
 * the membrane potential {@code u} is {@code derivative(m) / threshold}.
 */
public sealed interface Surrogate {
    /** Value at {@code m}, never negative. */
    float derivative(float m);

    /**
     * Triangle {@code height * max(0, 1 - |m|)}.
     *
     * <p>Source: Y. Kim and P. Panda, "Revisiting batch normalization for training low-latency deep spiking neural networks
     * from scratch", Frontiers in Neuroscience 2021, with height 0.3 as in its published code.
     */
    record Triangle(float height) implements Surrogate {
        @Override
        public float derivative(float m) {
            return height * Math.max(0f, 1f - Math.abs(m));
        }
    }

    /** Triangle of height 0.3. */
    static Surrogate triangle() {
        return new Triangle(0.3f);
    }
}
