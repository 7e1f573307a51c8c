/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.rram;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.Targets;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A multilevel resistive cell: a write misses its target, some cells are stuck, a read is noisy.
 *
 * <p>Programming draws one normal per cell, then one uniform per cell, whatever the spreads and probabilities are. The
 * reached conductance is clamped to 0 to Gmax; stuck cells are applied last.
 *
 * @param range programmable conductances, uS; a minimum of 0 is the ideal off state
 * @param bits resolution, 1 to 8; the cell has {@code 2^bits} levels, linear in conductance
 */
public record RramCell(
        ConductanceRange range, int bits, ProgrammingVariation programming, ReadNoise readNoise, StuckCells stuck)
        implements CellModel {
    public RramCell {
        Objects.requireNonNull(range);
        Objects.requireNonNull(programming);
        Objects.requireNonNull(readNoise);
        Objects.requireNonNull(stuck);
        if (bits < 1 || bits > 8) {
            throw new IllegalArgumentException("bits must be between 1 and 8, got " + bits);
        }
    }

    @Override
    public String id() {
        return "rram";
    }

    @Override
    public int levels() {
        return 1 << bits;
    }

    @Override
    public long program(float[] target, float[] actual, RandomGenerator random) {
        Targets.copy(target, actual, range);
        programming.apply(actual, range.maxMicrosiemens(), random);
        stuck.apply(actual, range, random);
        return target.length;
    }

    @Override
    public float readSigma(float programmed) {
        return (float) readNoise.sigmaMicrosiemens(programmed, range.maxMicrosiemens());
    }
}
