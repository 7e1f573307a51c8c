/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

/** Places of a layer's sizes in its {@code IntArray}. */
public final class G {
    /** Input map: rows, columns, channels. */
    public static final int HEIGHT = 0;

    public static final int WIDTH = 1;
    public static final int CHANNELS = 2;
    /** Kernel (or pooling window) and its stride and border. */
    public static final int KERNEL_HEIGHT = 3;

    public static final int KERNEL_WIDTH = 4;
    public static final int STRIDE = 5;
    public static final int PADDING = 6;
    /** Output map: rows, columns, channels. */
    public static final int OUT_HEIGHT = 7;

    public static final int OUT_WIDTH = 8;
    public static final int OUT_CHANNELS = 9;
    /** Rows of the weight matrix, kernel area times input channels. */
    public static final int ROWS = 10;
    /** 1 if the input is a constant signal. */
    public static final int CONSTANT_INPUT = 11;
    /** 1 if the output is a constant signal. */
    public static final int CONSTANT_OUTPUT = 12;
    /** Place of the layer's choice of kernel; place 0 always says dense. */
    public static final int CHOICE = 13;
    /** Parts into which the sum of the weight gradient is cut. */
    public static final int SPLITS = 14;
    /** Row tiles of a crossbar. */
    public static final int ROW_TILES = 15;
    /** Physical columns per output of a crossbar. */
    public static final int PLANES = 16;
    /** Node id, the first place index of its random streams. */
    public static final int NODE = 17;
    /** Steps of a norm's scales: 1 if all steps share them. */
    public static final int NORM_STEPS = 18;
    /** 1 if drops along column wires are exact, 0 if they are those of one pass. */
    public static final int EXACT_WIRES = 19;
    /** How converters differ: 0 not at all, 1 in gain and offset, 2 in missing codes too. */
    public static final int CONVERTER_ERRORS = 20;
    /** Most codes of a converter. */
    public static final int CODES = 21;
    /** 1 if the currents of columns have limits. */
    public static final int LIMITED = 22;
    /** Copies of a crossbar layer, each of which reads a band of positions. */
    public static final int COPIES = 23;
    /** 1 if a norm has offsets. */
    public static final int NORM_OFFSET = 24;
    /** Stride and border of columns; those above are of lines. */
    public static final int STRIDE_X = 25;

    public static final int PADDING_X = 26;
    /** From one tap of a kernel to the next, in lines and in columns. */
    public static final int DILATION = 27;

    public static final int DILATION_X = 28;
    /** Rows of a crossbar, the last ones, that are always driven. */
    public static final int ALWAYS = 29;
    /** Number of entries. */
    public static final int SIZE = 30;

    private G() {}
}
