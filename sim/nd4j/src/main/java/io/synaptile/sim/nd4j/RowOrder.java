/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.nd4j;

import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.network.Extent;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;

/**
 * Order of the rows of a tiled matrix, {@code (ky * kw + kx) * Cin + ci}. A dense layer is a kernel as large as its map, which
 * it meets at one position.
 */
record RowOrder(Network.Node node, Layer.Conv2d kernel) {
    static RowOrder of(Network.Node node) {
        return switch (node.synapse()) {
            case Layer.Conv2d conv -> new RowOrder(node, conv);
            case Layer.Dense dense ->
                new RowOrder(
                        node,
                        new Layer.Conv2d(
                                dense.outFeatures(),
                                new Extent(node.in().height(), node.in().width()),
                                Extent.square(1),
                                Extent.square(0),
                                Extent.square(1)));
        };
    }

    /** Number of rows. */
    int rows() {
        return node.fanIn();
    }

    /**
     * Where the input of each row lies in {@code [C, H, W]}, or -1 on the zero border.
     *
     * @return {@code [positions, rows]}
     */
    int[] inputs() {
        int channels = node.in().channels();
        int[] inputs = new int[node.out().positions() * rows()];
        for (int i = 0; i < inputs.length; i++) {
            int position = i / rows();
            int tap = i % rows() / channels;
            int width = kernel.kernel().columns();
            int y = kernel.line(position / node.out().width(), tap / width);
            int x = kernel.column(position % node.out().width(), tap % width);
            boolean inside =
                    y >= 0 && y < node.in().height() && x >= 0 && x < node.in().width();
            int channel = i % channels;
            inputs[i] = inside ? (channel * node.in().height() + y) * node.in().width() + x : -1;
        }
        return inputs;
    }

    /**
     * Marks the weights that count as operations.
     *
     * @return 1 or 0 per weight, {@code [out, in, kh, kw]} or {@code [out, in]}
     */
    float[] nonZero(LayerArrays arrays) {
        int channels = node.in().channels();
        int taps = kernel.kernel().area();
        int outputs = node.weightShape()[0];
        boolean[] operations = arrays.operations();
        float[] weights = new float[rows() * outputs];
        for (int i = 0; i < weights.length; i++) {
            int row = i / outputs;
            int output = i % outputs;
            boolean any = operations[i];
            weights[(output * channels + row % channels) * taps + row / channels] = any ? 1f : 0f;
        }
        return weights;
    }
}
