/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Role;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Quantises every value to levels between 0 and a threshold that is trained. */
final class QcfsStage extends ActivationStage {
    private final int levels;
    private final float[] threshold;
    private final float[] thresholdGradient = new float[1];
    /** By worker: a map of the input, in training. */
    private MemorySegment[] scratch;
    /** By map and channel: sums of derivatives times what the threshold changes, in thresholds. */
    private float[][] partial;

    QcfsStage(Network.Node node, Stage input, Arena arena, Kernels kernels, Workers workers, int maps) {
        super(node, input, arena, kernels, workers, maps);
        levels = ((Layer.Qcfs) node.layer()).levels();
        threshold = new float[] {node.initial(Role.THRESHOLD)};
    }

    @Override
    float[] parameter(Role role) {
        return role == Role.THRESHOLD ? threshold : null;
    }

    @Override
    float[] parameterGradient(Role role) {
        return role == Role.THRESHOLD ? thresholdGradient : null;
    }

    @Override
    void prepareTraining(Arena arena, int maps) {
        super.prepareTraining(arena, maps);
        partial = new float[maps][output.padded];
        scratch = new MemorySegment[workers.threads()];
        Arrays.setAll(scratch, _ -> Aligned.floats(arena, output.mapSize()));
    }

    @Override
    void activate(MemorySegment map, long offset) {
        kernels.quantise(map, offset, threshold[0], levels, output.mapSize());
    }

    /** Where the levels end does not follow from the values: below half a level and below -1/2 they are 0. */
    @Override
    void back(int worker, int map, int activated) {
        Arrays.fill(partial[map], 0f);
        copy(activated, scratch[worker], 0);
        kernels.quantiseBackward(
                gradient,
                gradientOffset(map),
                scratch[worker],
                0,
                threshold[0],
                levels,
                output.shape.positions(),
                output.padded,
                partial[map]);
    }

    @Override
    void finish(Batch batch) {
        thresholdGradient[0] = (float) (total(partial, batch) / threshold[0]);
    }
}
