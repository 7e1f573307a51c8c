/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import io.synaptile.sim.compute.LayerActivity;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Crossbar tiles: the events under a position come in ascending row order and so pass the row tiles one after the other;
 * each tile is summed plane by plane, made noisy, digitised and added. Equations: {@link
 * io.synaptile.sim.compute.LayerArrays}.
 */
public final class TileKernels {
    /** Places in the parameters of a plane: gain, low, step, highest code (below 0: exact), 1 if reads are noisy. */
    public static final int GAIN = 0;

    public static final int LOW = 1;
    public static final int STEP = 2;
    public static final int HIGHEST = 3;
    public static final int NOISY = 4;
    /** Value of a cell that does not conduct, of planes whose wires have resistance. */
    public static final int OFFSET = 5;
    /** Consecutive outputs that share the read noise of one column. */
    public static final int SHARED = 6;

    /** Resistance of a segment of wire and of the converter's input, the same in all planes. */
    public static final int SEGMENT = 7;

    public static final int SENSE = 8;

    /** Value of a cell that does not conduct, of planes whose columns have limits. */
    public static final int NO_CURRENT = 9;

    public static final int PLANE_SIZE = 10;
    /** Threads of a group that counts. */
    public static final int GROUP = 64;
    /** Classes that reads are counted in. */
    public static final int CLASSES = LayerActivity.READ_CLASSES;
    /** Local memory of a group that counts. */
    public static final int LOCAL_BYTES = GROUP * (CLASSES + 1) * Integer.BYTES;

    private TileKernels() {}

    /**
     * Reads all tiles. Groups: x over positions of all maps of all steps, y over blocks of outputs.
     *
     * @param cells {@code [copies, planes, rows, out]}
     * @param variance in the same layout; not read where no plane is noisy
     * @param planes {@code [copies, planes, PLANE_SIZE]}; then, where columns have limits, these {@code [copies, planes, out]};
     *     then, where converters differ, gains and offsets {@code [columns]} each and tables of codes {@code [tables, CODES]}, columns as in
     *     {@link io.synaptile.sim.compute.ConverterErrors}
     * @param places row tile of each row, end of each row tile, class of each number of driven rows, table of each column
     * @param noise words of the read-noise stream: key low, key high, instance, purpose and layer
     */
    public static void read(
            KernelContext c,
            IntArray guard,
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
                        float inputs = 0f;
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
                                        sum += value * cells.get(cell);
                                        inputs += value;
                                        if (planes.get((base + plane) * PLANE_SIZE + NOISY) == 1f) {
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
                            int first = (base + plane) * PLANE_SIZE;
                            if (planes.get(first + NOISY) == 1f) {
                                long place = ((long) step * 2L + phase) * outPositions + p;
                                int of = (int) planes.get(first + SHARED);
                                place = ((place * rowTiles + tile) * planeCount + plane) * outputs + o / of * of;
                                float normal = Words.normal(
                                        place, noise.get(2), ids.get(n), noise.get(3), noise.get(0), noise.get(1));
                                sum = TornadoMath.sqrt(spread) * normal + sum;
                            }
                            sum = limited(sum, inputs, (base + plane) * outputs + o, base + plane, planes, g);
                            int column = ((copy * rowTiles + tile) * planeCount + plane) * outputs + o;
                            sum = convert(sum, column, base + plane, planes, places, g);
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
     * What is left of the current of a column that may have a limit. Equations: {@link
     * io.synaptile.sim.compute.ColumnLimits}.
     *
     * @param inputs summed inputs of the driven rows
     * @param column of the tile, those of all copies counted on
     * @param plane as the column
     */
    static float limited(float current, float inputs, int column, int plane, FloatArray planes, IntArray g) {
        float result = current;
        if (g.get(G.LIMITED) != 0) {
            float none = inputs * planes.get(plane * PLANE_SIZE + NO_CURRENT);
            float limit = planes.get(g.get(G.COPIES) * g.get(G.PLANES) * PLANE_SIZE + column);
            if (result > none + limit) {
                result = none + limit;
            }
            if (result < none - limit) {
                result = none - limit;
            }
        }
        return result;
    }

    /**
     * What the converter of a column makes of its current.
     *
     * @param column index in the errors of converters, those of all copies one after the other
     * @param plane as the column
     */
    static float convert(float current, int column, int plane, FloatArray planes, IntArray places, IntArray g) {
        int first = plane * PLANE_SIZE;
        float result = current;
        float highest = planes.get(first + HIGHEST);
        if (highest >= 0f) {
            int columns = g.get(G.COPIES) * g.get(G.ROW_TILES) * g.get(G.PLANES) * g.get(G.OUT_CHANNELS);
            int errors = g.get(G.COPIES) * g.get(G.PLANES) * (PLANE_SIZE + g.get(G.LIMITED) * g.get(G.OUT_CHANNELS));
            float code = (current - planes.get(first + LOW)) / planes.get(first + STEP);
            if (g.get(G.CONVERTER_ERRORS) != 0) {
                code = code * planes.get(errors + column) + planes.get(errors + columns + column);
            }
            if (code < 0f) {
                code = 0f;
            }
            if (code > highest) {
                code = highest;
            }
            float whole = Rounding.halfEven(code);
            if (g.get(G.CONVERTER_ERRORS) == 2) {
                int table = places.get(2 * g.get(G.ROWS) + 1 + g.get(G.ROW_TILES) + column);
                whole = planes.get(errors + 2 * columns + table * g.get(G.CODES) + (int) whole);
            }
            result = whole * planes.get(first + STEP) + planes.get(first + LOW);
        }
        return result;
    }

    /**
     * Counts reads of row tiles by the class of their driven rows, and positions with any, over both phases. One group per
     * map.
     *
     * @param places as in {@link #read}
     * @param counts {@code [maps, CLASSES + 1]}: reads of each class, active positions
     */
    public static void count(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            IntArray count,
            ShortArray channel,
            IntArray counts,
            IntArray places,
            IntArray g,
            IntArray run,
            int sixteen) {
        Guard.passed(c, guard);
        int[] reads = c.allocateIntLocalArray(GROUP * CLASSES);
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
        int classes = g.get(G.ROWS) + g.get(G.ROW_TILES);
        int always = g.get(G.ALWAYS);
        int inputMap = map;
        if (g.get(G.CONSTANT_INPUT) != 0) {
            inputMap = map - map / samples * samples;
        }
        for (int k = 0; k < CLASSES; k++) {
            reads[k * GROUP + lane] = 0;
        }
        int mapActive = 0;
        if (map < samples * run.get(R.STEPS)) {
            for (int p = lane; p < outPositions; p += GROUP) {
                int top = p / outWidth * g.get(G.STRIDE) - g.get(G.PADDING);
                int left = (p - p / outWidth * outWidth) * g.get(G.STRIDE_X) - g.get(G.PADDING_X);
                for (int phase = 0; phase < 2; phase++) {
                    float sign = 1f;
                    if (phase == 1) {
                        sign = -1f;
                    }
                    int last = -1;
                    int driven = 0;
                    for (int tap = 0; tap < area; tap++) {
                        int ky = tap / kernelWidth;
                        int yy = top + ky * g.get(G.DILATION);
                        int xx = left + (tap - ky * kernelWidth) * g.get(G.DILATION_X);
                        if (yy >= 0 && yy < height && xx >= 0 && xx < width) {
                            int source = (inputMap * height + yy) * width + xx;
                            int events = count.get(source);
                            for (int e = 0; e < events; e++) {
                                int k = channel.get(source * channels + e);
                                if (sign * Half.load(xf, xh, sixteen, source * channels + k) > 0f) {
                                    int tile = places.get(tap * channels + k);
                                    if (tile != last) {
                                        if (last >= 0) {
                                            int at = places.get(classes + driven) * GROUP + lane;
                                            reads[at] = reads[at] + 1;
                                        }
                                        last = tile;
                                        driven = 0;
                                    }
                                    driven++;
                                }
                            }
                        }
                    }
                    if (phase == 0) {
                        for (int e = 0; e < always; e++) {
                            int tile = places.get(area * channels + e);
                            if (tile != last) {
                                if (last >= 0) {
                                    int at = places.get(classes + driven) * GROUP + lane;
                                    reads[at] = reads[at] + 1;
                                }
                                last = tile;
                                driven = 0;
                            }
                            driven++;
                        }
                    }
                    if (last >= 0) {
                        int at = places.get(classes + driven) * GROUP + lane;
                        reads[at] = reads[at] + 1;
                        mapActive++;
                    }
                }
            }
        }
        active[lane] = mapActive;
        c.localBarrier();
        if (map < samples * run.get(R.STEPS)) {
            if (lane < CLASSES) {
                int sum = 0;
                for (int i = 0; i < GROUP; i++) {
                    sum += reads[lane * GROUP + i];
                }
                counts.set(map * (CLASSES + 1) + lane, sum);
            }
            if (lane == CLASSES) {
                int sum = 0;
                for (int i = 0; i < GROUP; i++) {
                    sum += active[i];
                }
                counts.set(map * (CLASSES + 1) + CLASSES, sum);
            }
        }
    }
}
