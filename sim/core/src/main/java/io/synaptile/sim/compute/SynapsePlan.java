/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Weights of one layer as a backend sees them: numbers only, no device. */
public sealed interface SynapsePlan {
    /** The matrix on tiles, if it is on tiles. */
    default Optional<TiledPlan> tiled() {
        return switch (this) {
            case DensePlan _ -> Optional.empty();
            case TiledPlan plan -> Optional.of(plan);
            case ArrayPlan(TiledPlan plan, ArrayReader _) -> Optional.of(plan);
        };
    }

    /**
     * An ideal weight matrix.
     *
     * @param weights {@code [out, in, kh, kw]} or {@code [out, in]}; owned by the plan
     */
    record DensePlan(float[] weights) implements SynapsePlan {}

    /**
     * A weight matrix cut into crossbar tiles that are read and digitised one by one.
     *
     * <p>Row r is input {@code (ky * kw + kx) * Cin + ci} of a convolution kernel; of a dense layer over a C x H x W map it
     * is {@code (y * W + x) * C + c}. Rows are cut into row tiles at {@code cuts}. Per output there are
     * {@code planes.length} physical columns (for example positive and negative, each cut into slices); for active row
     * tile tau, step t and output o
     *
     * <pre>
     *   i_p  = sum over rows r of tau of x_r * planes[p][r, o]  +  sqrt(sum of x_r^2 * variance[p][r, o]) * N(0, 1)
     *   y_o += planeGain[p] * convert(i_p), where columns have limits convert({@link ColumnLimits clamp}(i_p))
     * </pre>
     *
     * A tile with no active row is not read and adds nothing. Signed inputs are read in two phases, positive rows and
     * negative rows, each converted on its own, and the results subtracted; fractional (pooled) values scale their row.
     *
     * @param cuts first row of each row tile, ascending from 0
     * @param planes effective cell values per physical column, each {@code [rows, out]} row-major, in units of the weight
     * @param variance read-noise variance per cell in the same layout; null where all reads are exact, {@code variance[p]}
     *     null where those of plane p are: such a plane draws no normals but keeps its place in the noise's index
     * @param planeGain weight of each physical column in the digital sum
     * @param converter converter of each plane; null where all conversion is exact, {@code converter[p]} null where that of
     *     plane p is, as in a digital branch
     * @param errors how single converters differ from those; null where they do not
     * @param wires column wires with resistance, which change the sum of i_p; null where there are none, or where they are
     *     part of {@code planes}
     * @param rowLoad conductance of all cells of a row over all physical columns, uS; only summed over driven rows
     * @param readClass what to count a tile read with a driven rows as, entry a, below {@link LayerActivity#READ_CLASSES};
     *     at least as long as the largest row tile has rows and one more, or null to count all as class 0
     * @param shared of each plane, the consecutive outputs that one physical column serves, at least 1: they share its read
     *     noise, that of the first of them; null where every output has columns of its own
     * @param noise address of the read-noise stream
     * @param limits of the currents of single columns; null where there are none
     * @param nonZero weights that count as operations, {@code [rows, out]} row-major; null where those do of which any cell is
     *     not 0. What a cell holds is no measure: two cells can hold a weight of 0, and one that varies hardly ever does
     * @param further copies of the layer on arrays of their own, of the same shape and without copies of theirs. Position p of
     *     P is read by copy {@code floor(p C / P)} of C, 0 this plan, 1 the first of these
     */
    record TiledPlan(
            int rows,
            int outputs,
            int[] cuts,
            float[][] planes,
            float[][] variance,
            float[] planeGain,
            Converter[] converter,
            ConverterErrors errors,
            ColumnWires wires,
            double[] rowLoad,
            int[] readClass,
            int[] shared,
            NoiseKey noise,
            ColumnLimits limits,
            boolean[] nonZero,
            List<TiledPlan> further)
            implements SynapsePlan {
        public TiledPlan {
            Objects.requireNonNull(noise);
            requireCuts(cuts, rows);
            if (planes.length != planeGain.length || (converter != null && converter.length != planes.length)) {
                throw new IllegalArgumentException("planes, gains and converters differ in number");
            }
            if (variance != null && variance.length != planes.length) {
                throw new IllegalArgumentException(
                        "variances of " + variance.length + " planes for " + planes.length + " planes");
            }
            for (int p = 0; p < planes.length; p++) {
                requireCells("plane", planes[p], rows * outputs);
                if (variance != null && variance[p] != null) {
                    requireCells("variance", variance[p], rows * outputs);
                }
            }
            if (errors != null) {
                errors.requireFit(cuts.length * planes.length * outputs, outputs, converter);
            }
            if (wires != null) {
                wires.requireFit(planes.length, rows * outputs);
            }
            if (shared != null
                    && (shared.length != planes.length || Arrays.stream(shared).anyMatch(outputsOf -> outputsOf < 1))) {
                throw new IllegalArgumentException("outputs of a column must be at least 1 in " + planes.length
                        + " planes, got " + Arrays.toString(shared));
            }
            if (readClass != null) {
                requireClasses(readClass, cuts, rows);
            }
            if (limits != null) {
                limits.requireFit(planes.length, outputs);
            }
            if (nonZero != null && nonZero.length != rows * outputs) {
                throw new IllegalArgumentException(
                        "non-zero weights told of " + nonZero.length + " weights, expected " + rows * outputs);
            }
            further = List.copyOf(further);
            for (TiledPlan copy : further) {
                requireCopy(copy, rows, outputs, cuts, planeGain, errors, wires, limits);
            }
        }

        private static void requireCopy(
                TiledPlan copy,
                int rows,
                int outputs,
                int[] cuts,
                float[] planeGain,
                ConverterErrors errors,
                ColumnWires wires,
                ColumnLimits limits) {
            boolean same = copy.further.isEmpty()
                    && copy.rows == rows
                    && copy.outputs == outputs
                    && Arrays.equals(copy.cuts, cuts)
                    && Arrays.equals(copy.planeGain, planeGain)
                    && (copy.limits == null) == (limits == null)
                    && (copy.errors == null) == (errors == null)
                    && (errors == null || (copy.errors.table() == null) == (errors.table() == null))
                    && (copy.wires == null) == (wires == null)
                    && (wires == null || copy.wires.alike(wires));
            if (!same) {
                throw new IllegalArgumentException("copies of a layer differ in more than their cells and converters");
            }
        }

        /** Columns whose currents have no limits. */
        public TiledPlan(
                int rows,
                int outputs,
                int[] cuts,
                float[][] planes,
                float[][] variance,
                float[] planeGain,
                Converter[] converter,
                ConverterErrors errors,
                ColumnWires wires,
                double[] rowLoad,
                int[] readClass,
                int[] shared,
                NoiseKey noise) {
            this(
                    rows, outputs, cuts, planes, variance, planeGain, converter, errors, wires, rowLoad, readClass,
                    shared, noise, null, null, List.of());
        }

        /** Tiles of as many rows each, with ideal converters and wires, whose reads are all of one class. */
        public TiledPlan(
                int rows,
                int outputs,
                int rowsPerTile,
                float[][] planes,
                float[][] variance,
                float[] planeGain,
                Converter[] converter,
                double[] rowLoad,
                NoiseKey noise) {
            this(
                    rows,
                    outputs,
                    evenCuts(rows, rowsPerTile),
                    planes,
                    variance,
                    planeGain,
                    converter,
                    null,
                    null,
                    rowLoad,
                    null,
                    null,
                    noise);
        }

        /** The first rows of row tiles of as many rows each; the last one may have fewer. */
        public static int[] evenCuts(int rows, int rowsPerTile) {
            if (rowsPerTile < 1) {
                throw new IllegalArgumentException("a tile needs at least 1 row, got " + rowsPerTile);
            }
            int[] cuts = new int[Math.ceilDiv(rows, rowsPerTile)];
            Arrays.setAll(cuts, tile -> tile * rowsPerTile);
            return cuts;
        }

        private static void requireCuts(int[] cuts, int rows) {
            boolean ascending = cuts.length > 0 && cuts[0] == 0 && cuts[cuts.length - 1] < rows;
            for (int tile = 1; tile < cuts.length; tile++) {
                ascending &= cuts[tile] > cuts[tile - 1];
            }
            if (!ascending) {
                throw new IllegalArgumentException("row tiles must begin at rows ascending from 0 and below " + rows
                        + ", got " + Arrays.toString(cuts));
            }
        }

        private static void requireCells(String what, float[] cells, int expected) {
            if (cells.length != expected) {
                throw new IllegalArgumentException(what + " of " + cells.length + " cells, expected " + expected);
            }
        }

        private static void requireClasses(int[] readClass, int[] cuts, int rows) {
            for (int tile = 0; tile < cuts.length; tile++) {
                int most = (tile + 1 < cuts.length ? cuts[tile + 1] : rows) - cuts[tile];
                if (readClass.length <= most) {
                    throw new IllegalArgumentException(
                            "classes of reads with up to " + (readClass.length - 1) + " rows for tiles of " + most);
                }
            }
            for (int known : readClass) {
                if (known < 0 || known >= LayerActivity.READ_CLASSES) {
                    throw new IllegalArgumentException(
                            "class of a read must be 0 to " + (LayerActivity.READ_CLASSES - 1) + ", got " + known);
                }
            }
        }

        /** Converter of one plane, or null if it is converted exactly. */
        public Converter converter(int plane) {
            return converter == null ? null : converter[plane];
        }

        /** Read-noise variance of the cells of one plane, or null if it is read exactly. */
        public float[] variance(int plane) {
            return variance == null ? null : variance[plane];
        }

        /**
         * Whether a weight counts as an operation where its input is not 0.
         *
         * @param weight {@code row * outputs + output}
         */
        public boolean isNonZero(int weight) {
            return nonZero == null ? Arrays.stream(planes).anyMatch(plane -> plane[weight] != 0f) : nonZero[weight];
        }

        /** Whether any plane has read noise. */
        public boolean hasReadNoise() {
            return variance != null && Arrays.stream(variance).anyMatch(Objects::nonNull);
        }

        /** Number of row tiles. */
        public int rowTiles() {
            return cuts.length;
        }

        /** First row of a row tile. */
        public int firstRow(int tile) {
            return cuts[tile];
        }

        /** First row that is not on a row tile any more. */
        public int endRow(int tile) {
            return tile + 1 < cuts.length ? cuts[tile + 1] : rows;
        }

        /** The row tile of every row, {@code [rows]}. */
        public int[] tileOfRow() {
            int[] tileOf = new int[rows];
            for (int tile = 0; tile < cuts.length; tile++) {
                Arrays.fill(tileOf, firstRow(tile), endRow(tile), tile);
            }
            return tileOf;
        }

        /** Consecutive outputs that one physical column of a plane serves. */
        public int shared(int plane) {
            return shared == null ? 1 : shared[plane];
        }

        /** Class of a tile read with that many driven rows. */
        public int readClass(int drivenRows) {
            return readClass == null ? 0 : readClass[drivenRows];
        }

        /** The same with converters that differ; null for none. */
        public TiledPlan withErrors(ConverterErrors other) {
            return new TiledPlan(
                    rows, outputs, cuts, planes, variance, planeGain, converter, other, wires, rowLoad, readClass,
                    shared, noise, limits, nonZero, further);
        }

        /** The same with column wires; null for none. */
        public TiledPlan withWires(ColumnWires other) {
            return new TiledPlan(
                    rows, outputs, cuts, planes, variance, planeGain, converter, errors, other, rowLoad, readClass,
                    shared, noise, limits, nonZero, further);
        }

        /** The same with reads counted by class. */
        public TiledPlan withReadClass(int[] other) {
            return new TiledPlan(
                    rows, outputs, cuts, planes, variance, planeGain, converter, errors, wires, rowLoad, other, shared,
                    noise, limits, nonZero, further);
        }

        /** The same with columns that serve several outputs; null for none. */
        public TiledPlan withShared(int[] other) {
            return new TiledPlan(
                    rows, outputs, cuts, planes, variance, planeGain, converter, errors, wires, rowLoad, readClass,
                    other, noise, limits, nonZero, further);
        }

        /** The same with limits of columns; null for none. */
        public TiledPlan withLimits(ColumnLimits other) {
            return new TiledPlan(
                    rows, outputs, cuts, planes, variance, planeGain, converter, errors, wires, rowLoad, readClass,
                    shared, noise, other, nonZero, further);
        }

        /** The same with the weights told that count as operations; null for those of which any cell is not 0. */
        public TiledPlan withNonZero(boolean[] other) {
            return new TiledPlan(
                    rows, outputs, cuts, planes, variance, planeGain, converter, errors, wires, rowLoad, readClass,
                    shared, noise, limits, other, further);
        }

        /** The same with further copies. */
        public TiledPlan withFurther(List<TiledPlan> other) {
            return new TiledPlan(
                    rows, outputs, cuts, planes, variance, planeGain, converter, errors, wires, rowLoad, readClass,
                    shared, noise, limits, nonZero, other);
        }

        /** Copies of the layer, this one included. */
        public int copies() {
            return 1 + further.size();
        }

        /** One of the copies, from 0. */
        public TiledPlan copy(int copy) {
            return copy == 0 ? this : further.get(copy - 1);
        }

        /** The copy that reads an output position. */
        public TiledPlan copyAt(int position, int positions) {
            return copy(copyAt(position, positions, copies()));
        }

        /** Number of the copy that reads an output position. */
        public static int copyAt(int position, int positions, int copies) {
            return (int) ((long) position * copies / positions);
        }

        /** First output position of a copy; that of the copy after the last is the number of positions. */
        public int firstPosition(int copy, int positions) {
            return Math.ceilDiv(Math.multiplyExact(copy, positions), copies());
        }

        /** The same matrix cut elsewhere. */
        public TiledPlan withCuts(int[] other) {
            return new TiledPlan(
                    rows, outputs, other, planes, variance, planeGain, converter, errors, wires, rowLoad, readClass,
                    shared, noise, limits, nonZero, further);
        }
    }

    /**
     * A matrix on tiles whose column sums something outside the backend gives: i_p of the tiles, without the noise term, is
     * what the reader says; noise, conversion and digital sum are those of the tiles.
     *
     * @param tiles cells, for counting operations; without wires, which are the reader's affair
     */
    record ArrayPlan(TiledPlan tiles, ArrayReader reader) implements SynapsePlan {
        public ArrayPlan {
            Objects.requireNonNull(reader);
            if (tiles.wires() != null) {
                throw new IllegalArgumentException("arrays that a reader reads have no wires of their own");
            }
        }
    }

    /**
     * A uniform analogue-to-digital converter.
     *
     * <pre>
     *   code = clamp(rint((i - low) / step), 0, codes - 1);   result = low + code * step
     * </pre>
     *
     * <p>Rounding is half to even.
     *
     * @param low input at code 0
     * @param step input per code, above 0
     * @param codes number of codes, 2^bits
     */
    record Converter(float low, float step, int codes) {
        public Converter {
            if (!(step > 0f) || codes < 2) {
                throw new IllegalArgumentException(
                        "converter needs a step above 0 and at least 2 codes, got " + step + ", " + codes);
            }
        }
    }

    /**
     * Address of a layer's read noise: the backend opens {@code NoiseStream.of(seed, READ_NOISE, layer, sampleId, instance)}
     * and takes, for (step, phase, position, row tile, plane, output) in that order of significance, the normal at the
     * mixed-radix index of these ({@link io.synaptile.sim.random.NoiseStream#gaussiansAt}).
     */
    record NoiseKey(long seed, int layer, int instance) {}
}
