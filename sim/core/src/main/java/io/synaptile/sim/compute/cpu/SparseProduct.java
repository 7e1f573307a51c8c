/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The weights of a layer that are not 0, and its product with maps of which each costs as much as there are such weights,
 * however many of its inputs are 0. Per output the same terms are added in the same order as by the other kernels, those of
 * weights of 0 left out.
 *
 * <p>Vectors run along output positions, for dense layers along maps: each weight is read once for many of them, and neither
 * its row nor its column need be full. Inputs therefore lie in planes, one per input channel with the border of zeros that the
 * kernel reaches into, for dense layers one per input with a value per map.
 */
final class SparseProduct {
    /** Share of weights that are not 0 above which they are not listed: the other kernels are faster then. */
    private static final double LISTED = 0.4;
    /** Share of inputs that are not 0, over the share of weights that are not, above which this product is faster; measured by SparseWeightsBenchmark. */
    private static final double BREAK_EVEN = 0.6;
    /** Maps that a dense layer takes at a time; as many planes as it has inputs then stay in the second cache. */
    static final int MAPS = 64;
    /** Fewer do not fill a vector. */
    private static final int FEWEST_MAPS = 8;

    private final Kernels kernels;
    private final Geometry g;
    /** Columns of a plane. */
    private final int line;

    private final int plane;
    private final float[][] planes;

    /** Place of the first weight of each output, and of none behind the last. */
    final int[] start;
    /** Offset among the planes of the input at output position 0; for dense layers the input itself. */
    int[] place = new int[0];

    float[] value = new float[0];
    private int count;

    SparseProduct(Kernels kernels, Geometry g, int threads) {
        this.kernels = kernels;
        this.g = g;
        this.line = g.width() + 2 * g.padding().columns();
        this.plane = line * (g.height() + 2 * g.padding().lines());
        this.planes = new float[threads][];
        this.start = new int[g.out() + 1];
    }

    /** Whether a layer of this geometry can be multiplied so. */
    static boolean suits(Geometry g) {
        boolean near = g.stride().lines() == 1 && g.stride().columns() == 1 && g.groups() == 1;
        return near && (g.isDense() || (long) g.in() * (g.height() + 2L * g.padding().lines())
                * (g.width() + 2L * g.padding().columns()) < Integer.MAX_VALUE >> 2);
    }

    /**
     * Takes the weights of the next passes.
     *
     * @param canonical {@code [out, in, kh, kw]}
     * @return whether so many are 0 that they are listed
     */
    boolean set(float[] canonical) {
        count = 0;
        for (float weight : canonical) {
            count += weight == 0f ? 0 : 1;
        }
        if (count > LISTED * canonical.length) {
            return false;
        }
        if (place.length < count) {
            place = new int[count];
            value = new float[count];
        }
        int taps = g.kernel().area();
        int at = 0;
        for (int o = 0; o < g.out(); o++) {
            start[o] = at;
            for (int tap = 0; tap < taps; tap++) {
                int ky = tap / g.kernelWidth();
                int kx = tap % g.kernelWidth();
                int reached = ky * g.dilation().lines() * line + kx * g.dilation().columns();
                int from = o * g.in() * taps + tap;
                for (int c = 0; c < g.in(); c++) {
                    float weight = canonical[from + c * taps];
                    if (weight != 0f) {
                        place[at] = g.isDense() ? tap * g.in() + c : c * plane + reached;
                        value[at++] = weight;
                    }
                }
            }
        }
        start[g.out()] = at;
        return true;
    }

    /**
     * Whether maps are multiplied faster so than event by event.
     *
     * @param events in all maps; as many as there are inputs where they are analogue
     */
    boolean pays(long events, int maps) {
        double active = (double) events / ((double) g.inputs() * maps);
        return active > BREAK_EVEN * count / ((double) g.rows() * g.out()) && (!g.isDense() || maps >= FEWEST_MAPS);
    }

    /**
     * Currents of maps {@code [from, to)}, which for a convolution is one map.
     *
     * @param out overwritten
     */
    void multiply(Signal in, int from, int to, Signal out, int worker) {
        if (!g.isDense()) {
            float[] a = planes(worker, g.in() * plane);
            for (int p = 0; p < g.positions(); p++) {
                int x = p % g.width();
                int at = (p / g.width() + g.padding().lines()) * line + x + g.padding().columns();
                fill(in, from, p, x * g.in(), a, at, plane);
            }
            int positions = (g.outHeight() - 1) * line + g.outWidth();
            kernels.sparseProduct(
                    a, 1, this, positions, line, g.outWidth(), out.dense, out.offset(from), out.padded);
            return;
        }
        for (int first = from; first < to; first += MAPS) {
            int maps = Math.min(MAPS, to - first);
            float[] a = planes(worker, g.inputs() * maps);
            for (int m = 0; m < maps; m++) {
                for (int p = 0; p < g.positions(); p++) {
                    int x = p % g.width();
                    fill(in, first + m, p, x * g.in(), a, p * g.in() * maps + m, maps);
                }
            }
            kernels.sparseProduct(a, maps, this, maps, maps, maps, out.dense, out.offset(first), out.padded);
        }
    }

    /** Planes of zeros, with room behind them for a kernel that reads on. */
    private float[] planes(int worker, int size) {
        int room = size + kernels.sparseRoom();
        if (planes[worker] == null || planes[worker].length < room) {
            planes[worker] = new float[room];
        } else {
            Arrays.fill(planes[worker], 0, size, 0f);
        }
        return planes[worker];
    }

    /** Writes the values of one position, {@code step} apart from channel to channel. */
    private void fill(Signal in, int map, int p, int firstIndex, float[] a, int at, int step) {
        if (in.isEvents()) {
            EventMap events = in.events[map];
            for (int e = events.start[p]; e < events.start[p + 1]; e++) {
                a[at + (events.index[e] - firstIndex) * step] = events.binary ? 1f : events.value[e];
            }
            return;
        }
        long offset = in.offset(map) + (long) p * in.padded * Float.BYTES;
        for (int c = 0; c < g.in(); c++) {
            a[at + c * step] = in.dense.get(ValueLayout.JAVA_FLOAT, offset + (long) c * Float.BYTES);
        }
    }
}
