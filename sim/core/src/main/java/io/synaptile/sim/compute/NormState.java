/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import java.util.Arrays;

/**
 * Scale and running statistics of one norm, each array {@code [steps, channels]}; a norm that all time steps share has one
 * step. Mutable: a training backend updates {@code mean} and {@code variance} in place, an optimiser {@code gamma}.
 */
public record NormState(int steps, int channels, float[] gamma, float[] mean, float[] variance) {
    public NormState {
        int size = Math.multiplyExact(steps, channels);
        if (gamma.length != size || mean.length != size || variance.length != size) {
            throw new IllegalArgumentException("norm arrays must hold " + steps + " x " + channels + " values");
        }
    }

    /** Scale 1, mean 0, variance 1. */
    public static NormState identity(int steps, int channels) {
        int size = Math.multiplyExact(steps, channels);
        float[] ones = new float[size];
        Arrays.fill(ones, 1f);
        return new NormState(steps, channels, ones, new float[size], ones.clone());
    }

    /** A deep copy. */
    public NormState copy() {
        return new NormState(steps, channels, gamma.clone(), mean.clone(), variance.clone());
    }
}
