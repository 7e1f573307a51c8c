/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.ideal;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.Targets;
import java.util.random.RandomGenerator;

/**
 * A cell without any non-ideality; draws no random words.
 *
 * @param range programmable conductances, uS
 * @param bits resolution, 1 to 16; the cell has {@code 2^bits} levels
 */
public record IdealCell(ConductanceRange range, int bits) implements CellModel {
    public IdealCell {
        if (bits < 1 || bits > 16) {
            throw new IllegalArgumentException("bits must be between 1 and 16, got " + bits);
        }
    }

    @Override
    public String id() {
        return "ideal";
    }

    @Override
    public int levels() {
        return 1 << bits;
    }

    @Override
    public long program(float[] target, float[] actual, RandomGenerator random) {
        Targets.copy(target, actual, range);
        return target.length;
    }
}
