/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.nd4j;

import io.synaptile.sim.network.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A number added to every channel; activity is seen as {@code [B, C, H * W]}, all steps and samples in B. */
final class BiasOps {
    private BiasOps() {}

    /** {@code y = x + bias}. */
    static INDArray add(float[] bias, Shape shape, INDArray x, Arena arena) {
        INDArray y = arena.keep(byChannel(x, shape).add(arena.of(bias, 1, bias.length, 1)));
        return y.reshape('c', x.shape());
    }

    /**
     * Sum of a gradient by channel.
     *
     * @param into overwritten
     */
    static void backward(Shape shape, INDArray g, float[] into, Arena arena) {
        float[] sums = Arena.values(arena.keep(byChannel(g, shape).sum(0, 2)));
        System.arraycopy(sums, 0, into, 0, sums.length);
    }

    private static INDArray byChannel(INDArray x, Shape shape) {
        return x.reshape('c', x.size(0), shape.channels(), shape.positions());
    }
}
