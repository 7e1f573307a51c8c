/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellFault;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellPlaces;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.LevelList;
import io.synaptile.devices.PairSense;
import io.synaptile.devices.ShiftedWord;
import io.synaptile.devices.Targets;
import io.synaptile.devices.WriteCost;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;

/** A cell of a plug-in, whose answers are checked before anything is computed from them. */
final class GuardedCell implements CellModel {
    private final CellModel cell;
    private final Guard guard;
    private final String id;
    private final ConductanceRange range;
    private final int levels;
    private final Optional<LevelList> levelList;
    private final Optional<PairSense> pairSense;
    private final Optional<ShiftedWord> shiftedWord;

    GuardedCell(CellModel cell, Guard guard) {
        this.cell = cell;
        this.guard = guard;
        this.id = guard.call("id", cell::id);
        this.range = guard.call("range", cell::range);
        this.levels = guard.call("levels", cell::levels);
        if (id == null || range == null) {
            throw guard.broke("has no " + (id == null ? "id" : "range"));
        }
        if (levels < 2) {
            throw guard.broke("has " + levels + " levels; a cell must have at least 2");
        }
        this.levelList = guard.call("levelList", cell::levelList);
        if (levelList == null || levelList.isPresent() && !fits(levelList.get())) {
            throw guard.broke("has a levelList that is not one of its " + levels
                    + " levels from one end of its range to the other");
        }
        this.pairSense = asked("pairSense", cell::pairSense).map(this::guarded);
        this.shiftedWord = asked("shiftedWord", cell::shiftedWord);
    }

    private <T> Optional<T> asked(String capability, Callable<Optional<T>> question) {
        Optional<T> answer = guard.call(capability, question);
        if (answer == null) {
            throw guard.broke("gave null in " + capability);
        }
        return answer;
    }

    private PairSense guarded(PairSense amplifier) {
        return (positive, negative, of) -> {
            guard.call("pairSense.decide", () -> {
                amplifier.decide(positive, negative, of);
                return positive;
            });
            guard.requireConductances("pairSense.decide", positive);
            guard.requireConductances("pairSense.decide", negative);
        };
    }

    private boolean fits(LevelList list) {
        return list.microsiemens().size() == levels && list.range().equals(range);
    }

    @Override
    public Optional<LevelList> levelList() {
        return levelList;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public ConductanceRange range() {
        return range;
    }

    @Override
    public int levels() {
        return levels;
    }

    @Override
    public long program(float[] target, float[] actual, RandomGenerator random) {
        return checked(target, actual, (asked, reached) -> cell.program(asked, reached, random));
    }

    @Override
    public long program(float[] target, float[] actual, CellPlaces places, RandomGenerator random) {
        return checked(target, actual, (asked, reached) -> cell.program(asked, reached, places, random));
    }

    /** One of the two ways to program. */
    private interface Write {
        long pulses(float[] asked, float[] reached);
    }

    private long checked(float[] target, float[] actual, Write write) {
        float[] asked = new float[actual.length];
        Targets.copy(target, asked, range);
        float[] reached = Guard.unwritten(actual.length);
        long pulses = guard.call("program", () -> write.pulses(asked, reached));
        guard.requireConductances("program", reached);
        if (pulses < 0) {
            throw guard.broke("counted " + pulses + " pulses in program; a number of pulses is at least 0");
        }
        System.arraycopy(reached, 0, actual, 0, actual.length);
        return pulses;
    }

    @Override
    public byte[] faults(CellPlaces places, RandomGenerator random) {
        byte[] faults = guard.call("faults", () -> cell.faults(places, random));
        if (faults == null || faults.length != places.cells()) {
            throw guard.broke("gave " + (faults == null ? "no" : faults.length) + " faults for " + places.cells()
                    + " cells in faults");
        }
        for (byte fault : faults) {
            if (fault != CellFault.NONE && fault != CellFault.OFF && fault != CellFault.ON) {
                throw guard.broke("gave " + fault + " in faults; a fault is -1, 0 or 1");
            }
        }
        return faults.clone();
    }

    @Override
    public void age(float[] target, float[] programmed, float[] aged, Age age, RandomGenerator random) {
        float[] later = Guard.unwritten(aged.length);
        guard.call("age", () -> {
            cell.age(target.clone(), programmed.clone(), later, age, random);
            return later;
        });
        guard.requireConductances("age", later);
        System.arraycopy(later, 0, aged, 0, aged.length);
    }

    @Override
    public void readMoments(
            float[] programmed, float[] held, float[] mean, float[] sigma, Age age, RandomGenerator random) {
        float[] means = Guard.unwritten(mean.length);
        float[] spreads = Guard.unwritten(sigma.length);
        guard.call("readMoments", () -> {
            cell.readMoments(programmed.clone(), held.clone(), means, spreads, age, random);
            return means;
        });
        guard.requireConductances("readMoments", means);
        guard.requireConductances("readMoments (sigma)", spreads);
        System.arraycopy(means, 0, mean, 0, mean.length);
        System.arraycopy(spreads, 0, sigma, 0, sigma.length);
    }

    @Override
    public OptionalDouble readVolts() {
        OptionalDouble volts = guard.call("readVolts", cell::readVolts);
        if (volts == null || volts.isPresent() && !(volts.getAsDouble() > 0 && Double.isFinite(volts.getAsDouble()))) {
            throw guard.broke("gave " + volts + " in readVolts; a read voltage is above 0");
        }
        return volts;
    }

    @Override
    public Optional<PairSense> pairSense() {
        return pairSense;
    }

    @Override
    public Optional<ShiftedWord> shiftedWord() {
        return shiftedWord;
    }

    @Override
    public WriteCost writeCost() {
        WriteCost cost = guard.call("writeCost", cell::writeCost);
        if (cost == null) {
            throw guard.broke("has no writeCost");
        }
        return cost;
    }
}
