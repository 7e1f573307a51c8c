/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.network.ParameterId;
import io.synaptile.training.optimise.ParameterGroup;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Which group each parameter of a network belongs to.
 *
 * @param others group of every parameter that is not named; its weight decay is not for roles that do not decay
 * @param named groups of single parameters
 * @param decayEpochs first epochs in which weights decay; 0 for all
 */
public record ParameterGroups(ParameterGroup others, Map<ParameterId, ParameterGroup> named, int decayEpochs) {
    public ParameterGroups {
        if (decayEpochs < 0) {
            throw new IllegalArgumentException("epochs with weight decay must be at least 0, got " + decayEpochs);
        }
        Objects.requireNonNull(others);
        named = Collections.unmodifiableMap(new TreeMap<>(named));
    }

    /** Groups whose weights decay to the end. */
    public ParameterGroups(ParameterGroup others, Map<ParameterId, ParameterGroup> named) {
        this(others, named, 0);
    }

    /** Whether weights decay in an epoch, from 0. */
    public boolean decaysIn(int epoch) {
        return decayEpochs == 0 || epoch < decayEpochs;
    }

    /** All parameters in one group. */
    public static ParameterGroups all(ParameterGroup group) {
        return new ParameterGroups(group, Map.of());
    }

    /** Group of a parameter. */
    public ParameterGroup of(ParameterId id) {
        return named.getOrDefault(id, id.role().decays() ? others : others.withDecay(0f));
    }

    /** Whether all parameters move alike, without factor, projection or exception. */
    public boolean isPlain() {
        return decayEpochs == 0 && others.isPlain() && named.values().stream().allMatch(others::equals);
    }
}
