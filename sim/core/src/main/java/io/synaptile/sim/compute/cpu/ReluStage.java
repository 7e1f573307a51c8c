/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Rectifies every value; its maps are dense, one per sample where the input is constant. */
final class ReluStage extends Stage {
    private final Kernels kernels;
    private final Workers workers;
    private final float ceiling;
    private final Signal varying;
    private final Signal constant;

    ReluStage(Network.Node node, Stage input, Arena arena, Kernels kernels, Workers workers, int maps) {
        super(node, List.of(input));
        this.kernels = kernels;
        this.workers = workers;
        this.ceiling = ((Layer.Relu) node.layer()).ceiling();
        this.varying = Signal.dense(arena, node.out(), kernels.lanes(), maps, false);
        this.constant = varying.asConstant();
        this.output = varying;
    }

    @Override
    void prepareTraining(Arena arena, int maps) {
        super.prepareTraining(arena, maps);
        shareGradient();
    }

    @Override
    void forward(Batch batch) {
        Signal in = input().output;
        output = in.constant ? constant : varying;
        workers.run(in.constant ? batch.samples() : batch.maps(), (_, map) -> {
            long at = output.offset(map);
            if (in.isEvents()) {
                in.scatter(map, output.dense, at);
            } else {
                MemorySegment.copy(in.dense, in.offset(map), output.dense, at, (long) in.mapSize() * Float.BYTES);
            }
            kernels.rectify(output.dense, at, ceiling, output.mapSize());
        });
    }

    @Override
    boolean wantsGradient() {
        return input().wantsGradient();
    }

    /** A value lies between 0 and the ceiling where its rectified value does. */
    @Override
    void backward(Batch batch) {
        Stage source = input();
        if (!source.wantsGradient()) {
            return;
        }
        boolean shared = gradient.equals(source.gradient);
        boolean add = source.contribute();
        batch.each(workers, (_, map) -> {
            long at = gradientOffset(map);
            long from = output.offset(output.map(map / batch.steps(), map % batch.steps(), batch.steps()));
            kernels.rectifyBackward(gradient, at, output.dense, from, ceiling, output.mapSize());
            if (!shared) {
                Gradients.pass(kernels, gradient, at, source, map, add);
            }
        });
    }
}
