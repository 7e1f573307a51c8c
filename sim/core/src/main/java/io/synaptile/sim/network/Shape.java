/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

/**
 * Shape of the activity of one sample at one step, in the order channel, height, width; features of a dense layer are
 * channels of a 1x1 map.
 */
public record Shape(int channels, int height, int width) {
    public Shape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "a shape needs at least one channel, row and column, got " + channels + "x" + height + "x" + width);
        }
        if (Math.multiplyHigh((long) channels * height, width) != 0
                || (long) channels * height * width > Integer.MAX_VALUE) {
            throw new ArithmeticException("a shape of " + channels + "x" + height + "x" + width + " has more than "
                    + Integer.MAX_VALUE + " values");
        }
    }

    /** Shape of a flat vector. */
    public static Shape features(int count) {
        return new Shape(count, 1, 1);
    }

    /** Number of values. */
    public int size() {
        return channels * height * width;
    }

    /** Number of positions, height times width. */
    public int positions() {
        return height * width;
    }

    @Override
    public String toString() {
        return channels + "x" + height + "x" + width;
    }
}
