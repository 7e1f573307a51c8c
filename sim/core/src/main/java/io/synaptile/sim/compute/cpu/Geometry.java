/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Shape;

/**
 * Sizes of a synapse layer. A dense layer is a convolution whose kernel covers the whole map, so one set of kernels serves
 * both. Weight rows are {@code (ky * kernelWidth + kx) * in + ci}.
 */
record Geometry(
        int height,
        int width,
        int in,
        int kernelHeight,
        int kernelWidth,
        int stride,
        int padding,
        int outHeight,
        int outWidth,
        int out) {

    /**
     * Sizes of a node.
     *
     * @param map shape of the map the node reads, before any flattening
     */
    static Geometry of(Network.Node node, Shape map) {
        return switch (node.synapse()) {
            case Layer.Conv2d c ->
                new Geometry(
                        map.height(),
                        map.width(),
                        map.channels(),
                        c.kernel(),
                        c.kernel(),
                        c.stride(),
                        c.padding(),
                        node.out().height(),
                        node.out().width(),
                        c.outChannels());
            case Layer.Dense d ->
                new Geometry(
                        map.height(),
                        map.width(),
                        map.channels(),
                        map.height(),
                        map.width(),
                        1,
                        0,
                        1,
                        1,
                        d.outFeatures());
        };
    }

    int positions() {
        return height * width;
    }

    int outPositions() {
        return outHeight * outWidth;
    }

    int rows() {
        return kernelHeight * kernelWidth * in;
    }

    int inputs() {
        return positions() * in;
    }

    /** Whether the kernel covers the whole map. */
    boolean isDense() {
        return outHeight == 1 && outWidth == 1 && padding == 0 && kernelHeight == height && kernelWidth == width;
    }

    /**
     * Position of a weight in the canonical order {@code [out, in, kh, kw]}.
     *
     * @param row weight row
     */
    int canonical(int row, int output) {
        int ci = row % in;
        int tap = row / in;
        return (output * in + ci) * kernelHeight * kernelWidth + tap;
    }

    /** Output position that sees input position p under kernel tap (ky, kx), or -1. */
    int output(int p, int ky, int kx) {
        int y = p / width + padding - ky;
        int x = p % width + padding - kx;
        if (y < 0 || x < 0 || y % stride != 0 || x % stride != 0 || y / stride >= outHeight || x / stride >= outWidth) {
            return -1;
        }
        return y / stride * outWidth + x / stride;
    }
}
