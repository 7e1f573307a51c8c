/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Role;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Turns values into rates of a threshold, a running maximum times a scale. */
final class RateNormStage extends ActivationStage {
    private final Layer.RateNorm layer;
    private final float[] maximum;
    private final float[] scale;
    private final float[] scaleGradient = new float[1];
    private float threshold;
    /** By map: its largest value in training. */
    private float[] largest;
    /** By map and channel: sums of rates times derivatives. */
    private float[][] partial;

    RateNormStage(Network.Node node, Stage input, Arena arena, Kernels kernels, Workers workers, int maps) {
        super(node, input, arena, kernels, workers, maps);
        this.layer = (Layer.RateNorm) node.layer();
        maximum = new float[] {node.initial(Role.RUNNING_MAX)};
        scale = new float[] {node.initial(Role.SCALE)};
    }

    @Override
    float[] parameter(Role role) {
        return switch (role) {
            case RUNNING_MAX -> maximum;
            case SCALE -> scale;
            default -> null;
        };
    }

    @Override
    float[] parameterGradient(Role role) {
        return role == Role.SCALE ? scaleGradient : null;
    }

    @Override
    void prepareTraining(Arena arena, int maps) {
        super.prepareTraining(arena, maps);
        largest = new float[maps];
        partial = new float[maps][output.padded];
    }

    @Override
    void prepare(Batch batch) {
        if (batch.training()) {
            workers.run(maps(batch), (_, map) -> largest[map] = largest(map));
            float all = 0f;
            for (int map = 0; map < maps(batch); map++) {
                all = Math.max(all, largest[map]);
            }
            maximum[0] = layer.follow(maximum[0], all);
        }
        threshold = layer.threshold(maximum[0], scale[0]);
    }

    private float largest(int map) {
        Signal in = input().output;
        if (!in.isEvents()) {
            return kernels.largest(in.dense, in.offset(map), in.mapSize());
        }
        copy(map, output.dense, output.offset(map));
        return kernels.largest(output.dense, output.offset(map), output.mapSize());
    }

    @Override
    void activate(MemorySegment map, long offset) {
        kernels.rate(map, offset, threshold, output.mapSize());
    }

    @Override
    void back(int worker, int map, int activated) {
        Arrays.fill(partial[map], 0f);
        kernels.rateBackward(
                gradient,
                gradientOffset(map),
                output.dense,
                output.offset(activated),
                threshold,
                output.shape.positions(),
                output.padded,
                partial[map]);
    }

    @Override
    void finish(Batch batch) {
        scaleGradient[0] = layer.byScale(maximum[0], scale[0], total(partial, batch));
    }
}
