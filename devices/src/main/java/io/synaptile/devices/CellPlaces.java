/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

/**
 * Where cells that are written together stand, for effects that neighbours, a row, a column or an array share.
 */
public sealed interface CellPlaces {
    /** Number of cells. */
    int cells();

    /** Number of rows of all arrays. */
    int rows();

    /** Number of columns of all arrays. */
    int columns();

    /** Number of arrays. */
    int arrays();

    /** Row of a cell. */
    int row(int cell);

    /** Column of a cell. */
    int column(int cell);

    /** Array of a cell. */
    int array(int cell);

    /** Cells of which nothing is known: each is an array of its own, so that what neighbours share is drawn for each. */
    record Apart(int cells) implements CellPlaces {
        @Override
        public int rows() {
            return cells;
        }

        @Override
        public int columns() {
            return cells;
        }

        @Override
        public int arrays() {
            return cells;
        }

        @Override
        public int row(int cell) {
            return cell;
        }

        @Override
        public int column(int cell) {
            return cell;
        }

        @Override
        public int array(int cell) {
            return cell;
        }
    }

    /**
     * All cells of one array: row by row those of all columns but the last few, then row by row those of the last few.
     *
     * @param rows at least 0
     * @param columns all columns
     * @param last of them the columns that come at the end of the list, such as reference columns, less than all
     * @param perCrossing cells where a row meets a column, next to each other in the list; 1 unless {@code last} is 0
     */
    record Array(int rows, int columns, int last, int perCrossing) implements CellPlaces {
        public Array {
            if (rows < 0 || columns < 1 || last < 0 || last >= columns) {
                throw new IllegalArgumentException(
                        "no array of " + rows + " rows and " + columns + " columns, " + last + " of them last");
            }
            if (perCrossing < 1 || perCrossing > 1 && last > 0) {
                throw new IllegalArgumentException(
                        "no array of " + perCrossing + " cells per crossing and " + last + " last columns");
            }
        }

        /** An array with one cell at every crossing. */
        public Array(int rows, int columns, int last) {
            this(rows, columns, last, 1);
        }

        @Override
        public int cells() {
            return Math.multiplyExact(Math.multiplyExact(rows, columns), perCrossing);
        }

        @Override
        public int arrays() {
            return 1;
        }

        private int first() {
            return (columns - last) * perCrossing;
        }

        @Override
        public int row(int cell) {
            int late = cell - rows * first();
            return late < 0 ? cell / first() : late / last;
        }

        @Override
        public int column(int cell) {
            int late = cell - rows * first();
            return late < 0 ? cell % first() / perCrossing : columns - last + late % last;
        }

        @Override
        public int array(int cell) {
            return 0;
        }
    }
}
