/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.nd4j;

import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Shape;

/** Counts what an event-driven machine would do in a layer that is computed densely here. */
final class ActivityCounter {
    private final int[] fanOut;

    /**
     * @param weights {@code [out, in, kh, kw]} or {@code [out, in]}
     */
    ActivityCounter(Network.Node node, float[] weights) {
        this.fanOut = switch ((Layer.Synapse) node.layer()) {
            case Layer.Conv2d conv -> convolution(conv, node.in(), node.out(), weights);
            case Layer.Dense _ -> nonZeroColumns(weights, node.in().size());
        };
    }

    /**
     * Adds the calls of one sample.
     *
     * @param x inputs of all steps, {@code [T, C, H, W]}
     */
    void count(float[] x, LayerActivity activity) {
        for (int t = 0; t < activity.timeSteps(); t++) {
            int events = 0;
            long met = 0;
            boolean accumulates = true;
            for (int i = 0; i < fanOut.length; i++) {
                float value = x[t * fanOut.length + i];
                if (value != 0f) {
                    events++;
                    met += fanOut[i];
                    accumulates &= value == 1f || value == -1f;
                }
            }
            activity.events[t] += events;
            if (accumulates) {
                activity.effectiveAcs[t] += met;
            } else {
                activity.effectiveMacs[t] += met;
            }
        }
    }

    private static int[] nonZeroColumns(float[] weights, int columns) {
        int[] nonZero = new int[columns];
        for (int i = 0; i < weights.length; i++) {
            nonZero[i % columns] += weights[i] != 0f ? 1 : 0;
        }
        return nonZero;
    }

    /** Non-zero weights that each input value meets; taps that would land outside the output do not count. */
    private static int[] convolution(Layer.Conv2d conv, Shape in, Shape out, float[] weights) {
        int area = conv.kernel().area();
        int width = conv.kernel().columns();
        int[] perTap = nonZeroColumns(weights, in.channels() * area);
        int[] fan = new int[in.size()];
        for (int i = 0; i < fan.length; i++) {
            int c = i / in.positions();
            int y = i % in.positions() / in.width();
            int x = i % in.width();
            for (int tap = 0; tap < area; tap++) {
                if (lands(y - conv.line(0, tap / width), conv.stride().lines(), out.height())
                        && lands(x - conv.column(0, tap % width), conv.stride().columns(), out.width())) {
                    fan[i] += perTap[c * area + tap];
                }
            }
        }
        return fan;
    }

    private static boolean lands(int offset, int stride, int extent) {
        return offset >= 0 && offset % stride == 0 && offset / stride < extent;
    }
}
