/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The tasks of a layer of neurons. */
interface NeuronTasks {
    /** Sizes of the layer, see {@link io.synaptile.sim.tornado.kernel.G}. */
    IntArray sizes();

    /**
     * Adds the forward pass over all steps.
     *
     * @param kept whether potentials are kept
     */
    Signal forward(Pass pass, boolean kept);

    /** Arrays that hold kept potentials. */
    Object[] potentials();

    /**
     * A kept potential, once its array is on the host.
     *
     * @param index in {@code [steps, samples, positions, channels]}
     * @param half whether signals are in half precision
     */
    float potential(int index, boolean half);

    /**
     * Adds the backward pass.
     *
     * @param dy derivative by the spikes
     * @param dx receives the derivative by the current
     */
    void backward(Pass pass, FloatArray dy, FloatArray dx, int accumulate);
}
