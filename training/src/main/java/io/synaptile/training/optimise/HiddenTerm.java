/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import io.synaptile.sim.compute.HiddenOutputs;
import java.util.Map;
import java.util.Set;

/** A part of a loss that looks at outputs of hidden layers. */
public interface HiddenTerm {
    /** Ids of the layers, each of which training {@linkplain HiddenOutputs#has shows}. */
    Set<Integer> nodes();

    /**
     * The term and its derivatives for a batch.
     *
     * @param outputs by node, {@code [samples, steps, C, H, W]}, not changed
     * @param gradients by node, receives the derivatives by the outputs, same shape
     */
    double evaluate(Map<Integer, float[]> outputs, Map<Integer, float[]> gradients);
}
