/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

/** A number of lines and one of columns, of a kernel or of its steps. */
public record Extent(int lines, int columns) {
    /** The same in both directions. */
    public static Extent square(int size) {
        return new Extent(size, size);
    }

    /** Whether both are the same. */
    public boolean isSquare() {
        return lines == columns;
    }

    /** Number of places, lines times columns. */
    public int area() {
        return Math.multiplyExact(lines, columns);
    }

    /** Whether both are at least so much. */
    boolean isAtLeast(int least) {
        return lines >= least && columns >= least;
    }

    /** One number where both are the same, else {@code 3x1}. */
    @Override
    public String toString() {
        return isSquare() ? String.valueOf(lines) : lines + "x" + columns;
    }
}
