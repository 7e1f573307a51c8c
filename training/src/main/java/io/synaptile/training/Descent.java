/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.training.optimise.Optimiser;
import io.synaptile.training.optimise.ParameterGroup;
import io.synaptile.training.optimise.Projection;
import io.synaptile.training.optimise.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How parameters move: update rule, learning rate and groups.
 *
 * @param schedule learning rate over the training
 */
public record Descent(Optimiser optimiser, Schedule schedule, ParameterGroups groups) {
    public Descent {
        Objects.requireNonNull(optimiser);
        Objects.requireNonNull(schedule);
        Objects.requireNonNull(groups);
    }

    /** All parameters in one group with a weight decay. */
    public static Descent of(Optimiser optimiser, Schedule schedule, float decay) {
        return new Descent(optimiser, schedule, ParameterGroups.all(ParameterGroup.decaying(decay)));
    }

    /** Slots of the optimiser before the first step: zeros, for every trainable parameter. */
    public SortedMap<String, Parameters> slots(Parameters parameters) {
        SortedMap<String, Parameters> slots = new TreeMap<>();
        for (String name : optimiser.slots()) {
            slots.put(name, parameters.trainable().zeros());
        }
        return slots;
    }

    /** Projects parameters as every step leaves them; those before the first step need it where they were drawn. */
    public void project(Network network, Parameters parameters) {
        parameters.forEach((id, values) -> project(network, id, values));
    }

    private void project(Network network, ParameterId id, float[] values) {
        for (Projection projection : groups.of(id).projections()) {
            projection.apply(values, network.node(id.node()).parameters(1).get(id.role()));
        }
    }

    /**
     * Moves one parameter by a step and projects it; it stays within what its role can be.
     *
     * @param values of the parameter, row-major; changed in place
     * @param gradient derivative of the loss by them
     * @param slots by name, changed in place
     * @param rate learning rate of the step
     * @param number of the step, from 1
     * @param epoch of the step, from 0
     */
    void move(
            Network network,
            ParameterId id,
            float[] values,
            float[] gradient,
            Map<String, Parameters> slots,
            float rate,
            long number,
            int epoch) {
        ParameterGroup group = groups.of(id);
        if (group.frozen()) {
            return;
        }
        List<float[]> own = new ArrayList<>();
        for (String name : optimiser.slots()) {
            own.add(slots.get(name).get(id));
        }
        float decay = groups.decaysIn(epoch) ? group.decay() : 0f;
        optimiser.step(
                values,
                gradient,
                own,
                new Optimiser.Update(rate * group.rateFactor(), decay, number, group.signPenalty()));
        project(network, id, values);
        for (int i = 0; id.role().isBounded() && i < values.length; i++) {
            // A value that is no longer a number stays none, and ends the training.
            values[i] =
                    Math.min(Math.max(values[i], id.role().least()), id.role().most());
        }
    }
}
