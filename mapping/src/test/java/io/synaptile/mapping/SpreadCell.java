/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A cell with log-normal programming spread and a constant read noise. */
public record SpreadCell(ConductanceRange range, int levels, float sigma, float readMicrosiemens) implements CellModel {
    public SpreadCell(float min, float max, int levels, float sigma) {
        this(new ConductanceRange(min, max), levels, sigma, 0f);
    }

    @Override
    public String id() {
        return "spread";
    }

    @Override
    public long program(float[] target, float[] actual, RandomGenerator random) {
        for (int i = 0; i < target.length; i++) {
            actual[i] = (float) (target[i] * Math.exp(sigma * random.nextGaussian()));
        }
        return target.length;
    }

    @Override
    public void readMoments(
            float[] programmed, float[] held, float[] mean, float[] sigma, Age age, RandomGenerator random) {
        System.arraycopy(held, 0, mean, 0, held.length);
        Arrays.fill(sigma, readMicrosiemens);
    }
}
