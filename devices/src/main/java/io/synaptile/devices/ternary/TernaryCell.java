/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.ternary;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.PairSense;
import io.synaptile.devices.Targets;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One resistor of a 2T2R pair: low resistance (Gmax) or high resistance (Gmin), each with its own log-normal spread.
 *
 * <pre>
 *   G = min(Gt exp(s N(0, 1)), Gmax),  s = lrsSigma if Gt is nearer to Gmax than to Gmin, else hrsSigma
 * </pre>
 *
 * <p>One normal is drawn per cell whatever the spreads are.
 *
 * <p>The encoding is that of A. Laborieux et al. 2020 (differential ternary 2T2R). The default spreads 0.1 and 0.5 of the
 * provider are <b>placeholders without a source</b>; give measured values before drawing conclusions.
 *
 * @param range conductance of the high (minimum) and the low (maximum) resistance state, uS
 * @param lrsSigma standard deviation of ln G in the low resistance state
 * @param hrsSigma standard deviation of ln G in the high resistance state
 * @param sense amplifier that decides between the states of a pair; empty where the columns are read as currents
 */
public record TernaryCell(ConductanceRange range, float lrsSigma, float hrsSigma, Optional<TernarySense> sense)
        implements CellModel {
    public TernaryCell {
        requireSigma("sigma_lrs", lrsSigma);
        requireSigma("sigma_hrs", hrsSigma);
        Objects.requireNonNull(sense);
    }

    /** A cell whose columns are read as currents. */
    public TernaryCell(ConductanceRange range, float lrsSigma, float hrsSigma) {
        this(range, lrsSigma, hrsSigma, Optional.empty());
    }

    private static void requireSigma(String name, float sigma) {
        if (!(sigma >= 0f) || Float.isInfinite(sigma)) {
            throw new IllegalArgumentException(name + " must be at least 0, got " + sigma);
        }
    }

    @Override
    public String id() {
        return "ternary";
    }

    /** Two states per resistor, three per pair. */
    @Override
    public int levels() {
        return 2;
    }

    @Override
    public Optional<PairSense> pairSense() {
        return sense.map(amplifier -> amplifier);
    }

    @Override
    public long program(float[] target, float[] actual, RandomGenerator random) {
        Targets.copy(target, actual, range);
        float max = range.maxMicrosiemens();
        float middle = 0.5f * (range.minMicrosiemens() + max);
        for (int i = 0; i < actual.length; i++) {
            double sigma = actual[i] > middle ? lrsSigma : hrsSigma;
            double programmed = actual[i] * StrictMath.exp(sigma * random.nextGaussian());
            actual[i] = (float) Math.min(programmed, max);
        }
        return target.length;
    }
}
