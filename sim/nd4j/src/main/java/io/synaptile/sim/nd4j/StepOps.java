/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.nd4j;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers that join one step with the next, but for neurons. Activity is {@code [T * N, C, H, W]}, step by step. */
final class StepOps {
    private StepOps() {}

    /** The values of the step before, 0 at the first. */
    static INDArray delayed(INDArray x, int steps, Arena arena) {
        INDArray y = arena.zeros(x.shape());
        for (int t = 1; t < steps; t++) {
            rows(y, steps).getRow(t).assign(rows(x, steps).getRow(t - 1));
        }
        return y;
    }

    /** Gradient by the input of {@link #delayed}. */
    static INDArray delayedBackward(INDArray g, int steps, Arena arena) {
        INDArray dx = arena.zeros(g.shape());
        for (int t = 1; t < steps; t++) {
            rows(dx, steps).getRow(t - 1).assign(rows(g, steps).getRow(t));
        }
        return dx;
    }

    /** Leaky sums; equation in {@link Layer.Integrator}. */
    static INDArray integrate(
            Network.Node node, Layer.Integrator layer, Parameters parameters, INDArray x, int steps, Arena arena) {
        INDArray y = arena.keep(x.mul(layer.inputGain()));
        INDArray v = rows(y, steps);
        INDArray leak = leak(node, layer, parameters, (int) v.size(1), arena);
        for (int t = 1; t < steps; t++) {
            v.getRow(t, true).addi(arena.keep(v.getRow(t - 1, true).mul(leak)));
        }
        return y;
    }

    /**
     * Gradient by the input of {@link #integrate}.
     *
     * @param y what it has given
     * @param byLeak receives the derivative by the layer's leaks
     */
    static INDArray integrateBackward(
            Network.Node node,
            Layer.Integrator layer,
            Parameters parameters,
            INDArray y,
            INDArray g,
            float[] byLeak,
            int steps,
            Arena arena) {
        INDArray dx = arena.keep(g.dup('c'));
        INDArray delta = rows(dx, steps);
        INDArray v = rows(y, steps);
        INDArray leak = leak(node, layer, parameters, (int) v.size(1), arena);
        INDArray sums = arena.zeros(1, v.size(1));
        for (int t = steps - 1; t > 0; t--) {
            sums.addi(arena.keep(delta.getRow(t, true).mul(v.getRow(t - 1, true))));
            delta.getRow(t - 1, true).addi(arena.keep(delta.getRow(t, true).mul(leak)));
        }
        Shape shape = node.out();
        double[] byChannel = new double[shape.channels()];
        float[] values = Arena.values(sums);
        for (int i = 0; i < values.length; i++) {
            byChannel[i / shape.positions() % shape.channels()] += values[i];
        }
        layer.learned().collect(byChannel, byLeak);
        return dx.muli(layer.inputGain());
    }

    private static INDArray leak(
            Network.Node node, Layer.Integrator layer, Parameters parameters, int values, Arena arena) {
        float[] leaks = parameters.byChannel(node, Role.LEAK, layer.learned(), layer.leak());
        return perValue(leaks, node.out(), values, arena);
    }

    /** A constant of every channel at each of the values of a step, {@code [1, values]}. */
    static INDArray perValue(float[] byChannel, Shape shape, int values, Arena arena) {
        float[] all = new float[values];
        for (int i = 0; i < values; i++) {
            all[i] = byChannel[i / shape.positions() % shape.channels()];
        }
        return arena.of(all, 1, values);
    }

    private static INDArray rows(INDArray x, int steps) {
        return x.reshape('c', steps, x.length() / steps);
    }
}
