/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Crossbar tiles: the events under a position come in ascending row order and so pass the row tiles one after the other;
 * each tile is summed plane by plane, made noisy, digitised and added. Equations: {@link
 * io.synaptile.sim.compute.SynapsePlan.TiledPlan}.
 */
public final class TileKernels {
    /** Places in the parameters of a plane: gain, low, step, highest code (below 0: exact), 1 if reads are noisy. */
    public static final int GAIN = 0;

    public static final int LOW = 1;
    public static final int STEP = 2;
    public static final int HIGHEST = 3;
    public static final int NOISY = 4;
    public static final int PLANE_SIZE = 5;
    /** Threads of a group that counts. */
    public static final int GROUP = 64;

    private TileKernels() {}

    /**
     * Reads all tiles. Threads: x over outputs, y over positions of all maps of all steps.
     *
     * @param cells {@code [planes, rows, out]}
     * @param variance in the same layout; not read where no plane is noisy
     * @param planes {@code [planes, PLANE_SIZE]}
     * @param noise words of the read-noise stream: key low, key high, instance, purpose and layer
     */
    public static void read(
            KernelContext c,
            FloatArray xf,
            ShortArray xh,
            IntArray count,
            ShortArray channel,
            FloatArray cells,
            FloatArray variance,
            FloatArray planes,
            FloatArray yf,
            ShortArray yh,
            IntArray ids,
            IntArray noise,
            IntArray g,
            IntArray run,
            int sixteen) {
        int o = c.globalIdx;
        int position = c.globalIdy;
        int outputs = g.get(G.OUT_CHANNELS);
        int outWidth = g.get(G.OUT_WIDTH);
        int outPositions = g.get(G.OUT_HEIGHT) * outWidth;
        int samples = run.get(R.SAMPLES);
        if (o < outputs && position < samples * run.get(R.STEPS) * outPositions) {
            int height = g.get(G.HEIGHT);
            int width = g.get(G.WIDTH);
            int channels = g.get(G.CHANNELS);
            int kernelWidth = g.get(G.KERNEL_WIDTH);
            int area = g.get(G.KERNEL_HEIGHT) * kernelWidth;
            int rows = g.get(G.ROWS);
            int rowsPerTile = g.get(G.ROWS_PER_TILE);
            int rowTiles = (rows + rowsPerTile - 1) / rowsPerTile;
            int planeCount = g.get(G.PLANES);
            int map = position / outPositions;
            int p = position - map * outPositions;
            int step = map / samples;
            int n = map - step * samples;
            int inputMap = map;
            if (g.get(G.CONSTANT_INPUT) != 0) {
                inputMap = n;
            }
            int top = p / outWidth * g.get(G.STRIDE) - g.get(G.PADDING);
            int left = (p - p / outWidth * outWidth) * g.get(G.STRIDE) - g.get(G.PADDING);
            float y = 0f;
            for (int phase = 0; phase < 2; phase++) {
                float sign = 1f;
                if (phase == 1) {
                    sign = -1f;
                }
                int tap = 0;
                int event = 0;
                while (tap < area) {
                    // Where this row tile begins: the first event of the phase at or after (tap, event).
                    int tile = -1;
                    int startTap = tap;
                    int startEvent = event;
                    int endTap = area;
                    int endEvent = 0;
                    for (int plane = 0; plane < planeCount; plane++) {
                        float sum = 0f;
                        float spread = 0f;
                        int at = startTap;
                        int e = startEvent;
                        int inside = 1;
                        while (at < area && inside == 1) {
                            int ky = at / kernelWidth;
                            int yy = top + ky;
                            int xx = left + at - ky * kernelWidth;
                            int source = (inputMap * height + yy) * width + xx;
                            int events = 0;
                            if (yy >= 0 && yy < height && xx >= 0 && xx < width) {
                                events = count.get(source);
                            }
                            while (e < events && inside == 1) {
                                int k = channel.get(source * channels + e);
                                float value = sign * Half.load(xf, xh, sixteen, source * channels + k);
                                int row = at * channels + k;
                                if (value > 0f) {
                                    int here = row / rowsPerTile;
                                    if (tile < 0) {
                                        tile = here;
                                    }
                                    if (here == tile) {
                                        int cell = (plane * rows + row) * outputs + o;
                                        sum += value * cells.get(cell);
                                        if (planes.get(plane * PLANE_SIZE + NOISY) == 1f) {
                                            spread += value * value * variance.get(cell);
                                        }
                                    } else {
                                        inside = 0;
                                    }
                                }
                                if (inside == 1) {
                                    e++;
                                }
                            }
                            if (inside == 1) {
                                at++;
                                e = 0;
                            }
                        }
                        endTap = at;
                        endEvent = e;
                        if (tile >= 0) {
                            int first = plane * PLANE_SIZE;
                            if (planes.get(first + NOISY) == 1f) {
                                long place = ((long) step * 2L + phase) * outPositions + p;
                                place = ((place * rowTiles + tile) * planeCount + plane) * outputs + o;
                                float normal = Words.normal(
                                        place, noise.get(2), ids.get(n), noise.get(3), noise.get(0), noise.get(1));
                                sum = TornadoMath.sqrt(spread) * normal + sum;
                            }
                            float highest = planes.get(first + HIGHEST);
                            if (highest >= 0f) {
                                float code = (sum - planes.get(first + LOW)) / planes.get(first + STEP);
                                if (code < 0f) {
                                    code = 0f;
                                }
                                if (code > highest) {
                                    code = highest;
                                }
                                sum = Rounding.halfEven(code) * planes.get(first + STEP) + planes.get(first + LOW);
                            }
                            y = sum * (sign * planes.get(first + GAIN)) + y;
                        }
                    }
                    tap = endTap;
                    event = endEvent;
                }
            }
            Half.store(yf, yh, sixteen, position * outputs + o, y);
        }
    }

    /**
     * Counts reads of row tiles with a driven row, and positions with any, over both phases. One group per map.
     *
     * @param counts {@code [maps, 2]}: tile reads, active positions
     */
    public static void count(
            KernelContext c,
            FloatArray xf,
            ShortArray xh,
            IntArray count,
            ShortArray channel,
            IntArray counts,
            IntArray g,
            IntArray run,
            int sixteen) {
        int[] reads = c.allocateIntLocalArray(GROUP);
        int[] active = c.allocateIntLocalArray(GROUP);
        int lane = c.localIdx;
        int map = c.groupIdx;
        int samples = run.get(R.SAMPLES);
        int outWidth = g.get(G.OUT_WIDTH);
        int outPositions = g.get(G.OUT_HEIGHT) * outWidth;
        int height = g.get(G.HEIGHT);
        int width = g.get(G.WIDTH);
        int channels = g.get(G.CHANNELS);
        int kernelWidth = g.get(G.KERNEL_WIDTH);
        int area = g.get(G.KERNEL_HEIGHT) * kernelWidth;
        int rowsPerTile = g.get(G.ROWS_PER_TILE);
        int inputMap = map;
        if (g.get(G.CONSTANT_INPUT) != 0) {
            inputMap = map - map / samples * samples;
        }
        int mapReads = 0;
        int mapActive = 0;
        if (map < samples * run.get(R.STEPS)) {
            for (int p = lane; p < outPositions; p += GROUP) {
                int top = p / outWidth * g.get(G.STRIDE) - g.get(G.PADDING);
                int left = (p - p / outWidth * outWidth) * g.get(G.STRIDE) - g.get(G.PADDING);
                int lastPositive = -1;
                int lastNegative = -1;
                for (int tap = 0; tap < area; tap++) {
                    int ky = tap / kernelWidth;
                    int yy = top + ky;
                    int xx = left + tap - ky * kernelWidth;
                    if (yy >= 0 && yy < height && xx >= 0 && xx < width) {
                        int source = (inputMap * height + yy) * width + xx;
                        int events = count.get(source);
                        for (int e = 0; e < events; e++) {
                            int k = channel.get(source * channels + e);
                            int tile = (tap * channels + k) / rowsPerTile;
                            float value = Half.load(xf, xh, sixteen, source * channels + k);
                            if (value > 0f) {
                                if (tile != lastPositive) {
                                    mapReads++;
                                    lastPositive = tile;
                                }
                            } else {
                                if (tile != lastNegative) {
                                    mapReads++;
                                    lastNegative = tile;
                                }
                            }
                        }
                    }
                }
                if (lastPositive >= 0) {
                    mapActive++;
                }
                if (lastNegative >= 0) {
                    mapActive++;
                }
            }
        }
        reads[lane] = mapReads;
        active[lane] = mapActive;
        c.localBarrier();
        for (int reach = GROUP / 2; reach > 0; reach = reach / 2) {
            if (lane < reach) {
                reads[lane] = reads[lane] + reads[lane + reach];
                active[lane] = active[lane] + active[lane + reach];
            }
            c.localBarrier();
        }
        if (lane == 0) {
            if (map < samples * run.get(R.STEPS)) {
                counts.set(2 * map, reads[0]);
                counts.set(2 * map + 1, active[0]);
            }
        }
    }
}
