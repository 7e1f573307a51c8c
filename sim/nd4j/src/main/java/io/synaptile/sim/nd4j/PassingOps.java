/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.nd4j;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Shape;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Layers without parameters on ND4J's own operations; activity is {@code [B, C, H, W]}, all steps and samples in B. */
final class PassingOps {
    private PassingOps() {}

    /** Result of a join. */
    static INDArray join(Layer.Join.Function function, List<INDArray> inputs, Arena arena) {
        INDArray joined = inputs.getFirst();
        for (INDArray other : inputs.subList(1, inputs.size())) {
            joined = switch (function) {
                case ADD -> arena.keep(joined.add(other));
                case AND -> arena.keep(joined.mul(other));
                case IAND -> arena.keep(arena.keep(joined.rsub(1)).mul(other));
            };
        }
        return joined;
    }

    /**
     * Derivative of a join by one of its inputs.
     *
     * @param other the other input of a function of two
     */
    static INDArray joinBackward(Layer.Join.Function function, int which, INDArray other, INDArray g, Arena arena) {
        return switch (function) {
            case ADD -> g;
            case AND -> arena.keep(g.mul(other));
            case IAND -> arena.keep(g.mul(arena.keep(which == 0 ? other.neg() : other.rsub(1))));
        };
    }

    /** Channels behind each other. */
    static INDArray concat(List<INDArray> inputs, Arena arena) {
        return arena.keep(Nd4j.concat(1, inputs.toArray(INDArray[]::new)));
    }

    /** A part of a vector as a map. */
    static INDArray part(INDArray x, Layer.Part part, Arena arena) {
        Shape shape = part.shape();
        return channels(x, part.first(), shape.size(), arena)
                .reshape('c', x.size(0), shape.channels(), shape.height(), shape.width());
    }

    /** Some of the channels, such as those of a gradient that belong to one input. */
    static INDArray channels(INDArray g, int first, int count, Arena arena) {
        return arena.keep(g.get(
                        NDArrayIndex.all(),
                        NDArrayIndex.interval(first, first + count),
                        NDArrayIndex.all(),
                        NDArrayIndex.all())
                .dup('c'));
    }

    /**
     * Largest values of windows, with the places they come from; ND4J's own pool does not say which of equal ones it takes.
     *
     * @param places by output value, in x
     */
    record Largest(INDArray values, int[] places) {}

    static Largest maxPool(Network.Node node, Layer.MaxPool pool, INDArray x, Arena arena) {
        Shape in = node.in();
        Shape out = node.out();
        float[] from = Arena.values(x);
        int maps = from.length / in.positions();
        float[] largest = new float[maps * out.positions()];
        int[] places = new int[largest.length];
        for (int i = 0; i < largest.length; i++) {
            int map = i / out.positions();
            int row = i % out.positions() / out.width();
            int column = i % out.width();
            largest[i] = Float.NEGATIVE_INFINITY;
            for (int line = pool.first(row); line < pool.end(row, in.height()); line++) {
                for (int cell = pool.first(column); cell < pool.end(column, in.width()); cell++) {
                    int at = (map * in.height() + line) * in.width() + cell;
                    if (from[at] > largest[i]) {
                        largest[i] = from[at];
                        places[i] = at;
                    }
                }
            }
        }
        return new Largest(arena.of(largest, x.size(0), out.channels(), out.height(), out.width()), places);
    }

    /** Hands each derivative to the place that its value came from. */
    static INDArray maxPoolBackward(INDArray x, int[] places, INDArray g, Arena arena) {
        float[] gradient = Arena.values(g);
        float[] to = new float[Math.toIntExact(x.length())];
        for (int i = 0; i < gradient.length; i++) {
            to[places[i]] += gradient[i];
        }
        return arena.of(to, x.shape());
    }
}
