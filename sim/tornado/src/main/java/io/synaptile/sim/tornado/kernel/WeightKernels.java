/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** Order of the weights on the device: {@code [rows, out]}, row {@code (ky * kw + kx) * in + ci}. */
public final class WeightKernels {
    private WeightKernels() {}

    /** Place in {@code [out, in, kh, kw]} of the weight at place i on the device. */
    public static int canonical(int i, IntArray g) {
        int outChannels = g.get(G.OUT_CHANNELS);
        int channels = g.get(G.CHANNELS);
        int row = i / outChannels;
        int o = i - row * outChannels;
        int tap = row / channels;
        int k = row - tap * channels;
        return (o * channels + k) * g.get(G.KERNEL_HEIGHT) * g.get(G.KERNEL_WIDTH) + tap;
    }

    /**
     * Puts weights in the device's order. One thread per weight.
     *
     * @param weights {@code [out, in, kh, kw]}
     */
    public static void pack(
            KernelContext c,
            IntArray guard,
            FloatArray weights,
            FloatArray wf,
            ShortArray wh,
            IntArray g,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        if (i < g.get(G.ROWS) * g.get(G.OUT_CHANNELS)) {
            Half.store(wf, wh, sixteen, i, weights.get(canonical(i, g)));
        }
    }
}
