/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

/**
 * Sees what happens inside a network while it runs: the only door to hidden activity, the same on every backend. What is seen
 * changes nothing that is computed. A probe is called on the thread that runs the network: sample by sample in their order,
 * within a sample node by node in the order of the network, within a node quantity by quantity, and within those step by step.
 */
public interface Probe {
    /** What can be seen of a node. */
    enum Quantity {
        /** Membrane potentials of neurons after the input of the step and before the reset, in the unit of the weights. */
        POTENTIAL,
        /** Its output: spikes (0 or 1) of neurons; currents of synapses, as converters read them where these are on arrays. */
        OUTPUT
    }

    /** Sees nothing. */
    Probe NONE = new Probe() {
        @Override
        public boolean wants(int node, Quantity quantity) {
            return false;
        }

        @Override
        public void see(View view, float[] values) {}
    };

    /**
     * Where values come from.
     *
     * @param node id
     * @param sample of the batch, from 0
     * @param step from 0
     */
    record View(int node, Quantity quantity, int sample, int step) {}

    /** Whether a quantity of a node is to be seen; asked as often as a backend likes, with the same answer every time. */
    boolean wants(int node, Quantity quantity);

    /**
     * Called once per sample and step for what is wanted and exists; a read-out has its result alone.
     *
     * @param values shape {@code [C, H, W]} of the node's output; valid during the call alone
     */
    void see(View view, float[] values);
}
