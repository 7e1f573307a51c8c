/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The tasks of a layer of neurons. */
interface NeuronTasks {
    /** Sizes of the layer, see {@link io.synaptile.sim.tornado.kernel.G}. */
    IntArray sizes();

    /** Adds the forward pass over all steps. */
    Signal forward(Pass pass, boolean training);

    /**
     * Adds the backward pass.
     *
     * @param dy derivative by the spikes
     * @param dx receives the derivative by the current
     */
    void backward(Pass pass, FloatArray dy, FloatArray dx, int accumulate);
}
