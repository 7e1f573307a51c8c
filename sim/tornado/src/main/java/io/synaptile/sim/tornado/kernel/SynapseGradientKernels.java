/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Derivatives of convolutions and dense layers by their inputs and their weights. The sum of a weight's derivative over maps
 * and positions is cut into parts of fixed bounds, added in their order: results do not depend on scheduling.
 */
public final class SynapseGradientKernels {
    private SynapseGradientKernels() {}

    /**
     * Derivative by the input, {@code dx[q, ci] = sum over (ky, kx, co) of dy[output that sees q under (ky, kx), co] * w}, as
     * a product of local-memory tiles. Groups: x over blocks of input positions, y over blocks of input channels; sizes as in
     * {@link SynapseKernels}.
     *
     * @param taps by term (ky, kx, co): its offset in lines and columns from the corner of a window, the channel co, and the
     *     place of weight (ky, kx, 0, co)
     * @param accumulate 1 to add to what {@code dx} holds
     */
    public static void input(
            KernelContext c,
            IntArray guard,
            FloatArray dy,
            FloatArray wf,
            ShortArray wh,
            FloatArray dx,
            IntArray g,
            IntArray taps,
            IntArray run,
            int accumulate,
            int sixteen) {
        Guard.passed(c, guard);
        float[] a = c.allocateFloatLocalArray(1024);
        float[] b = c.allocateFloatLocalArray(1024);
        float[] block = c.allocateFloatLocalArray(4096);
        int lane = c.localIdx;
        int width = g.get(G.WIDTH);
        int inPositions = g.get(G.HEIGHT) * width;
        int channels = g.get(G.CHANNELS);
        int outHeight = g.get(G.OUT_HEIGHT);
        int outWidth = g.get(G.OUT_WIDTH);
        int outChannels = g.get(G.OUT_CHANNELS);
        int stride = g.get(G.STRIDE);
        int strideX = g.get(G.STRIDE_X);
        int terms = g.get(G.KERNEL_HEIGHT) * g.get(G.KERNEL_WIDTH) * outChannels;
        int positions = run.get(R.SAMPLES) * run.get(R.STEPS) * inPositions;
        int firstPosition = c.groupIdx * 64;
        int firstChannel = c.groupIdy * 64;
        if (firstPosition >= positions) {
            terms = 0;
        }
        int termLane = lane & 15;
        int loadPosition = lane >> 4;
        int px = lane >> 4;
        int ox = lane & 15;
        float s00 = 0f;
        float s01 = 0f;
        float s02 = 0f;
        float s03 = 0f;
        float s10 = 0f;
        float s11 = 0f;
        float s12 = 0f;
        float s13 = 0f;
        float s20 = 0f;
        float s21 = 0f;
        float s22 = 0f;
        float s23 = 0f;
        float s30 = 0f;
        float s31 = 0f;
        float s32 = 0f;
        float s33 = 0f;
        for (int first = 0; first < terms; first += 16) {
            int term = first + termLane;
            int dyTap = 0;
            int dxTap = 0;
            int output = 0;
            int weight = 0;
            int known = 0;
            if (term < terms) {
                dyTap = taps.get(4 * term);
                dxTap = taps.get(4 * term + 1);
                output = taps.get(4 * term + 2);
                weight = taps.get(4 * term + 3);
                known = 1;
            }
            for (int i = 0; i < 4; i++) {
                int p = firstPosition + loadPosition + 16 * i;
                float v = 0f;
                float w = 0f;
                if (known == 1) {
                    if (p < positions) {
                        int map = p / inPositions;
                        int q = p - map * inPositions;
                        int y = q / width - dyTap;
                        int x = q - q / width * width - dxTap;
                        int oy = y / stride;
                        int oxx = x / strideX;
                        if (y >= 0
                                && x >= 0
                                && oy * stride == y
                                && oxx * strideX == x
                                && oy < outHeight
                                && oxx < outWidth) {
                            v = dy.get(((map * outHeight + oy) * outWidth + oxx) * outChannels + output);
                        }
                    }
                    int k = firstChannel + loadPosition + 16 * i;
                    if (k < channels) {
                        w = Half.load(wf, wh, sixteen, weight + k * outChannels);
                    }
                }
                a[termLane * 64 + loadPosition + 16 * i] = v;
                b[termLane * 64 + loadPosition + 16 * i] = w;
            }
            c.localBarrier();
            int depth = terms - first;
            if (depth > 16) {
                depth = 16;
            }
            for (int k = 0; k < depth; k++) {
                int ka = k * 64 + px * 4;
                int kb = k * 64 + ox * 4;
                float u0 = a[ka];
                float u1 = a[ka + 1];
                float u2 = a[ka + 2];
                float u3 = a[ka + 3];
                float w0 = b[kb];
                float w1 = b[kb + 1];
                float w2 = b[kb + 2];
                float w3 = b[kb + 3];
                s00 += u0 * w0;
                s01 += u0 * w1;
                s02 += u0 * w2;
                s03 += u0 * w3;
                s10 += u1 * w0;
                s11 += u1 * w1;
                s12 += u1 * w2;
                s13 += u1 * w3;
                s20 += u2 * w0;
                s21 += u2 * w1;
                s22 += u2 * w2;
                s23 += u2 * w3;
                s30 += u3 * w0;
                s31 += u3 * w1;
                s32 += u3 * w2;
                s33 += u3 * w3;
            }
            c.localBarrier();
        }
        if (terms > 0) {
            int corner = px * 256 + ox * 4;
            block[corner] = s00;
            block[corner + 1] = s01;
            block[corner + 2] = s02;
            block[corner + 3] = s03;
            block[corner + 64] = s10;
            block[corner + 65] = s11;
            block[corner + 66] = s12;
            block[corner + 67] = s13;
            block[corner + 128] = s20;
            block[corner + 129] = s21;
            block[corner + 130] = s22;
            block[corner + 131] = s23;
            block[corner + 192] = s30;
            block[corner + 193] = s31;
            block[corner + 194] = s32;
            block[corner + 195] = s33;
            c.localBarrier();
            for (int i = lane; i < 4096; i += 256) {
                int p = firstPosition + i / 64;
                int k = firstChannel + i % 64;
                if (p < positions && k < channels) {
                    add(dx, accumulate, p * channels + k, block[i]);
                }
            }
        }
    }

    /** Writes a value, or adds it to what is there. */
    static void add(FloatArray target, int accumulate, int i, float value) {
        if (accumulate == 0) {
            target.set(i, value);
        } else {
            target.set(i, target.get(i) + value);
        }
    }

    /**
     * Sums a derivative over the time steps, for a layer whose input is the same at each. One thread per value of a step.
     *
     * @param dy {@code [steps, samples, size]}
     * @param sum {@code [samples, size]}
     */
    public static void overSteps(
            KernelContext c, IntArray guard, FloatArray dy, FloatArray sum, IntArray g, IntArray run) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int size = run.get(R.SAMPLES) * g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH) * g.get(G.OUT_CHANNELS);
        if (i < size) {
            float total = 0f;
            for (int t = 0; t < run.get(R.STEPS); t++) {
                total += dy.get(t * size + i);
            }
            sum.set(i, total);
        }
    }

    /**
     * Dense form of the derivative by the weights, {@code dw[r, o] = sum over maps and positions of x * dy}, as a product of
     * local-memory tiles. Groups: x over blocks of rows, y over blocks of output channels, z over the parts of the sum.
     *
     * @param partial {@code [parts, rows, out]}
     */
    public static void weightsDense(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray dy,
            FloatArray partial,
            IntArray g,
            IntArray taps,
            IntArray run,
            IntArray choice,
            int sixteen) {
        Guard.passed(c, guard);
        float[] a = c.allocateFloatLocalArray(1024);
        float[] b = c.allocateFloatLocalArray(1024);
        float[] block = c.allocateFloatLocalArray(4096);
        int lane = c.localIdx;
        int height = g.get(G.HEIGHT);
        int width = g.get(G.WIDTH);
        int channels = g.get(G.CHANNELS);
        int outWidth = g.get(G.OUT_WIDTH);
        int outPositions = g.get(G.OUT_HEIGHT) * outWidth;
        int outChannels = g.get(G.OUT_CHANNELS);
        int stride = g.get(G.STRIDE);
        int strideX = g.get(G.STRIDE_X);
        int rows = g.get(G.ROWS);
        int maps = run.get(R.SAMPLES);
        if (g.get(G.CONSTANT_INPUT) == 0) {
            maps = maps * run.get(R.STEPS);
        }
        int splits = g.get(G.SPLITS);
        int part = (maps + splits - 1) / splits;
        int from = c.groupIdz * part * outPositions;
        int to = (c.groupIdz + 1) * part * outPositions;
        if (to > maps * outPositions) {
            to = maps * outPositions;
        }
        int chosen = choice.get(g.get(G.CHOICE));
        if (chosen == 0) {
            to = 0;
        }
        int firstRow = c.groupIdx * 64;
        int firstChannel = c.groupIdy * 64;
        int loadRow = lane & 63;
        int loadTerm = lane >> 6;
        int px = lane >> 4;
        int ox = lane & 15;
        int row = firstRow + loadRow;
        int dyTap = 0;
        int dxTap = 0;
        int offset = 0;
        int known = 0;
        if (row < rows) {
            dyTap = taps.get(3 * row);
            dxTap = taps.get(3 * row + 1);
            offset = taps.get(3 * row + 2);
            known = 1;
        }
        int column = firstChannel + loadRow;
        float s00 = 0f;
        float s01 = 0f;
        float s02 = 0f;
        float s03 = 0f;
        float s10 = 0f;
        float s11 = 0f;
        float s12 = 0f;
        float s13 = 0f;
        float s20 = 0f;
        float s21 = 0f;
        float s22 = 0f;
        float s23 = 0f;
        float s30 = 0f;
        float s31 = 0f;
        float s32 = 0f;
        float s33 = 0f;
        for (int first = from; first < to; first += 16) {
            for (int i = 0; i < 4; i++) {
                int k = loadTerm + 4 * i;
                int position = first + k;
                float v = 0f;
                float d = 0f;
                if (position < to) {
                    if (known == 1) {
                        int map = position / outPositions;
                        int q = position - map * outPositions;
                        int y = q / outWidth * stride;
                        int x = (q - q / outWidth * outWidth) * strideX;
                        if (y + dyTap >= 0 && y + dyTap < height && x + dxTap >= 0 && x + dxTap < width) {
                            v = Half.load(xf, xh, sixteen, ((map * height + y) * width + x) * channels + offset);
                        }
                    }
                    if (column < outChannels) {
                        d = dy.get(position * outChannels + column);
                    }
                }
                a[k * 64 + loadRow] = v;
                b[k * 64 + loadRow] = d;
            }
            c.localBarrier();
            int depth = to - first;
            if (depth > 16) {
                depth = 16;
            }
            for (int k = 0; k < depth; k++) {
                int ka = k * 64 + px * 4;
                int kb = k * 64 + ox * 4;
                float u0 = a[ka];
                float u1 = a[ka + 1];
                float u2 = a[ka + 2];
                float u3 = a[ka + 3];
                float w0 = b[kb];
                float w1 = b[kb + 1];
                float w2 = b[kb + 2];
                float w3 = b[kb + 3];
                s00 += u0 * w0;
                s01 += u0 * w1;
                s02 += u0 * w2;
                s03 += u0 * w3;
                s10 += u1 * w0;
                s11 += u1 * w1;
                s12 += u1 * w2;
                s13 += u1 * w3;
                s20 += u2 * w0;
                s21 += u2 * w1;
                s22 += u2 * w2;
                s23 += u2 * w3;
                s30 += u3 * w0;
                s31 += u3 * w1;
                s32 += u3 * w2;
                s33 += u3 * w3;
            }
            c.localBarrier();
        }
        if (chosen != 0) {
            int corner = px * 256 + ox * 4;
            block[corner] = s00;
            block[corner + 1] = s01;
            block[corner + 2] = s02;
            block[corner + 3] = s03;
            block[corner + 64] = s10;
            block[corner + 65] = s11;
            block[corner + 66] = s12;
            block[corner + 67] = s13;
            block[corner + 128] = s20;
            block[corner + 129] = s21;
            block[corner + 130] = s22;
            block[corner + 131] = s23;
            block[corner + 192] = s30;
            block[corner + 193] = s31;
            block[corner + 194] = s32;
            block[corner + 195] = s33;
            c.localBarrier();
            int base = c.groupIdz * rows * outChannels;
            for (int i = lane; i < 4096; i += 256) {
                int r = firstRow + i / 64;
                int o = firstChannel + i % 64;
                if (r < rows && o < outChannels) {
                    partial.set(base + r * outChannels + o, block[i]);
                }
            }
        }
    }

    /**
     * Event-driven form: each thread owns the weights of one kernel tap and output channel in one part of the sum and adds
     * the derivatives of the positions that its events reach. Groups: x over taps, y over blocks of output channels, z over parts.
     */
    public static void weightsEvents(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            IntArray count,
            ShortArray channel,
            FloatArray dy,
            FloatArray partial,
            IntArray g,
            IntArray run,
            IntArray choice,
            int sixteen) {
        Guard.passed(c, guard);
        int tap = c.groupIdx;
        int o = c.groupIdy * c.localGroupSizeX + c.localIdx;
        int split = c.groupIdz;
        int outChannels = g.get(G.OUT_CHANNELS);
        int kernelWidth = g.get(G.KERNEL_WIDTH);
        int maps = run.get(R.SAMPLES);
        if (g.get(G.CONSTANT_INPUT) == 0) {
            maps = maps * run.get(R.STEPS);
        }
        if (choice.get(g.get(G.CHOICE)) == 0
                && o < outChannels
                && tap < g.get(G.KERNEL_HEIGHT) * kernelWidth
                && split < g.get(G.SPLITS)) {
            int channels = g.get(G.CHANNELS);
            int height = g.get(G.HEIGHT);
            int width = g.get(G.WIDTH);
            int outHeight = g.get(G.OUT_HEIGHT);
            int outWidth = g.get(G.OUT_WIDTH);
            int stride = g.get(G.STRIDE);
            int strideX = g.get(G.STRIDE_X);
            int part = (maps + g.get(G.SPLITS) - 1) / g.get(G.SPLITS);
            int from = split * part;
            int to = from + part;
            if (to > maps) {
                to = maps;
            }
            int base = (split * g.get(G.ROWS) + tap * channels) * outChannels + o;
            for (int k = 0; k < channels; k++) {
                partial.set(base + k * outChannels, 0f);
            }
            int dyTap = tap / kernelWidth * g.get(G.DILATION) - g.get(G.PADDING);
            int dxTap = (tap - tap / kernelWidth * kernelWidth) * g.get(G.DILATION_X) - g.get(G.PADDING_X);
            for (int map = from; map < to; map++) {
                for (int oy = 0; oy < outHeight; oy++) {
                    int y = oy * stride + dyTap;
                    if (y >= 0 && y < height) {
                        for (int ox = 0; ox < outWidth; ox++) {
                            int x = ox * strideX + dxTap;
                            if (x >= 0 && x < width) {
                                int source = (map * height + y) * width + x;
                                int events = count.get(source);
                                if (events > 0) {
                                    float d = dy.get(((map * outHeight + oy) * outWidth + ox) * outChannels + o);
                                    for (int e = 0; e < events; e++) {
                                        int k = channel.get(source * channels + e);
                                        float value = Half.load(xf, xh, sixteen, source * channels + k);
                                        int at = base + k * outChannels;
                                        partial.set(at, partial.get(at) + value * d);
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /**
     * Adds the parts of a weight's derivative. One thread per weight.
     *
     * @param gradient {@code [out, in, kh, kw]}
     */
    public static void combine(KernelContext c, IntArray guard, FloatArray partial, FloatArray gradient, IntArray g) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int outChannels = g.get(G.OUT_CHANNELS);
        int size = g.get(G.ROWS) * outChannels;
        if (i < size) {
            float sum = 0f;
            for (int s = 0; s < g.get(G.SPLITS); s++) {
                sum += partial.get(s * size + i);
            }
            gradient.set(WeightKernels.canonical(i, g), sum);
        }
    }
}
