/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

/** What is done to parameters after every step of the optimiser, in place. */
public sealed interface Projection {
    /**
     * Projects one array.
     *
     * @param values row-major
     * @param shape its shape
     */
    void apply(float[] values, int... shape);

    /** Values are held between two bounds. */
    record Clamp(float low, float high) implements Projection {
        public Clamp {
            if (!(low < high)) {
                throw new IllegalArgumentException(
                        "a clamp needs a lower bound below the upper, got " + low + " and " + high);
            }
        }

        @Override
        public void apply(float[] values, int... shape) {
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.clamp(values[i], low, high);
            }
        }
    }

    /** Values are at least a bound, such as that of trainable thresholds. */
    record AtLeast(float bound) implements Projection {
        public AtLeast {
            if (!Float.isFinite(bound)) {
                throw new IllegalArgumentException("a lower bound must be a number, got " + bound);
            }
        }

        @Override
        public void apply(float[] values, int... shape) {
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.max(values[i], bound);
            }
        }
    }

    /**
     * The mean over the input channels is taken off weights {@code [out, in, kh, kw]} or {@code [out, in]}, at each output and
     * place of the kernel.
     *
     * <p>Source: published code of M. Rastegari et al., "XNOR-Net", ECCV 2016.
     */
    record Centred() implements Projection {
        @Override
        public void apply(float[] values, int... shape) {
            int inputs = shape[1];
            int taps = values.length / (shape[0] * inputs);
            for (int first = 0; first < values.length; first += inputs * taps) {
                for (int tap = first; tap < first + taps; tap++) {
                    double mean = 0;
                    for (int c = 0; c < inputs; c++) {
                        mean += values[tap + c * taps];
                    }
                    mean /= inputs;
                    for (int c = 0; c < inputs; c++) {
                        values[tap + c * taps] -= (float) mean;
                    }
                }
            }
        }
    }
}
