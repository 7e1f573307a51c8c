/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.loop;

import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Parameters;

/** Arrays that layers of a network in training are written to and read from. */
public interface LoopArrays {
    /**
     * What a layer became on its arrays.
     *
     * @param plan that passes read
     * @param weights that the cells hold as far as is known, {@code [out, in, kh, kw]} or {@code [out, in]}
     */
    record Held(SynapsePlan.ArrayPlan plan, float[] weights) {}

    /**
     * Writes a layer; nothing is written where its arrays were last given just these weights.
     *
     * @param layer id of its node
     * @param network all parameters of the network at this moment, the weights that are to be written among them; kept by the
     *     caller
     */
    Held write(int layer, Parameters network);
}
