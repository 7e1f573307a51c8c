/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Extent;
import io.synaptile.sim.network.GroupedWeights;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Shape;

/**
 * Sizes of a synapse layer. A dense layer is a convolution whose kernel covers the whole map, so one set of kernels serves
 * both. Weight rows are {@code (ky * kernelWidth + kx) * in + ci}, those of all inputs also where channels are in groups.
 */
record Geometry(
        int height,
        int width,
        int in,
        Extent kernel,
        Extent stride,
        Extent padding,
        Extent dilation,
        int outHeight,
        int outWidth,
        int out,
        int groups) {

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
                        c.stride(),
                        c.padding(),
                        gaps(c),
                        node.out().height(),
                        node.out().width(),
                        c.outChannels(),
                        c.groups());
            case Layer.Dense d ->
                new Geometry(
                        map.height(),
                        map.width(),
                        map.channels(),
                        new Extent(map.height(), map.width()),
                        Extent.square(1),
                        Extent.square(0),
                        Extent.square(1),
                        1,
                        1,
                        d.outFeatures(),
                        1);
        };
    }

    /** Dilation of a kernel; a single tap has no neighbour, so that there its distance is 1 whatever was written. */
    private static Extent gaps(Layer.Conv2d conv) {
        return new Extent(
                conv.kernel().lines() == 1 ? 1 : conv.dilation().lines(),
                conv.kernel().columns() == 1 ? 1 : conv.dilation().columns());
    }

    int kernelHeight() {
        return kernel.lines();
    }

    int kernelWidth() {
        return kernel.columns();
    }

    /** First line under the kernel at an output line; may lie above the map. */
    int top(int outLine) {
        return outLine * stride.lines() - padding.lines();
    }

    /** First column under the kernel at an output column; may lie left of the map. */
    int left(int outColumn) {
        return outColumn * stride.columns() - padding.columns();
    }

    /** First kernel line at or after {@code ky} that lies in the map. */
    int firstLine(int top, int ky) {
        return Math.max(ky, Math.ceilDiv(-top, dilation.lines()));
    }

    /** First kernel line from which on all lie below the map, at most {@code ky}. */
    int endLine(int top, int ky) {
        return Math.min(ky, Math.ceilDiv(height - top, dilation.lines()));
    }

    /** Runs of neighbouring taps that a kernel line consists of: one, or as many as there are taps that have gaps between them. */
    int runs() {
        return dilation.columns() == 1 ? 1 : kernelWidth();
    }

    /** Taps of a run. */
    int runTaps() {
        return dilation.columns() == 1 ? kernelWidth() : 1;
    }

    int positions() {
        return height * width;
    }

    int outPositions() {
        return outHeight * outWidth;
    }

    int rows() {
        return kernel.area() * in;
    }

    int inputs() {
        return positions() * in;
    }

    /** Whether the kernel covers the whole map. */
    boolean isDense() {
        return outHeight == 1
                && outWidth == 1
                && padding.equals(Extent.square(0))
                && dilation.equals(Extent.square(1))
                && kernelHeight() == height
                && kernelWidth() == width;
    }

    /**
     * Position of a weight in the canonical order {@code [out, in / groups, kh, kw]}, or -1 where the output does not see the input.
     *
     * @param row weight row
     */
    int canonical(int row, int output) {
        return GroupedWeights.canonical(row, output, in, out, kernel.area(), groups);
    }

    /** Output position that sees input position p under kernel tap (ky, kx), or -1. */
    int output(int p, int ky, int kx) {
        int y = p / width + padding.lines() - ky * dilation.lines();
        int x = p % width + padding.columns() - kx * dilation.columns();
        int oy = y / stride.lines();
        int ox = x / stride.columns();
        boolean seen = y >= 0
                && x >= 0
                && oy * stride.lines() == y
                && ox * stride.columns() == x
                && oy < outHeight
                && ox < outWidth;
        return seen ? oy * outWidth + ox : -1;
    }
}
