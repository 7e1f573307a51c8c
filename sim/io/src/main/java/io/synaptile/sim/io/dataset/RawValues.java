/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import io.synaptile.sim.network.Shape;

/** Values of images as they are stored, shape {@code [samples, C, H, W]}, before they are normalised. */
public sealed interface RawValues {
    /** Unsigned bytes, which are divided by a full scale. */
    record Bytes(byte[] values) implements RawValues {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public float value(int index) {
            return Byte.toUnsignedInt(values[index]);
        }

        @Override
        public RawValues gathered(int[] samples, int size) {
            byte[] gathered = new byte[Math.multiplyExact(samples.length, size)];
            for (int i = 0; i < samples.length; i++) {
                System.arraycopy(values, samples[i] * size, gathered, i * size, size);
            }
            return new Bytes(gathered);
        }

        @Override
        public RawValues framed(Shape from, Shape to) {
            byte[] framed = new byte[framedLength(from, to)];
            eachRow(from, to, (row, at) -> System.arraycopy(values, row, framed, at, from.width()));
            return new Bytes(framed);
        }
    }

    /** Numbers as they are; full scale is 1. */
    record Floats(float[] values) implements RawValues {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public float value(int index) {
            return values[index];
        }

        @Override
        public RawValues gathered(int[] samples, int size) {
            float[] gathered = new float[Math.multiplyExact(samples.length, size)];
            for (int i = 0; i < samples.length; i++) {
                System.arraycopy(values, samples[i] * size, gathered, i * size, size);
            }
            return new Floats(gathered);
        }

        @Override
        public RawValues framed(Shape from, Shape to) {
            float[] framed = new float[framedLength(from, to)];
            eachRow(from, to, (row, at) -> System.arraycopy(values, row, framed, at, from.width()));
            return new Floats(framed);
        }
    }

    /** Where a row of an image goes. */
    interface RowCopy {
        /** Copies the row that begins at {@code from} to {@code to}. */
        void copy(int from, int to);
    }

    /** Number of values. */
    int length();

    /** One value as it is stored. */
    float value(int index);

    /**
     * Some of the images, in the order given.
     *
     * @param size values of one image
     */
    RawValues gathered(int[] samples, int size);

    /** The same images in the middle of larger ones of zeros; of an odd number of rows or columns one more is at the end. */
    RawValues framed(Shape from, Shape to);

    /** Number of values of the framed images. */
    default int framedLength(Shape from, Shape to) {
        return Math.multiplyExact(length() / from.size(), to.size());
    }

    /** Visits every row of every map with the place that it has in the framed images. */
    default void eachRow(Shape from, Shape to, RowCopy copy) {
        int top = (to.height() - from.height()) / 2;
        int left = (to.width() - from.width()) / 2;
        int rows = length() / from.width();
        for (int row = 0; row < rows; row++) {
            int map = row / from.height();
            copy.copy(row * from.width(), (map * to.height() + top + row % from.height()) * to.width() + left);
        }
    }
}
