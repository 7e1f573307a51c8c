/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The word by which the host knows that every kernel of a graph has run. A driver may refuse a launch and TornadoVM goes on
 * with the next one; the sum of those that ran is then too small.
 */
public final class Guard {
    private Guard() {}

    /**
     * Adds 1 to the guard. Every kernel begins with this; the kernels of a graph run one after the other, so that one thread of
     * each is enough.
     *
     * @param guard one entry
     */
    public static void passed(KernelContext c, IntArray guard) {
        if (c.globalIdx == 0 && c.globalIdy == 0 && c.globalIdz == 0) {
            guard.set(0, guard.get(0) + 1);
        }
    }
}
