/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Crossbar tiles whose column wires have resistance, otherwise as {@link TileKernels}. Equations: {@link
 * io.synaptile.sim.compute.ColumnWires}.
 */
public final class WireKernels {
    private WireKernels() {}

    /**
     * Reads all tiles. Groups: x over positions of all maps of all steps, y over blocks of outputs.
     *
     * @param cells values beyond those of cells that do not conduct, {@code [copies, planes, rows, out]}
     * @param loads of cells on their wires, in the same layout; 0 where wires have no resistance
     */
    public static void read(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            IntArray count,
            ShortArray channel,
            FloatArray cells,
            FloatArray loads,
            FloatArray variance,
            FloatArray planes,
            FloatArray yf,
            ShortArray yh,
            IntArray ids,
            IntArray noise,
            IntArray places,
            IntArray g,
            IntArray run,
            int sixteen) {
        Guard.passed(c, guard);
        int position = c.groupIdx;
        int o = c.groupIdy * c.localGroupSizeX + c.localIdx;
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
            int always = g.get(G.ALWAYS);
            int taps = area;
            if (always > 0) {
                taps = area + 1;
            }
            int rowTiles = g.get(G.ROW_TILES);
            int planeCount = g.get(G.PLANES);
            int copies = g.get(G.COPIES);
            int exact = g.get(G.EXACT_WIRES);
            float segment = planes.get(TileKernels.SEGMENT);
            float sense = planes.get(TileKernels.SENSE);
            int map = position / outPositions;
            int p = position - map * outPositions;
            int copy = (int) ((long) p * copies / outPositions);
            int base = copy * planeCount;
            int step = map / samples;
            int n = map - step * samples;
            int inputMap = map;
            if (g.get(G.CONSTANT_INPUT) != 0) {
                inputMap = n;
            }
            int top = p / outWidth * g.get(G.STRIDE) - g.get(G.PADDING);
            int left = (p - p / outWidth * outWidth) * g.get(G.STRIDE_X) - g.get(G.PADDING_X);
            float y = 0f;
            for (int phase = 0; phase < 2; phase++) {
                float sign = 1f;
                if (phase == 1) {
                    sign = -1f;
                }
                int tap = 0;
                int event = 0;
                while (tap < taps) {
                    // Where this row tile begins: the first event of the phase at or after (tap, event).
                    int tile = -1;
                    int startTap = tap;
                    int startEvent = event;
                    int endTap = taps;
                    int endEvent = 0;
                    for (int plane = 0; plane < planeCount; plane++) {
                        float sum = 0f;
                        float loaded = 0f;
                        float lost = 0f;
                        float inputs = 0f;
                        int last = 0;
                        float spread = 0f;
                        int at = startTap;
                        int e = startEvent;
                        int inside = 1;
                        while (at < taps && inside == 1) {
                            int ky = at / kernelWidth;
                            int yy = top + ky * g.get(G.DILATION);
                            int xx = left + (at - ky * kernelWidth) * g.get(G.DILATION_X);
                            int source = (inputMap * height + yy) * width + xx;
                            int events = 0;
                            if (at < area && yy >= 0 && yy < height && xx >= 0 && xx < width) {
                                events = count.get(source);
                            }
                            // Behind the last tap stand the rows that are always driven, in the first phase.
                            if (at == area && phase == 0) {
                                events = always;
                            }
                            while (e < events && inside == 1) {
                                int k = e;
                                float value = 1f;
                                if (at < area) {
                                    k = channel.get(source * channels + e);
                                    value = sign * Half.load(xf, xh, sixteen, source * channels + k);
                                }
                                int row = at * channels + k;
                                if (value > 0f) {
                                    int here = places.get(row);
                                    if (tile < 0) {
                                        tile = here;
                                    }
                                    if (here == tile) {
                                        int cell = ((base + plane) * rows + row) * outputs + o;
                                        float passed = (row - last) * segment;
                                        if (exact != 0) {
                                            float factor = loaded * passed + 1f;
                                            sum = sum / factor;
                                            loaded = loaded / factor;
                                        } else {
                                            lost += sum * loaded * passed;
                                        }
                                        last = row;
                                        inputs += value;
                                        sum += value * cells.get(cell);
                                        loaded += value * loads.get(cell);
                                        if (planes.get((base + plane) * TileKernels.PLANE_SIZE + TileKernels.NOISY)
                                                == 1f) {
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
                            int first = (base + plane) * TileKernels.PLANE_SIZE;
                            float rest = (places.get(rows + tile) - last) * segment + sense;
                            if (exact != 0) {
                                sum = sum / (loaded * rest + 1f);
                            } else {
                                sum = sum - (sum * loaded * rest + lost);
                            }
                            sum += inputs * planes.get(first + TileKernels.OFFSET);
                            if (planes.get(first + TileKernels.NOISY) == 1f) {
                                long place = ((long) step * 2L + phase) * outPositions + p;
                                int of = (int) planes.get(first + TileKernels.SHARED);
                                place = ((place * rowTiles + tile) * planeCount + plane) * outputs + o / of * of;
                                float normal = Words.normal(
                                        place, noise.get(2), ids.get(n), noise.get(3), noise.get(0), noise.get(1));
                                sum = TornadoMath.sqrt(spread) * normal + sum;
                            }
                            sum = TileKernels.limited(
                                    sum, inputs, (base + plane) * outputs + o, base + plane, planes, g);
                            int column = ((copy * rowTiles + tile) * planeCount + plane) * outputs + o;
                            sum = TileKernels.convert(sum, column, base + plane, planes, places, g);
                            y = sum * (sign * planes.get(first + TileKernels.GAIN)) + y;
                        }
                    }
                    tap = endTap;
                    event = endEvent;
                }
            }
            Half.store(yf, yh, sixteen, position * outputs + o, y);
        }
    }
}
