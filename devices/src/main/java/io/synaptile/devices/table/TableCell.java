/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.table;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.Targets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A cell as it was measured: level k of the range is state k of a table, and what a write of that state reaches is drawn from
 * the table. Where measured states are not equal steps, the difference is an error of the cell, as it is on a chip that
 * addresses states by number.
 *
 * <p>A write draws one normal per cell. Ageing draws one normal per cell and time of the relaxation table, so a cell moves
 * along one curve through all ages. No conductance falls below 0.
 */
final class TableCell implements CellModel {
    private static final double SAME_KELVIN = 5;

    private final StateTable states;
    private final RelaxationTable relaxation;
    private final double kelvin;
    private final double scale;
    private final double readSigma;
    private final ConductanceRange range;

    /**
     * @param relaxation null for a cell that stays as programmed
     * @param kelvin temperature that the relaxation was measured at
     * @param scale factor on the distance of a write from the middle of its state
     * @param readSigma standard deviation of a read, uS
     */
    TableCell(StateTable states, RelaxationTable relaxation, double kelvin, double scale, double readSigma) {
        this.states = states;
        this.relaxation = relaxation;
        this.kelvin = kelvin;
        this.scale = scale;
        this.readSigma = readSigma;
        this.range = states.range();
    }

    @Override
    public String id() {
        return "table";
    }

    @Override
    public ConductanceRange range() {
        return range;
    }

    @Override
    public int levels() {
        return states.states();
    }

    @Override
    public long program(float[] target, float[] actual, RandomGenerator random) {
        Targets.copy(target, actual, range);
        for (int i = 0; i < actual.length; i++) {
            double state = state(actual[i]);
            double middle = states.reached(state, 0);
            double reached = middle + scale * (states.reached(state, random.nextGaussian()) - middle);
            actual[i] = (float) Math.max(0, reached);
        }
        return actual.length;
    }

    @Override
    public void age(float[] target, float[] programmed, float[] aged, Age age, RandomGenerator random) {
        if (relaxation == null || age.seconds() == 0) {
            System.arraycopy(programmed, 0, aged, 0, programmed.length);
            return;
        }
        double last = relaxation.seconds()[relaxation.times() - 1];
        if (age.seconds() > last) {
            throw new IllegalArgumentException("an age of " + age.seconds()
                    + " s is beyond the relaxation table of this" + " cell, which ends at " + last + " s");
        }
        if (Math.abs(age.kelvin() - kelvin) > SAME_KELVIN) {
            throw new IllegalArgumentException("the relaxation table of this cell is for " + kelvin
                    + " K (temperature_K), got " + age.kelvin() + " K");
        }
        double[] normals = new double[relaxation.times()];
        for (int i = 0; i < programmed.length; i++) {
            for (int j = 0; j < normals.length; j++) {
                normals[j] = random.nextGaussian();
            }
            double moved = relaxation.moved(state(target[i]), age.seconds(), normals);
            aged[i] = (float) Math.max(0, programmed[i] + moved);
        }
    }

    @Override
    public void readMoments(
            float[] programmed, float[] held, float[] mean, float[] sigma, Age age, RandomGenerator random) {
        System.arraycopy(held, 0, mean, 0, held.length);
        Arrays.fill(sigma, (float) readSigma);
    }

    /** Position of a target among the states, 0 to the last. */
    private double state(float target) {
        double steps = (double) (target - range.minMicrosiemens()) / range.span() * (states.states() - 1);
        return Math.clamp(steps, 0, states.states() - 1);
    }
}
