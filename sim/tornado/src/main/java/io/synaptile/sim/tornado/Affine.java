/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.network.Network;
import io.synaptile.sim.tornado.kernel.NormKernels;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * What a norm or a bias does to each channel: {@code gain * x + offset}.
 *
 * @param gain {@code [steps, C]}, as the offset
 * @param steps 1 if all steps share them, as {@link io.synaptile.sim.tornado.kernel.G#NORM_STEPS}
 */
record Affine(FloatArray gain, FloatArray offset, int steps) {
    /** Adds the maps themselves, where anything but neurons reads them. */
    Signal apply(Pass pass, String task, Network.Node node, Signal input, IntArray g) {
        Graph graph = pass.graph;
        Signal out = pass.memory.signal(node.out(), false, false);
        graph.task(
                graph.threads(task, (long) pass.memory.maps(false) * node.out().size()),
                NormKernels::apply,
                input.single(),
                input.halves(),
                gain,
                offset,
                out.single(),
                out.halves(),
                g,
                pass.run,
                pass.sixteen);
        return out;
    }
}
