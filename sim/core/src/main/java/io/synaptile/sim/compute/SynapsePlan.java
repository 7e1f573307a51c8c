/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import java.util.Arrays;
import java.util.Objects;

/** Weights of one layer as a backend sees them: numbers only, no device. */
public sealed interface SynapsePlan {

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
     * is {@code (y * W + x) * C + c}. Every {@code rowsPerTile} rows form a row tile. Per output there are
     * {@code planes.length} physical columns (for example positive and negative, each cut into slices); for active row
     * tile tau, step t and output o
     *
     * <pre>
     *   i_p  = sum over rows r of tau of x_r * planes[p][r, o]  +  sqrt(sum of x_r^2 * variance[p][r, o]) * N(0, 1)
     *   y_o += planeGain[p] * convert(i_p)
     * </pre>
     *
     * A tile with no active row is not read and adds nothing. Signed inputs are read in two phases, positive rows and
     * negative rows, each converted on its own, and the results subtracted; fractional (pooled) values scale their row.
     *
     * @param planes effective cell values per physical column, each {@code [rows, out]} row-major, in units of the weight
     * @param variance read-noise variance per cell in the same layout; null where all reads are exact, {@code variance[p]}
     *     null where those of plane p are: such a plane draws no normals but keeps its place in the noise's index
     * @param planeGain weight of each physical column in the digital sum
     * @param converter converter of each plane; null where all conversion is exact, {@code converter[p]} null where that of
     *     plane p is, as in a digital branch
     * @param rowLoad conductance of all cells of a row over all physical columns, uS; only summed over driven rows
     * @param noise address of the read-noise stream
     */
    record TiledPlan(
            int rows,
            int outputs,
            int rowsPerTile,
            float[][] planes,
            float[][] variance,
            float[] planeGain,
            Converter[] converter,
            double[] rowLoad,
            NoiseKey noise)
            implements SynapsePlan {
        public TiledPlan {
            Objects.requireNonNull(noise);
            if (rowsPerTile < 1) {
                throw new IllegalArgumentException("a tile needs at least 1 row, got " + rowsPerTile);
            }
            if (planes.length != planeGain.length || (converter != null && converter.length != planes.length)) {
                throw new IllegalArgumentException("planes, gains and converters differ in number");
            }
            if (variance != null && variance.length != planes.length) {
                throw new IllegalArgumentException(
                        "variances of " + variance.length + " planes for " + planes.length + " planes");
            }
            for (int p = 0; p < planes.length; p++) {
                checkCells("plane", planes[p], rows * outputs);
                if (variance != null && variance[p] != null) {
                    checkCells("variance", variance[p], rows * outputs);
                }
            }
        }

        private static void checkCells(String what, float[] cells, int expected) {
            if (cells.length != expected) {
                throw new IllegalArgumentException(what + " of " + cells.length + " cells, expected " + expected);
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

        /** Whether any plane has read noise. */
        public boolean hasReadNoise() {
            return variance != null && Arrays.stream(variance).anyMatch(Objects::nonNull);
        }

        /** Number of row tiles. */
        public int rowTiles() {
            return (rows + rowsPerTile - 1) / rowsPerTile;
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
