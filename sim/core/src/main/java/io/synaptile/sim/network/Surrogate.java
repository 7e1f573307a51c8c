/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

/**
 * Derivative that stands in for that of the firing step, as a function of {@code m = (u - bar) / threshold}, how far a potential
 * is above what makes the neuron fire; the derivative by the membrane potential {@code u} is {@code derivative(m) / threshold}. In single precision and in the order of operations
 * that is written here, so that kernels can give the same bits.
 */
public sealed interface Surrogate extends Estimator {
    /** Value at {@code m}, never negative. */
    float derivative(float m);

    /**
     * Triangle {@code height * max(0, 1 - |m|)}.
     *
     * <p>Source: Y. Kim and P. Panda, "Revisiting batch normalization for training low-latency deep spiking neural networks
     * from scratch", Frontiers in Neuroscience 2021, with height 0.3 as in its published code.
     */
    record Triangle(float height) implements Surrogate {
        /** The usual height. */
        public static final float USUAL = 0.3f;

        public Triangle {
            requirePositive("height", height);
        }

        @Override
        public float derivative(float m) {
            return height * Math.max(0f, 1f - Math.abs(m));
        }
    }

    /**
     * Rectangle {@code 1 / width} where {@code |m| < width / 2}.
     *
     * <p>Source: Y. Wu, L. Deng et al., "Spatio-temporal backpropagation for training high-performance spiking neural
     * networks", Frontiers in Neuroscience 2018, h1.
     */
    record Rectangle(float width) implements Surrogate {
        /** The usual width. */
        public static final float USUAL = 1f;

        public Rectangle {
            requirePositive("width", width);
        }

        @Override
        public float derivative(float m) {
            return Math.abs(m) < width / 2f ? 1f / width : 0f;
        }
    }

    /**
     * Derivative of an arc tangent, {@code (alpha / 2) / (1 + (pi / 2 alpha m)^2)}.
     *
     * <p>Source: W. Fang, Z. Yu et al., "Incorporating learnable membrane time constant to enhance learning of spiking neural
     * networks", ICCV 2021, with alpha 2.
     */
    record ArcTangent(float alpha) implements Surrogate {
        /** The usual alpha. */
        public static final float USUAL = 2f;

        public ArcTangent {
            requirePositive("alpha", alpha);
        }

        /** Factor on m within the square. */
        public float steepness() {
            return (float) (Math.PI / 2 * alpha);
        }

        @Override
        public float derivative(float m) {
            float x = m * steepness();
            return alpha / 2f / (x * x + 1f);
        }
    }

    /**
     * Derivative of a logistic function, {@code alpha s (1 - s)} with {@code s = 1 / (1 + exp(-alpha m))}.
     *
     * <p>Source: the sigmoid of E. O. Neftci, H. Mostafa and F. Zenke, "Surrogate gradient learning in spiking neural
     * networks", IEEE Signal Processing Magazine 2019.
     */
    record Sigmoid(float alpha) implements Surrogate {
        /** The usual alpha. */
        public static final float USUAL = 4f;

        public Sigmoid {
            requirePositive("alpha", alpha);
        }

        @Override
        public float derivative(float m) {
            double s = 1 / (1 + StrictMath.exp(-(double) alpha * m));
            return (float) (alpha * s * (1 - s));
        }
    }

    /**
     * Derivative of a fast sigmoid, {@code 1 / (1 + slope |m|)^2}.
     *
     * <p>Source: F. Zenke and S. Ganguli, "SuperSpike: supervised learning in multilayer spiking neural networks", Neural
     * Computation 2018.
     */
    record FastSigmoid(float slope) implements Surrogate {
        /** The usual slope. */
        public static final float USUAL = 25f;

        public FastSigmoid {
            requirePositive("slope", slope);
        }

        @Override
        public float derivative(float m) {
            float d = Math.abs(m) * slope + 1f;
            return 1f / (d * d);
        }
    }

    /** Triangle of height 0.3. */
    static Surrogate triangle() {
        return new Triangle(Triangle.USUAL);
    }

    private static void requirePositive(String what, float value) {
        if (!(value > 0f) || Float.isInfinite(value)) {
            throw new IllegalArgumentException(what + " of a surrogate must be above 0, got " + value);
        }
    }
}
