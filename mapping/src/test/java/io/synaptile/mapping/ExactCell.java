/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import java.util.random.RandomGenerator;

/** A cell that reaches every target; draws no random words. */
public record ExactCell(ConductanceRange range, int levels) implements CellModel {
    public ExactCell(float min, float max, int levels) {
        this(new ConductanceRange(min, max), levels);
    }

    @Override
    public String id() {
        return "exact";
    }

    @Override
    public long program(float[] target, float[] actual, RandomGenerator random) {
        System.arraycopy(target, 0, actual, 0, target.length);
        return target.length;
    }
}
