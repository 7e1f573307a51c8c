/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.resistive;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellDraws;
import io.synaptile.devices.CellDraws.Effect;
import io.synaptile.devices.CellFault;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellPlaces;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.LevelList;
import io.synaptile.devices.Targets;
import io.synaptile.devices.WriteCost;
import io.synaptile.devices.drift.Ageing;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * A multilevel resistive cell: a write misses its target, some cells are stuck, conductances change with time and temperature,
 * a read is noisy.
 *
 * <p>Programming draws one normal per cell, then one uniform per cell from the caller's generator, for variation and stuck
 * cells, whatever the spreads and probabilities are. All other effects of a write draw {@link CellDraws} keyed by the bits of
 * the first of these normals, so that they need no further words. Ageing and reading draw one word, the key of theirs.
 *
 * @param id kind of cell
 * @param range programmable conductances, uS; a minimum of 0 is the ideal off state
 * @param levels at least 2, linear in conductance unless they are listed
 * @param levelList all levels, where they are no equal steps; from one end of the range to the other
 */
public record ResistiveCell(
        String id,
        ConductanceRange range,
        int levels,
        Optional<LevelList> levelList,
        Writing writing,
        Lifetime lifetime,
        Reading reading,
        WriteCost writeCost)
        implements CellModel {
    public ResistiveCell {
        Objects.requireNonNull(id);
        Objects.requireNonNull(range);
        Objects.requireNonNull(levelList);
        Objects.requireNonNull(writing);
        Objects.requireNonNull(lifetime);
        Objects.requireNonNull(reading);
        Objects.requireNonNull(writeCost);
        if (levels < 2) {
            throw new IllegalArgumentException("cell '" + id + "' needs at least 2 levels, got " + levels);
        }
    }

    /** A cell whose levels are equal steps. */
    public ResistiveCell(
            String id,
            ConductanceRange range,
            int levels,
            Writing writing,
            Lifetime lifetime,
            Reading reading,
            WriteCost writeCost) {
        this(id, range, levels, Optional.empty(), writing, lifetime, reading, writeCost);
    }

    /** A cell that stays as written, is read exactly, and has no known cost of a write. */
    public static ResistiveCell of(String id, ConductanceRange range, int levels, Writing writing) {
        return new ResistiveCell(id, range, levels, writing, Lifetime.STABLE, Reading.EXACT, WriteCost.UNKNOWN);
    }

    @Override
    public long program(float[] target, float[] actual, RandomGenerator random) {
        return program(target, actual, new CellPlaces.Apart(target.length), random);
    }

    @Override
    public long program(float[] target, float[] actual, CellPlaces places, RandomGenerator random) {
        Targets.copy(target, actual, range);
        int cells = actual.length;
        if (cells == 0) {
            return 0;
        }
        double[] normals = new double[cells];
        for (int i = 0; i < cells; i++) {
            normals[i] = random.nextGaussian();
        }
        long key = Double.doubleToLongBits(normals[0]);
        writing.shared().apply(normals, places, key);
        float[] aim = actual.clone();
        float[] limit = new float[cells];
        Arrays.fill(limit, range.maxMicrosiemens());
        if (!writing.rangeSpread().isNone()) {
            writing.rangeSpread().apply(actual, limit, range, CellDraws.of(key, Effect.RANGE_SPREAD));
        }
        for (int i = 0; i < cells; i++) {
            double reached = writing.variation().reached(actual[i], range, normals[i]);
            if (Double.isNaN(reached)) {
                throw new IllegalArgumentException(
                        "cell '" + id + "': programming.* gives no number for a target of " + actual[i] + " uS");
            }
            actual[i] = (float) Math.clamp(reached, 0d, limit[i]);
        }
        long pulses = writing.verify()
                .apply(aim, actual, limit, range, this::verifySigma, CellDraws.of(key, Effect.WRITE_VERIFY));
        CellFault.apply(marked(places, key, random), actual, range);
        return pulses;
    }

    @Override
    public byte[] faults(CellPlaces places, RandomGenerator random) {
        if (writing.isFaultless()) {
            return new byte[places.cells()];
        }
        long key = 0;
        for (int i = 0; i < places.cells(); i++) {
            double normal = random.nextGaussian();
            key = i == 0 ? Double.doubleToLongBits(normal) : key;
        }
        return marked(places, key, random);
    }

    /** The fault map, after the normals of a write have been drawn. */
    private byte[] marked(CellPlaces places, long key, RandomGenerator random) {
        byte[] faults = new byte[places.cells()];
        writing.stuck().mark(faults, random);
        writing.endurance().mark(faults, CellDraws.of(key, Effect.ENDURANCE));
        writing.stuck().pattern().mark(faults, places, key);
        return faults;
    }

    /** Spread of the read after a pulse; a telegraph signal plays no part in it. */
    private double verifySigma(double conductance) {
        return Math.sqrt(reading.variance(conductance, conductance, Age.NONE, range));
    }

    /**
     * {@inheritDoc} Effects act in their order; no conductance falls below 0. Stuck cells age like the others.
     *
     * @throws IllegalArgumentException also if a conductance grows beyond all bounds
     */
    @Override
    public void age(float[] target, float[] programmed, float[] aged, Age age, RandomGenerator random) {
        requireSameLength(programmed, target);
        requireSameLength(programmed, aged);
        long key = random.nextLong();
        Age felt = lifetime.acceleration().felt(age);
        System.arraycopy(programmed, 0, aged, 0, programmed.length);
        for (Ageing effect : lifetime.effects()) {
            effect.requireCovered(felt);
            CellDraws draws = CellDraws.of(key, effect.effect());
            for (int i = 0; i < aged.length; i++) {
                aged[i] = (float) Math.max(effect.aged(target[i], aged[i], felt, draws.at(i)), 0);
                if (!Float.isFinite(aged[i])) {
                    throw new IllegalArgumentException(
                            "cell '" + id + "': no finite conductance is left after " + age.seconds() + " s at "
                                    + age.kelvin() + " K; check drift.*, retention.* and temperature.*");
                }
            }
        }
    }

    @Override
    public void readMoments(
            float[] programmed, float[] held, float[] mean, float[] sigma, Age age, RandomGenerator random) {
        requireSameLength(programmed, held);
        requireSameLength(programmed, mean);
        requireSameLength(programmed, sigma);
        CellDraws draws = CellDraws.of(random.nextLong(), Effect.RANDOM_TELEGRAPH);
        boolean switching = reading.telegraph().probability() > 0;
        for (int i = 0; i < held.length; i++) {
            double variance = reading.variance(programmed[i], held[i], age, range);
            double seen = reading.curve().effective(held[i]);
            if (switching) {
                double amplitude = reading.telegraph().amplitude(programmed[i], range, draws.at(i));
                variance += seen * seen * reading.telegraph().varianceFactor(amplitude);
                seen *= reading.telegraph().meanFactor(amplitude);
            }
            mean[i] = (float) seen;
            sigma[i] = (float) Math.sqrt(variance);
            if (!Float.isFinite(sigma[i]) || !Float.isFinite(mean[i])) {
                throw new IllegalArgumentException("cell '" + id + "': a read of " + held[i]
                        + " uS has no finite moments; check read.*, read_noise.* and iv.*");
            }
        }
    }

    @Override
    public OptionalDouble readVolts() {
        return reading.volts();
    }

    private static void requireSameLength(float[] programmed, float[] other) {
        if (programmed.length != other.length) {
            throw new IllegalArgumentException(
                    programmed.length + " programmed conductances with an array of " + other.length);
        }
    }
}
