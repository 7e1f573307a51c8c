/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Role;
import java.lang.foreign.Arena;
import java.util.Arrays;

/** Adds a number to every channel. */
final class BiasStage extends AffineStage {
    /** By channel. */
    private final float[] bias;

    private final float[] biasGradient;
    private final float[] ones;
    private final float[] padded;
    /** By map: sum of the derivatives of each channel. */
    private float[][] partial;

    BiasStage(Network.Node node, Stage input, Kernels kernels, Workers workers) {
        super(node, input, kernels, workers);
        bias = new float[node.out().channels()];
        biasGradient = new float[bias.length];
        padded = new float[Blocks.padded(bias.length, kernels.lanes())];
        ones = new float[padded.length];
        Arrays.fill(ones, 1f);
    }

    @Override
    float[] parameter(Role role) {
        return role == Role.BIAS ? bias : null;
    }

    @Override
    float[] parameterGradient(Role role) {
        return role == Role.BIAS ? biasGradient : null;
    }

    @Override
    float[] gain(int step) {
        return ones;
    }

    @Override
    float[] offset(int step) {
        return padded;
    }

    @Override
    void prepareTraining(Arena arena, int maps) {
        super.prepareTraining(arena, maps);
        shareGradient();
        partial = new float[maps][padded.length];
    }

    @Override
    void forward(Batch batch) {
        System.arraycopy(bias, 0, padded, 0, bias.length);
        apply(batch, isFused() ? null : denseInput(batch));
    }

    @Override
    void backward(Batch batch) {
        int positions = node.out().positions();
        int maps = gradientMaps(batch);
        double steps = derivatives.byStep() ? 1 : batch.steps();
        workers.run(maps, (_, map) -> {
            Arrays.fill(partial[map], 0f);
            kernels.channelSums(gradient, gradientOffset(map), positions, padded.length, partial[map]);
        });
        for (int c = 0; c < bias.length; c++) {
            double sum = 0;
            for (int map = 0; map < maps; map++) {
                sum += partial[map][c];
            }
            biasGradient[c] = (float) (steps * sum);
        }
        Stage source = input();
        if (!source.wantsGradient() || gradient.equals(source.gradient)) {
            return;
        }
        boolean add = source.contribute();
        workers.run(maps, (_, map) -> Gradients.pass(kernels, gradient, gradientOffset(map), source, map, add));
    }
}
