/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Rectifies every value. */
final class ReluStage extends ActivationStage {
    private final float ceiling;

    ReluStage(Network.Node node, Stage input, Arena arena, Kernels kernels, Workers workers, int maps) {
        super(node, input, arena, kernels, workers, maps);
        this.ceiling = ((Layer.Relu) node.layer()).ceiling();
    }

    @Override
    void activate(MemorySegment map, long offset) {
        kernels.rectify(map, offset, ceiling, output.mapSize());
    }

    @Override
    boolean wantsGradient() {
        return input().wantsGradient();
    }

    /** A value lies between 0 and the ceiling where its rectified value does. */
    @Override
    void back(int worker, int map, int activated) {
        kernels.rectifyBackward(
                gradient, gradientOffset(map), output.dense, output.offset(activated), ceiling, output.mapSize());
    }
}
