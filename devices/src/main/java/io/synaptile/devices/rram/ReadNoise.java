/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.rram;

/** Spread of one read around the programmed conductance; independent between cells and reads. */
public sealed interface ReadNoise {
    /** Standard deviation of one read, uS. */
    double sigmaMicrosiemens(float programmed, float maxMicrosiemens);

    /** Exact reads. */
    record None() implements ReadNoise {
        @Override
        public double sigmaMicrosiemens(float programmed, float maxMicrosiemens) {
            return 0;
        }
    }

    /**
     * The same spread for every cell.
     *
     * @param sigma fraction of the largest conductance
     */
    record Absolute(double sigma) implements ReadNoise {
        public Absolute {
            requireAtLeastZero(sigma);
        }

        @Override
        public double sigmaMicrosiemens(float programmed, float maxMicrosiemens) {
            return sigma * maxMicrosiemens;
        }
    }

    /**
     * Spread that grows with the conductance.
     *
     * @param sigma fraction of the programmed conductance
     */
    record Proportional(double sigma) implements ReadNoise {
        public Proportional {
            requireAtLeastZero(sigma);
        }

        @Override
        public double sigmaMicrosiemens(float programmed, float maxMicrosiemens) {
            return sigma * programmed;
        }
    }

    private static void requireAtLeastZero(double sigma) {
        if (!(sigma >= 0) || Double.isInfinite(sigma)) {
            throw new IllegalArgumentException("read_noise.sigma must be at least 0, got " + sigma);
        }
    }
}
