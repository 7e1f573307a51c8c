/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.tornado.kernel.G;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Sizes of layers as kernels read them, and the tables that spare kernels divisions. */
final class Sizes {
    private Sizes() {}

    /** Sizes of a node that reads a map of a shape; a dense layer is a convolution whose kernel covers the map. */
    static IntArray of(Network.Node node, Shape in) {
        int[] g = new int[G.SIZE];
        g[G.HEIGHT] = in.height();
        g[G.WIDTH] = in.width();
        g[G.CHANNELS] = in.channels();
        g[G.OUT_HEIGHT] = node.out().height();
        g[G.OUT_WIDTH] = node.out().width();
        g[G.OUT_CHANNELS] = node.out().channels();
        g[G.NODE] = node.id();
        g[G.STRIDE] = 1;
        g[G.STRIDE_X] = 1;
        g[G.DILATION] = 1;
        g[G.DILATION_X] = 1;
        switch (node.layer()) {
            case Layer.Conv2d conv -> {
                g[G.KERNEL_HEIGHT] = conv.kernel().lines();
                g[G.KERNEL_WIDTH] = conv.kernel().columns();
                g[G.STRIDE] = conv.stride().lines();
                g[G.STRIDE_X] = conv.stride().columns();
                g[G.PADDING] = conv.padding().lines();
                g[G.PADDING_X] = conv.padding().columns();
                g[G.DILATION] = conv.dilation().lines();
                g[G.DILATION_X] = conv.dilation().columns();
            }
            case Layer.Dense _ -> {
                g[G.KERNEL_HEIGHT] = in.height();
                g[G.KERNEL_WIDTH] = in.width();
            }
            case Layer.AvgPool pool -> {
                g[G.KERNEL_HEIGHT] = pool.height();
                g[G.KERNEL_WIDTH] = pool.width();
            }
            case Layer.MaxPool pool -> {
                g[G.KERNEL_HEIGHT] = pool.size();
                g[G.KERNEL_WIDTH] = pool.size();
                g[G.STRIDE] = pool.stride();
                g[G.PADDING] = pool.padding();
            }
            case Layer.StepNorm norm -> {
                g[G.NORM_STEPS] = norm.shared() ? 1 : 2;
                g[G.NORM_OFFSET] = norm.offset() ? 1 : 0;
            }
            case Layer.Bias _ -> g[G.NORM_STEPS] = 1;
            case Layer.Flatten _,
                    Layer.Part _,
                    Layer.Dropout _,
                    Layer.Activation _,
                    Layer.Neuron _,
                    Layer.Join _,
                    Layer.Concat _,
                    Layer.Integrator _,
                    Layer.Delay _,
                    Layer.ReadOut _ -> {}
        }
        g[G.ROWS] = g[G.KERNEL_HEIGHT] * g[G.KERNEL_WIDTH] * in.channels();
        return IntArray.fromArray(g);
    }

    /** Sizes of a map, such as the network's input, as the output of kernels that write it. */
    static IntArray ofMap(Shape shape) {
        int[] g = new int[G.SIZE];
        g[G.OUT_HEIGHT] = shape.height();
        g[G.OUT_WIDTH] = shape.width();
        g[G.OUT_CHANNELS] = shape.channels();
        return IntArray.fromArray(g);
    }

    /** Line of a kernel tap at the first output line; may lie above the map. */
    static int line(int tap, IntArray g) {
        return tap / g.get(G.KERNEL_WIDTH) * g.get(G.DILATION) - g.get(G.PADDING);
    }

    /** Column of a kernel tap at the first output column. */
    static int column(int tap, IntArray g) {
        return tap % g.get(G.KERNEL_WIDTH) * g.get(G.DILATION_X) - g.get(G.PADDING_X);
    }

    /** By weight row: offset in lines, in columns and in values from the corner of a window. */
    static IntArray rowTaps(IntArray g) {
        int rows = g.get(G.ROWS);
        int channels = g.get(G.CHANNELS);
        IntArray taps = new IntArray(3 * rows);
        for (int row = 0; row < rows; row++) {
            int tap = row / channels;
            int dy = line(tap, g);
            int dx = column(tap, g);
            taps.set(3 * row, dy);
            taps.set(3 * row + 1, dx);
            taps.set(3 * row + 2, (dy * g.get(G.WIDTH) + dx) * channels + row % channels);
        }
        return taps;
    }

    /** By kernel tap and output channel: offset in lines, in columns, the channel, and the place of the tap's first weight. */
    static IntArray outputTaps(IntArray g) {
        int outputs = g.get(G.OUT_CHANNELS);
        int terms = g.get(G.KERNEL_HEIGHT) * g.get(G.KERNEL_WIDTH) * outputs;
        IntArray taps = new IntArray(4 * terms);
        for (int term = 0; term < terms; term++) {
            int tap = term / outputs;
            taps.set(4 * term, line(tap, g));
            taps.set(4 * term + 1, column(tap, g));
            taps.set(4 * term + 2, term % outputs);
            taps.set(4 * term + 3, tap * g.get(G.CHANNELS) * outputs + term % outputs);
        }
        return taps;
    }
}
