/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import java.util.Arrays;

/**
 * The weights of a layer that are not 0, and its product with maps of spikes, which costs as much as there are such weights,
 * however many spikes there are. Per output the same terms are added in the same order as by the other kernels, those of
 * weights of 0 left out.
 *
 * <p>Vectors run along output positions, for dense layers along maps, not along outputs: a weight is then read once for many
 * of them, and neither its row nor its column need be full. Spikes lie in planes of bits, one per input channel with the border
 * that the kernel reaches into, for dense layers a word per input with a bit per map; they stay in the nearest cache, and are
 * the masks of the additions.
 */
final class SparseProduct {
    /** Share of weights that are not 0 above which they are not listed: the other kernels are faster then. */
    private static final double LISTED = 0.4;
    /** Maps that a dense layer takes at a time. */
    static final int MAPS = Long.SIZE;

    private final Kernels kernels;
    private final Geometry g;
    /** Columns of a plane. */
    private final int line;
    /** Words of a plane. */
    private final int plane;

    private final long[][] spikes;
    /** Output positions or maps that a list is walked for, whole words. */
    private final int walked;

    /** Place of the first weight of each output, and of none behind the last. */
    final int[] start;
    /** Bit that the weight meets at output position or map 0. */
    int[] place = new int[0];

    float[] value = new float[0];
    private int count;

    SparseProduct(Kernels kernels, Geometry g, int threads) {
        this.kernels = kernels;
        this.g = g;
        this.line = g.isDense() ? MAPS : g.width() + 2 * g.padding().columns();
        this.plane = g.isDense() ? 1 : words(g);
        this.spikes = new long[threads][];
        int positions = g.isDense() ? MAPS : (g.outHeight() - 1) * line + g.outWidth();
        this.walked = Math.ceilDiv(positions, Long.SIZE) * Long.SIZE;
        this.start = new int[g.out() + 1];
    }

    private static int words(Geometry g) {
        int columns = g.width() + 2 * g.padding().columns();
        return Math.ceilDiv(columns * (g.height() + 2 * g.padding().lines()), Long.SIZE);
    }

    /** Whether a layer of this geometry can be multiplied so: bits have numbers, and neighbours at an output are neighbours. */
    static boolean suits(Geometry g) {
        long bits = Long.SIZE * (g.isDense() ? (long) g.inputs() : (long) g.in() * words(g));
        boolean near = g.stride().lines() == 1 && g.stride().columns() == 1;
        return g.groups() == 1 && (g.isDense() || near) && bits < Integer.MAX_VALUE >> 1;
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
                int reached =
                        ky * g.dilation().lines() * line + kx * g.dilation().columns();
                int from = o * g.in() * taps + tap;
                for (int c = 0; c < g.in(); c++) {
                    float weight = canonical[from + c * taps];
                    if (weight != 0f) {
                        place[at] = g.isDense() ? (tap * g.in() + c) * MAPS : c * plane * Long.SIZE + reached;
                        value[at++] = weight;
                    }
                }
            }
        }
        start[g.out()] = at;
        return true;
    }

    /** Whether maps of spikes {@code [from, to)} are multiplied faster so than event by event. */
    boolean pays(Signal in, int from, int to) {
        if (!in.isEvents()) {
            return false;
        }
        long events = 0;
        for (int map = from; map < to; map++) {
            if (!in.events(map).binary) {
                return false;
            }
            events += in.events(map).count();
        }
        int taps = g.isDense() ? 1 : g.kernel().area();
        int walks = g.isDense() ? Math.ceilDiv(to - from, MAPS) : to - from;
        return (double) events * taps * g.out() > kernels.sparseBreakEven(g.isDense()) * count * walked * walks;
    }

    /**
     * Currents of maps of spikes {@code [from, to)}, which for a convolution is one map.
     *
     * @param out overwritten
     */
    void multiply(Signal in, int from, int to, Signal out, int worker) {
        if (!g.isDense()) {
            long[] bits = clear(worker);
            EventMap events = in.events(from);
            for (int p = 0; p < g.positions(); p++) {
                int x = p % g.width();
                int at = (p / g.width() + g.padding().lines()) * line
                        + x
                        + g.padding().columns();
                for (int e = events.start[p]; e < events.start[p + 1]; e++) {
                    bits[(events.index[e] - x * g.in()) * plane + (at >>> 6)] |= 1L << at;
                }
            }
            int positions = (g.outHeight() - 1) * line + g.outWidth();
            kernels.sparseProduct(bits, this, positions, line, g.outWidth(), out.dense, out.offset(from), out.padded);
            return;
        }
        for (int first = from; first < to; first += MAPS) {
            int maps = Math.min(MAPS, to - first);
            long[] bits = clear(worker);
            for (int m = 0; m < maps; m++) {
                EventMap events = in.events(first + m);
                for (int y = 0; y < g.height(); y++) {
                    int end = events.start[(y + 1) * g.width()];
                    for (int e = events.start[y * g.width()]; e < end; e++) {
                        bits[y * g.width() * g.in() + events.index[e]] |= 1L << m;
                    }
                }
            }
            kernels.sparseProduct(bits, this, maps, MAPS, MAPS, out.dense, out.offset(first), out.padded);
        }
    }

    /** Planes without spikes, with two words behind them. */
    private long[] clear(int worker) {
        if (spikes[worker] == null) {
            int planes = g.isDense() ? g.inputs() : g.in();
            spikes[worker] = new long[planes * plane + walked / Long.SIZE + 1];
        } else {
            Arrays.fill(spikes[worker], 0);
        }
        return spikes[worker];
    }
}
