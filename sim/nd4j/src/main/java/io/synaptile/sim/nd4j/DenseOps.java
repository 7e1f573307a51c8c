/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.nd4j;

import io.synaptile.sim.network.Extent;
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
                        .addInputs(x, widened(conv, weights, arena))
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
            case Layer.Conv2d conv -> {
                INDArray kernel = widened(conv, weights, arena);
                boolean same = conv.dilation().equals(Extent.square(1));
                INDArray kernelGradient = same ? weightGradient : arena.zeros(kernel.shape());
                Nd4j.exec(DynamicCustomOp.builder("conv2d_bp")
                        .addInputs(x, kernel, g)
                        .addOutputs(dx, kernelGradient)
                        .addIntegerArguments(geometry(conv))
                        .build());
                if (!same) {
                    weightGradient.data().setData(narrowed(conv, Arena.values(kernelGradient), weightGradient));
                }
            }
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

    /**
     * Weights of a kernel without gaps that does what a dilated one does: zeros stand in the gaps, for the library's own dilated
     * convolution refuses some shapes.
     */
    private static INDArray widened(Layer.Conv2d conv, INDArray weights, Arena arena) {
        if (conv.dilation().equals(Extent.square(1))) {
            return weights;
        }
        float[] values = Arena.values(weights);
        Extent wide = wide(conv);
        float[] widened = new float[values.length / conv.kernel().area() * wide.area()];
        for (int i = 0; i < values.length; i++) {
            widened[place(conv, wide, i)] = values[i];
        }
        return arena.of(widened, weights.size(0), weights.size(1), wide.lines(), wide.columns());
    }

    /** The taps of a gradient by widened weights. */
    private static float[] narrowed(Layer.Conv2d conv, float[] widened, INDArray weights) {
        float[] values = new float[Math.toIntExact(weights.length())];
        for (int i = 0; i < values.length; i++) {
            values[i] = widened[place(conv, wide(conv), i)];
        }
        return values;
    }

    private static Extent wide(Layer.Conv2d conv) {
        return new Extent(
                (conv.kernel().lines() - 1) * conv.dilation().lines() + 1,
                (conv.kernel().columns() - 1) * conv.dilation().columns() + 1);
    }

    private static int place(Layer.Conv2d conv, Extent wide, int weight) {
        int tap = weight % conv.kernel().area();
        int line = tap / conv.kernel().columns() * conv.dilation().lines();
        int column = tap % conv.kernel().columns() * conv.dilation().columns();
        return weight / conv.kernel().area() * wide.area() + line * wide.columns() + column;
    }

    private static INDArray output(Shape shape, INDArray x, Arena arena) {
        return arena.zeros(x.size(0), shape.channels(), shape.height(), shape.width());
    }

    private static INDArray matrix(INDArray x) {
        return x.reshape('c', x.size(0), x.length() / x.size(0));
    }

    /** Kernel, stride, padding, dilation, explicit padding, NCHW, weights as [out, in, kh, kw]. */
    private static int[] geometry(Layer.Conv2d conv) {
        Extent k = wide(conv);
        Extent s = conv.stride();
        Extent p = conv.padding();
        return new int[] {k.lines(), k.columns(), s.lines(), s.columns(), p.lines(), p.columns(), 1, 1, 0, 0, 1};
    }

    /** Kernel, stride, padding, dilation, explicit padding, divisor without padding, NCHW. */
    private static int[] window(Layer.AvgPool pool) {
        int h = pool.height();
        int w = pool.width();
        return new int[] {h, w, h, w, 0, 0, 1, 1, 0, 0, 0};
    }
}
