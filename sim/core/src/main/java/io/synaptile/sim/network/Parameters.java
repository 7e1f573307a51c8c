/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Parameters and buffers of a network by name: weights, scales, statistics. Nothing is special about weights. The set of names
 * is fixed; the arrays are shared with whoever gave them, row-major, and change as training goes on.
 */
public final class Parameters {
    private static final Parameters NONE = new Parameters(Map.of());

    private final SortedMap<ParameterId, float[]> values;

    private Parameters(Map<ParameterId, float[]> values) {
        this.values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** Those of a network without any. */
    public static Parameters none() {
        return NONE;
    }

    /** The arrays of a map, shared. */
    public static Parameters of(Map<ParameterId, float[]> values) {
        return new Parameters(values);
    }

    /** Weights by id of the synapse node, shared. */
    public static Parameters ofWeights(Map<Integer, float[]> weights) {
        Map<ParameterId, float[]> all = new TreeMap<>();
        weights.forEach((node, array) -> all.put(ParameterId.weight(node), array));
        return new Parameters(all);
    }

    /** State of norms by id of the norm node, its arrays shared. */
    public static Parameters ofNorms(Map<Integer, NormState> norms) {
        Map<ParameterId, float[]> all = new TreeMap<>();
        norms.forEach((node, norm) -> all.putAll(norm.parameters(node).values));
        return new Parameters(all);
    }

    /**
     * Values before training: every array at the {@linkplain Role#initial value of its role}.
     *
     * @param timeSteps rows of what layers hold for every step
     */
    public static Parameters initial(Network network, int timeSteps) {
        Map<ParameterId, float[]> all = new TreeMap<>();
        for (Network.Node node : network.nodes()) {
            node.parameters(timeSteps).forEach((role, shape) -> {
                float[] array = new float[Network.size(shape)];
                Arrays.fill(array, node.initial(role));
                all.put(new ParameterId(node.id(), role), array);
            });
        }
        return new Parameters(all);
    }

    /** All arrays, by node, then by role. */
    public SortedMap<ParameterId, float[]> values() {
        return values;
    }

    /** Calls for every array, by node, then by role. */
    public void forEach(BiConsumer<ParameterId, float[]> action) {
        values.forEach(action);
    }

    /** The array of that name. */
    public Optional<float[]> find(ParameterId id) {
        return Optional.ofNullable(values.get(id));
    }

    /**
     * The array of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public float[] get(ParameterId id) {
        float[] array = values.get(id);
        if (array == null) {
            throw new IllegalArgumentException("no " + id.role().id() + " of node " + id.node());
        }
        return array;
    }

    /**
     * A constant of a node's neurons or integrators, channel by channel.
     *
     * @param scope where it is kept
     * @param fixed its value where it is part of the layer
     * @return one entry per channel
     * @throws IllegalArgumentException if it should be here and is not
     */
    public float[] byChannel(Network.Node node, Role role, Scope scope, float fixed) {
        float[] channels = new float[node.out().channels()];
        float[] own = scope == Scope.FIXED ? new float[0] : get(new ParameterId(node.id(), role));
        scope.expand(fixed, own, channels);
        return channels;
    }

    /** Weights by id of the synapse node, the same arrays. */
    public SortedMap<Integer, float[]> weights() {
        TreeMap<Integer, float[]> weights = new TreeMap<>();
        values.forEach((id, array) -> {
            if (id.role() == Role.WEIGHT) {
                weights.put(id.node(), array);
            }
        });
        return Collections.unmodifiableSortedMap(weights);
    }

    /** State of every norm of a network that these belong to, by node id; the same arrays. */
    public SortedMap<Integer, NormState> norms(Network network) {
        TreeMap<Integer, NormState> norms = new TreeMap<>();
        for (Network.Node node : network.nodes()) {
            if (node.layer() instanceof Layer.StepNorm) {
                norms.put(node.id(), NormState.of(node, this));
            }
        }
        return Collections.unmodifiableSortedMap(norms);
    }

    /** Those whose name passes, the same arrays. */
    public Parameters only(Predicate<ParameterId> which) {
        TreeMap<ParameterId, float[]> kept = new TreeMap<>(values);
        kept.keySet().removeIf(which.negate());
        return new Parameters(kept);
    }

    /** Those that an optimiser moves, the same arrays. */
    public Parameters trainable() {
        return only(id -> id.role().isTrainable());
    }

    /** These arrays, with those of another set in place of the ones they share names with. */
    public Parameters with(Parameters others) {
        TreeMap<ParameterId, float[]> all = new TreeMap<>(values);
        all.putAll(others.values);
        return new Parameters(all);
    }

    /** The same with other weights, by id of the synapse node. */
    public Parameters withWeights(Map<Integer, float[]> weights) {
        return with(ofWeights(weights));
    }

    /** A deep copy. */
    public Parameters copy() {
        TreeMap<ParameterId, float[]> copies = new TreeMap<>();
        values.forEach((id, array) -> copies.put(id, array.clone()));
        return new Parameters(copies);
    }

    /** Arrays of zeros of the same names and lengths. */
    public Parameters zeros() {
        TreeMap<ParameterId, float[]> zeros = new TreeMap<>();
        values.forEach((id, array) -> zeros.put(id, new float[array.length]));
        return new Parameters(zeros);
    }

    /**
     * Copies these values into the arrays of another set.
     *
     * @throws IllegalArgumentException if it lacks an array, or one is of another length
     */
    public void copyInto(Parameters others) {
        values.forEach((id, array) -> {
            float[] into = others.get(id);
            if (into.length != array.length) {
                throw new IllegalArgumentException(
                        id.role().id() + " of node " + id.node() + ": " + array.length + " values for " + into.length);
            }
            System.arraycopy(array, 0, into, 0, array.length);
        });
    }

    /** Steps for which a layer's parameters hold rows: those of its scales where it is a norm, else 1. */
    public int steps(Network.Node node) {
        return node.layer() instanceof Layer.StepNorm
                ? Math.max(
                        1,
                        find(new ParameterId(node.id(), Role.GAMMA))
                                        .map(gamma -> gamma.length)
                                        .orElse(0)
                                / node.out().channels())
                : 1;
    }

    /**
     * Refuses a set in which a parameter of a network is missing or of another length, for as many time steps as its norms
     * have.
     *
     * @throws IllegalArgumentException naming the layer, the role and both lengths
     */
    public void require(Network network) {
        for (Network.Node node : network.nodes()) {
            require(node, steps(node), _ -> true);
        }
    }

    /**
     * The same for a number of time steps.
     *
     * @param which names that are asked for; others are not looked at
     */
    public void require(Network network, int timeSteps, Predicate<ParameterId> which) {
        for (Network.Node node : network.nodes()) {
            require(node, timeSteps, which);
        }
    }

    private void require(Network.Node node, int timeSteps, Predicate<ParameterId> which) {
        node.parameters(timeSteps).forEach((role, shape) -> {
            ParameterId id = new ParameterId(node.id(), role);
            float[] array = values.get(id);
            int found = array == null ? 0 : array.length;
            if (which.test(id) && found != Network.size(shape)) {
                throw new IllegalArgumentException("layer " + node.name() + ": " + found + " values of " + role.id()
                        + ", expected " + Network.size(shape));
            }
        });
    }

    /**
     * Refuses a set with a parameter that a network does not have.
     *
     * @throws IllegalArgumentException naming the node and the role
     */
    public void requireNothingElse(Network network) {
        for (ParameterId id : values.keySet()) {
            if (id.node() < 0
                    || id.node() >= network.nodes().size()
                    || !network.node(id.node()).parameters(1).containsKey(id.role())) {
                throw new IllegalArgumentException(
                        "network " + network.name() + " has no " + id.role().id() + " of node " + id.node());
            }
        }
    }
}
