/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import java.util.List;
import java.util.Optional;

/** Weights of one layer as a backend sees them: numbers only, no device. */
public sealed interface SynapsePlan {
    /** The matrix on arrays, if it is on arrays. */
    default Optional<ArrayPlan> arrays() {
        return switch (this) {
            case DensePlan _ -> Optional.empty();
            case ArrayPlan plan -> Optional.of(plan);
        };
    }

    /**
     * An ideal weight matrix.
     *
     * @param weights {@code [out, in, kh, kw]} or {@code [out, in]}; owned by the plan
     */
    record DensePlan(float[] weights) implements SynapsePlan {}

    /**
     * A weight matrix on crossbar arrays. An array is addressed by layer, copy, row tile and column tile; copies hold the same
     * weights and share the output positions: position p of P is read by copy {@code floor(p C / P)} of C.
     *
     * @param copies the arrays of each copy, at least one; they differ in cells, single converters and loads alone
     */
    record ArrayPlan(List<LayerArrays> copies) implements SynapsePlan {
        public ArrayPlan {
            copies = List.copyOf(copies);
            for (LayerArrays copy : copies) {
                if (!copy.alike(copies.getFirst())) {
                    throw new IllegalArgumentException(
                            "copies of a layer differ in more than their cells and converters");
                }
            }
            if (copies.isEmpty()) {
                throw new IllegalArgumentException("a layer on arrays needs at least one copy");
            }
        }

        /** A layer that is there once. */
        public static ArrayPlan of(LayerArrays only) {
            return new ArrayPlan(List.of(only));
        }

        /** One of the copies, from 0. */
        public LayerArrays copy(int copy) {
            return copies.get(copy);
        }

        /** The copy that stands for all where they do not differ. */
        public LayerArrays first() {
            return copies.getFirst();
        }

        /** The copy that reads an output position. */
        public LayerArrays copyAt(int position, int positions) {
            return copies.get((int) ((long) position * copies.size() / positions));
        }

        /** First output position of a copy; that of the copy after the last is the number of positions. */
        public int firstPosition(int copy, int positions) {
            return Math.ceilDiv(Math.multiplyExact(copy, positions), copies.size());
        }

        /** Whether the arrays are read outside the backend. */
        public boolean hasReader() {
            return first().circuit().reader().isPresent();
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
