/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Forward pass of convolutions and dense layers, which are convolutions whose kernel covers the map: {@code y[p, o] = sum
 * over rows r = (ky, kx, ci) of x[input of r under p] * w[r, o]}.
 *
 * <p>Both kernels add the terms of an output one after the other in ascending row order with fused multiply-adds, and a zero
 * input adds nothing, so the choice between them does not change a bit.
 */
public final class SynapseKernels {
    /** Side of the block of outputs (positions times channels) that a group computes; each thread has 4 x 4 of them. */
    public static final int BLOCK = 64;
    /** Threads of a group. */
    public static final int GROUP = 256;
    /** Rows that a group holds in local memory at a time. */
    static final int DEPTH = 16;
    /** Local memory of a group, of these kernels and of their gradients. */
    public static final int LOCAL_BYTES = (2 * DEPTH * BLOCK + BLOCK * BLOCK) * Float.BYTES;

    private SynapseKernels() {}

    /**
     * Dense form: a product of local-memory tiles. Groups: x over blocks of positions, y over blocks of output channels.
     *
     * @param wf weights {@code [rows, out]}
     * @param taps by row: its offset in lines and columns from the corner of a window, and in values
     */
    public static void dense(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray wf,
            ShortArray wh,
            FloatArray yf,
            ShortArray yh,
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
        int positions = maps * outPositions;
        if (choice.get(g.get(G.CHOICE)) == 0) {
            // The loop below must end at once for every thread of the group: it holds barriers.
            rows = 0;
        }
        int firstPosition = c.groupIdx * 64;
        int firstChannel = c.groupIdy * 64;
        if (firstPosition >= positions) {
            rows = 0;
        }
        int rowLane = lane & 15;
        int loadPosition = lane >> 4;
        int loadChannel = lane & 63;
        int loadRow = lane >> 6;
        int px = lane >> 4;
        int ox = lane & 15;

        // The four positions whose inputs this thread loads: upper left corner of their windows.
        int p0 = firstPosition + loadPosition;
        int p1 = p0 + 16;
        int p2 = p0 + 32;
        int p3 = p0 + 48;
        int m0 = p0 / outPositions;
        int m1 = p1 / outPositions;
        int m2 = p2 / outPositions;
        int m3 = p3 / outPositions;
        int q0 = p0 - m0 * outPositions;
        int q1 = p1 - m1 * outPositions;
        int q2 = p2 - m2 * outPositions;
        int q3 = p3 - m3 * outPositions;
        int y0 = q0 / outWidth * stride;
        int y1 = q1 / outWidth * stride;
        int y2 = q2 / outWidth * stride;
        int y3 = q3 / outWidth * stride;
        int x0 = (q0 - q0 / outWidth * outWidth) * strideX;
        int x1 = (q1 - q1 / outWidth * outWidth) * strideX;
        int x2 = (q2 - q2 / outWidth * outWidth) * strideX;
        int x3 = (q3 - q3 / outWidth * outWidth) * strideX;
        int a0 = ((m0 * height + y0) * width + x0) * channels;
        int a1 = ((m1 * height + y1) * width + x1) * channels;
        int a2 = ((m2 * height + y2) * width + x2) * channels;
        int a3 = ((m3 * height + y3) * width + x3) * channels;

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
        for (int first = 0; first < rows; first += 16) {
            int row = first + rowLane;
            int dy = 0;
            int dx = 0;
            int offset = 0;
            int known = 0;
            if (row < rows) {
                dy = taps.get(3 * row);
                dx = taps.get(3 * row + 1);
                offset = taps.get(3 * row + 2);
                known = 1;
            }
            int at = rowLane * 64 + loadPosition;
            float v0 = 0f;
            float v1 = 0f;
            float v2 = 0f;
            float v3 = 0f;
            if (known == 1) {
                if (p0 < positions && y0 + dy >= 0 && y0 + dy < height && x0 + dx >= 0 && x0 + dx < width) {
                    v0 = Half.load(xf, xh, sixteen, a0 + offset);
                }
                if (p1 < positions && y1 + dy >= 0 && y1 + dy < height && x1 + dx >= 0 && x1 + dx < width) {
                    v1 = Half.load(xf, xh, sixteen, a1 + offset);
                }
                if (p2 < positions && y2 + dy >= 0 && y2 + dy < height && x2 + dx >= 0 && x2 + dx < width) {
                    v2 = Half.load(xf, xh, sixteen, a2 + offset);
                }
                if (p3 < positions && y3 + dy >= 0 && y3 + dy < height && x3 + dx >= 0 && x3 + dx < width) {
                    v3 = Half.load(xf, xh, sixteen, a3 + offset);
                }
            }
            a[at] = v0;
            a[at + 16] = v1;
            a[at + 32] = v2;
            a[at + 48] = v3;
            for (int i = 0; i < 4; i++) {
                int k = loadRow + 4 * i;
                float w = 0f;
                if (first + k < rows && firstChannel + loadChannel < outChannels) {
                    w = Half.load(wf, wh, sixteen, (first + k) * outChannels + firstChannel + loadChannel);
                }
                b[k * 64 + loadChannel] = w;
            }
            c.localBarrier();
            // A bound known only at run time: otherwise all loads of all rounds are unrolled in front of the sums.
            int depth = rows - first;
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
        if (rows > 0) {
            // Through local memory, so that neighbouring threads write neighbouring channels.
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
                int o = firstChannel + i % 64;
                if (p < positions && o < outChannels) {
                    Half.store(yf, yh, sixteen, p * outChannels + o, block[i]);
                }
            }
        }
    }

    /**
     * Event-driven form: each thread walks the listed events under its position and adds their rows. Groups: x over positions
     * of all maps, y over blocks of output channels; neighbouring threads read neighbouring weights.
     */
    public static void events(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            IntArray count,
            ShortArray channel,
            FloatArray wf,
            ShortArray wh,
            FloatArray yf,
            ShortArray yh,
            IntArray g,
            IntArray run,
            IntArray choice,
            int sixteen) {
        Guard.passed(c, guard);
        int position = c.groupIdx;
        int o = c.groupIdy * c.localGroupSizeX + c.localIdx;
        int outChannels = g.get(G.OUT_CHANNELS);
        int outWidth = g.get(G.OUT_WIDTH);
        int outPositions = g.get(G.OUT_HEIGHT) * outWidth;
        int maps = run.get(R.SAMPLES);
        if (g.get(G.CONSTANT_INPUT) == 0) {
            maps = maps * run.get(R.STEPS);
        }
        if (choice.get(g.get(G.CHOICE)) == 0 && o < outChannels && position < maps * outPositions) {
            int height = g.get(G.HEIGHT);
            int width = g.get(G.WIDTH);
            int channels = g.get(G.CHANNELS);
            int kernelHeight = g.get(G.KERNEL_HEIGHT);
            int kernelWidth = g.get(G.KERNEL_WIDTH);
            int map = position / outPositions;
            int p = position - map * outPositions;
            int top = p / outWidth * g.get(G.STRIDE) - g.get(G.PADDING);
            int left = (p - p / outWidth * outWidth) * g.get(G.STRIDE_X) - g.get(G.PADDING_X);
            float sum = 0f;
            for (int ky = 0; ky < kernelHeight; ky++) {
                int y = top + ky * g.get(G.DILATION);
                if (y >= 0 && y < height) {
                    for (int kx = 0; kx < kernelWidth; kx++) {
                        int x = left + kx * g.get(G.DILATION_X);
                        if (x >= 0 && x < width) {
                            int source = (map * height + y) * width + x;
                            int from = source * channels;
                            int row = (ky * kernelWidth + kx) * channels;
                            int events = count.get(source);
                            for (int e = 0; e < events; e++) {
                                int k = channel.get(from + e);
                                float value = Half.load(xf, xh, sixteen, from + k);
                                float w = Half.load(wf, wh, sixteen, (row + k) * outChannels + o);
                                sum += value * w;
                            }
                        }
                    }
                }
            }
            Half.store(yf, yh, sixteen, position * outChannels + o, sum);
        }
    }
}
