/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping;

import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.network.GroupedWeights;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Shape;

/** The obvious execution of one layer, with exact conversion and double sums; inputs and outputs in the order c, h, w. */
public final class TileExecutor {
    private TileExecutor() {}

    /** Output of canonical weights. */
    public static double[] dense(Network.Node node, float[] weights, float[] x) {
        Shape out = node.out();
        float[] spread = GroupedWeights.spread(node, weights);
        int fanIn = node.ungrouped().fanIn();
        double[] y = new double[out.size()];
        for (int i = 0; i < y.length; i++) {
            int output = i / out.positions();
            for (int k = 0; k < fanIn; k++) {
                int at = input(node, i % out.positions(), k);
                y[i] += at < 0 ? 0 : (double) x[at] * spread[output * fanIn + k];
            }
        }
        return y;
    }

    /** Output of tiles; counts into step {@code t}. */
    public static double[] tiled(Network.Node node, LayerArrays plan, float[] x, LayerActivity activity, int t) {
        int positions = node.out().positions();
        double[] y = new double[node.out().size()];
        for (float value : x) {
            activity.events[t] += value != 0f ? 1 : 0;
        }
        for (int position = 0; position < positions; position++) {
            double[] rows = rows(node, position, x);
            for (int sign = 1; sign >= -1; sign -= 2) {
                int reads = 0;
                for (int tile = 0; tile < plan.grid().rowTiles(); tile++) {
                    reads += readTile(plan, rows, sign, tile, y, position, positions, activity, t) ? 1 : 0;
                }
                activity.tileReads[t] += reads;
                activity.activePositions[t] += Math.min(reads, 1);
            }
        }
        return y;
    }

    private static boolean readTile(
            LayerArrays plan,
            double[] rows,
            int sign,
            int tile,
            double[] y,
            int position,
            int positions,
            LayerActivity activity,
            int t) {
        boolean driven = false;
        for (int r = plan.grid().firstRow(tile); r < plan.grid().endRow(tile); r++) {
            double value = sign * rows[r];
            if (value <= 0) {
                continue;
            }
            driven = true;
            activity.rowDrives[t] += value;
            activity.load[t] += value * plan.costs().load()[r];
            for (int o = 0; o < plan.outputs(); o++) {
                for (int p = 0; p < plan.cells().count(); p++) {
                    y[o * positions + position] +=
                            sign * value * plan.cells().gain()[p] * plan.cells().values()[p][r * plan.outputs() + o];
                }
            }
        }
        return driven;
    }

    /** Inputs of the rows of a tile matrix, in the order the plan's contract gives. */
    private static double[] rows(Network.Node node, int position, float[] x) {
        int channels = node.in().channels();
        double[] rows = new double[node.ungrouped().fanIn()];
        for (int r = 0; r < rows.length; r++) {
            int taps = rows.length / channels;
            int at = input(node, position, r % channels * taps + r / channels);
            rows[r] = at < 0 ? 0 : x[at];
        }
        return rows;
    }

    /** Index of the input that weight k of an output meets at a position, -1 on the border. */
    private static int input(Network.Node node, int position, int k) {
        if (!(node.layer() instanceof Layer.Conv2d conv)) {
            return k;
        }
        Shape in = node.in();
        int c = k / conv.kernel().area();
        int tap = k % conv.kernel().area();
        int y = conv.line(position / node.out().width(), tap / conv.kernel().columns());
        int x = conv.column(position % node.out().width(), tap % conv.kernel().columns());
        boolean inside = y >= 0 && y < in.height() && x >= 0 && x < in.width();
        return inside ? (c * in.height() + y) * in.width() + x : -1;
    }
}
