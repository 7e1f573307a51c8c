/* SPDX-License-Identifier: Apache-2.0 */
package org.example.leaky;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.Targets;
import java.util.random.RandomGenerator;

/**
 * A made-up cell: every write misses by the same spread, and what was written leaks away with the logarithm of time.
 *
 * <pre>
 *   G(0) = Gt + sigma z
 *   G(t) = G(0) (1 - loss log10(1 + t)),   t in seconds
 * </pre>
 *
 * @param range conductances that can be programmed, uS
 * @param sigma spread of a write, uS
 * @param loss part that is lost per decade of time, 0 to 1
 */
record LeakyCell(ConductanceRange range, double sigma, double loss) implements CellModel {
    @Override
    public String id() {
        return "example-leaky";
    }

    @Override
    public int levels() {
        return 16;
    }

    @Override
    public long program(float[] target, float[] actual, RandomGenerator random) {
        Targets.copy(target, actual, range);
        for (int i = 0; i < actual.length; i++) {
            double reached = actual[i] + sigma * random.nextGaussian();
            actual[i] = (float) Math.clamp(reached, 0, range.maxMicrosiemens());
        }
        return actual.length;
    }

    @Override
    public void age(float[] target, float[] programmed, float[] aged, Age age, RandomGenerator random) {
        double left = Math.max(0, 1 - loss * Math.log10(1 + age.seconds()));
        for (int i = 0; i < programmed.length; i++) {
            aged[i] = (float) (programmed[i] * left);
        }
    }
}
