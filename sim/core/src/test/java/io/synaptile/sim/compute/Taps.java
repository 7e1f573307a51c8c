/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Shape;

/** Which input meets which weight for which output; the only place where the reference knows a layer's geometry. */
final class Taps {
    private Taps() {}

    /** One multiplication: {@code output[out] += weight[weight] * input[in]}. */
    interface Tap {
        void at(int out, int in, int weight);
    }

    /** Visits every multiplication of one sample, taps on the zero border left out. */
    static void synapse(Network.Node node, Tap tap) {
        switch ((Layer.Synapse) node.layer()) {
            case Layer.Conv2d conv -> convolution(node.in(), node.out(), conv, tap);
            case Layer.Dense dense -> {
                int inputs = node.in().size();
                for (int o = 0; o < dense.outFeatures(); o++) {
                    for (int i = 0; i < inputs; i++) {
                        tap.at(o, i, o * inputs + i);
                    }
                }
            }
        }
    }

    private static void convolution(Shape in, Shape out, Layer.Conv2d conv, Tap tap) {
        int lines = conv.kernel().lines();
        int columns = conv.kernel().columns();
        for (int o = 0; o < out.channels(); o++) {
            for (int oy = 0; oy < out.height(); oy++) {
                for (int ox = 0; ox < out.width(); ox++) {
                    int first = conv.firstInput(o, in.channels());
                    int seen = in.channels() / conv.groups();
                    for (int c = 0; c < seen; c++) {
                        for (int ky = 0; ky < lines; ky++) {
                            for (int kx = 0; kx < columns; kx++) {
                                int y = conv.line(oy, ky);
                                int x = conv.column(ox, kx);
                                if (y >= 0 && y < in.height() && x >= 0 && x < in.width()) {
                                    tap.at(
                                            index(out, o, oy, ox),
                                            index(in, first + c, y, x),
                                            ((o * seen + c) * lines + ky) * columns + kx);
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /** Visits every input of every pooling window of one sample line by line; the weight index is always 0. */
    static void pool(Network.Node node, int height, int width, int strideY, int strideX, Tap tap) {
        Shape out = node.out();
        for (int c = 0; c < out.channels(); c++) {
            for (int oy = 0; oy < out.height(); oy++) {
                for (int ox = 0; ox < out.width(); ox++) {
                    for (int y = oy * strideY; y < oy * strideY + height; y++) {
                        for (int x = ox * strideX; x < ox * strideX + width; x++) {
                            tap.at(index(out, c, oy, ox), index(node.in(), c, y, x), 0);
                        }
                    }
                }
            }
        }
    }

    /** Visits every input of every window of a pool of largest values, line by line; the weight index is always 0. */
    static void maxPool(Network.Node node, Layer.MaxPool pool, Tap tap) {
        Shape in = node.in();
        Shape out = node.out();
        for (int o = 0; o < out.size(); o++) {
            int top = o % out.positions() / out.width() * pool.stride() - pool.padding();
            int left = o % out.width() * pool.stride() - pool.padding();
            for (int y = top; y < top + pool.size(); y++) {
                for (int x = left; x < left + pool.size(); x++) {
                    if (y >= 0 && y < in.height() && x >= 0 && x < in.width()) {
                        tap.at(o, index(in, o / out.positions(), y, x), 0);
                    }
                }
            }
        }
    }

    /** Row of a tiled matrix that holds a weight, as {@link ArrayGrid} numbers them. */
    static int row(Network.Node node, int weight) {
        int rest = weight % node.fanIn();
        return switch ((Layer.Synapse) node.layer()) {
            case Layer.Conv2d conv -> {
                int area = conv.kernel().area();
                yield rest % area * node.in().channels() + rest / area;
            }
            case Layer.Dense _ ->
                rest % node.in().positions() * node.in().channels()
                        + rest / node.in().positions();
        };
    }

    private static int index(Shape shape, int c, int y, int x) {
        return (c * shape.height() + y) * shape.width() + x;
    }
}
