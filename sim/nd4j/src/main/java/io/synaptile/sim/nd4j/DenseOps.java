/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.nd4j;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Shape;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Synapse and pooling layers on ND4J's own operations. Activity is {@code [B, C, H, W]}, all steps and samples in B; results
 * belong to the arena.
 */
final class DenseOps {
    private DenseOps() {}

    /** Output current {@code [B, out, oh, ow]} of a layer. */
    static INDArray synapse(Network.Node node, INDArray x, INDArray weights, Arena arena) {
        INDArray y = output(node.out(), x, arena);
        switch ((Layer.Synapse) node.layer()) {
            case Layer.Conv2d conv ->
                Nd4j.exec(DynamicCustomOp.builder("conv2d")
                        .addInputs(x, weights)
                        .addOutputs(y)
                        .addIntegerArguments(geometry(conv))
                        .build());
            case Layer.Dense _ -> Nd4j.matmul(matrix(x), weights, matrix(y), false, true, false);
        }
        return y;
    }

    /**
     * The same where all steps have the same input: a convolution is computed for the first and copied to the others. A dense
     * layer multiplies all steps at once, for the product of a single row adds in another order.
     *
     * @param x inputs of all steps, {@code [T, C, H, W]}
     */
    static INDArray steady(Network.Node node, INDArray x, INDArray weights, Arena arena) {
        if (node.layer() instanceof Layer.Dense) {
            return synapse(node, x, weights, arena);
        }
        int steps = (int) x.size(0);
        Shape in = node.in();
        float[] image = Arrays.copyOf(Arena.values(x), in.size());
        INDArray first = arena.of(image, 1, in.channels(), in.height(), in.width());
        float[] current = Arena.values(synapse(node, first, weights, arena));
        float[] all = new float[steps * current.length];
        for (int t = 0; t < steps; t++) {
            System.arraycopy(current, 0, all, t * current.length, current.length);
        }
        Shape out = node.out();
        return arena.of(all, steps, out.channels(), out.height(), out.width());
    }

    /**
     * Gradient of a layer.
     *
     * @param g gradient by its output, {@code [B, out, oh, ow]}
     * @param weightGradient overwritten, shape of the weights
     * @return gradient by its input, {@code [B, in, h, w]}
     */
    static INDArray synapseBackward(
            Network.Node node, INDArray x, INDArray weights, INDArray g, INDArray weightGradient, Arena arena) {
        INDArray dx = output(node.in(), x, arena);
        switch ((Layer.Synapse) node.layer()) {
            case Layer.Conv2d conv ->
                Nd4j.exec(DynamicCustomOp.builder("conv2d_bp")
                        .addInputs(x, weights, g)
                        .addOutputs(dx, weightGradient)
                        .addIntegerArguments(geometry(conv))
                        .build());
            case Layer.Dense _ -> {
                Nd4j.matmul(matrix(g), weights, matrix(dx), false, false, false);
                Nd4j.matmul(matrix(g), matrix(x), weightGradient, true, false, false);
            }
        }
        return dx;
    }

    /** Averages over windows, {@code [B, C, H / size, W / size]}. */
    static INDArray pool(Network.Node node, Layer.AvgPool pool, INDArray x, Arena arena) {
        INDArray y = output(node.out(), x, arena);
        Nd4j.exec(DynamicCustomOp.builder("avgpool2d")
                .addInputs(x)
                .addOutputs(y)
                .addIntegerArguments(window(pool))
                .build());
        return y;
    }

    /** Gradient by the input of {@link #pool}. */
    static INDArray poolBackward(Network.Node node, Layer.AvgPool pool, INDArray x, INDArray g, Arena arena) {
        INDArray dx = output(node.in(), x, arena);
        Nd4j.exec(DynamicCustomOp.builder("avgpool2d_bp")
                .addInputs(x, g)
                .addOutputs(dx)
                .addIntegerArguments(window(pool))
                .build());
        return dx;
    }

    private static INDArray output(Shape shape, INDArray x, Arena arena) {
        return arena.zeros(x.size(0), shape.channels(), shape.height(), shape.width());
    }

    private static INDArray matrix(INDArray x) {
        return x.reshape('c', x.size(0), x.length() / x.size(0));
    }

    /** Kernel, stride, padding, dilation, explicit padding, NCHW, weights as [out, in, kh, kw]. */
    private static int[] geometry(Layer.Conv2d conv) {
        int k = conv.kernel();
        int s = conv.stride();
        int p = conv.padding();
        return new int[] {k, k, s, s, p, p, 1, 1, 0, 0, 1};
    }

    /** Kernel, stride, padding, dilation, explicit padding, divisor without padding, NCHW. */
    private static int[] window(Layer.AvgPool pool) {
        int h = pool.height();
        int w = pool.width();
        return new int[] {h, w, h, w, 0, 0, 1, 1, 0, 0, 0};
    }
}
