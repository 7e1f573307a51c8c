/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

import java.util.Comparator;
import java.util.Objects;

/**
 * Names one array of numbers of a network. Ordered by node, then by role.
 *
 * @param node id of the layer that owns it
 */
public record ParameterId(int node, Role role) implements Comparable<ParameterId> {
    private static final Comparator<ParameterId> ORDER =
            Comparator.comparingInt(ParameterId::node).thenComparing(ParameterId::role);

    public ParameterId {
        Objects.requireNonNull(role);
    }

    /** The weights of a synapse node. */
    public static ParameterId weight(int node) {
        return new ParameterId(node, Role.WEIGHT);
    }

    @Override
    public int compareTo(ParameterId other) {
        return ORDER.compare(this, other);
    }
}
