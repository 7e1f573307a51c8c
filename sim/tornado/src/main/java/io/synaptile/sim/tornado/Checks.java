/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.network.Network;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What inference and training check and prepare alike. */
final class Checks {
    private Checks() {}

    /** @throws IllegalArgumentException if the images are not of the network's size */
    static void input(Network network, InputBatch batch) {
        if (batch.pixels() != network.input().size()) {
            throw new IllegalArgumentException("images of " + batch.pixels() + " pixels, the network reads "
                    + network.input() + " = " + network.input().size());
        }
    }

    /** Choices of kernel: dense everywhere, until activity has been measured. */
    static IntArray choices(Network network) {
        IntArray choice = new IntArray(1 + network.synapses().size());
        choice.init(1);
        return choice;
    }
}
