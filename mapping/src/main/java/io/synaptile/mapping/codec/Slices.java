/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import io.synaptile.devices.CellModel;

/**
 * Whole numbers from 0 to {@code max} over one or more cells, the least significant first.
 *
 * <pre>
 *   n = sum over k of c_k 2^(k bits)
 * </pre>
 *
 * @param max largest number
 * @param bits bits of one slice
 * @param count number of slices; a single one holds all numbers, also where they are no power of two
 */
record Slices(int max, int bits, int count) {
    /** As few slices as cells of that kind allow. */
    static Slices of(int max, CellModel cell) {
        int needed = Integer.SIZE - Integer.numberOfLeadingZeros(max);
        return max < cell.levels() ? new Slices(max, needed, 1) : of(max, wholeBits(cell));
    }

    /** Slices of a given width. */
    static Slices of(int max, int bits) {
        int needed = Integer.SIZE - Integer.numberOfLeadingZeros(max);
        return new Slices(max, bits, Math.ceilDiv(needed, bits));
    }

    /** Bits of the largest power of two that does not exceed the number of levels. */
    static int wholeBits(CellModel cell) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(cell.levels());
    }

    /** Codes of one cell. */
    LinearCode code(CellModel cell) {
        return new LinearCode(count == 1 ? max : (1 << bits) - 1, cell);
    }

    /** Code of one slice of a number. */
    int digit(int number, int slice) {
        return count == 1 ? number : number >> slice * bits & (1 << bits) - 1;
    }

    /** Largest code of a slice, less than others in the last where {@code max} ends there. */
    int largestDigit(int slice) {
        return slice == count - 1 ? max >> slice * bits : (1 << bits) - 1;
    }

    /** Factor of a slice in the number. */
    float significance(int slice) {
        return Math.scalb(1f, slice * bits);
    }

    /** Sum of all significances: what one code in every slice is worth. */
    double ones() {
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += significance(k);
        }
        return sum;
    }
}
