/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import java.util.random.RandomGenerator;

/** A cell that reaches every target and loses {@code G (1 + seconds)^-nu}, nu uniform up to a maximum; no data above 400 K. */
public record DriftingCell(ConductanceRange range, int levels, float largestExponent) implements CellModel {
    @Override
    public String id() {
        return "drifting";
    }

    @Override
    public long program(float[] target, float[] actual, RandomGenerator random) {
        System.arraycopy(target, 0, actual, 0, target.length);
        return target.length;
    }

    @Override
    public void age(float[] target, float[] programmed, float[] aged, Age age, RandomGenerator random) {
        if (age.kelvin() > 400) {
            throw new IllegalArgumentException("no data above 400 K, got " + age.kelvin());
        }
        for (int i = 0; i < aged.length; i++) {
            double exponent = largestExponent * random.nextFloat();
            aged[i] = (float) (programmed[i] * Math.pow(1 + age.seconds(), -exponent));
        }
    }

    @Override
    public void readMoments(
            float[] programmed, float[] held, float[] mean, float[] sigma, Age age, RandomGenerator random) {
        for (int i = 0; i < held.length; i++) {
            mean[i] = held[i];
            sigma[i] = 0.01f * held[i];
        }
    }
}
