/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.text.message.RefusedException;

/** The levels that a quantiser has put the weights of a layer on: whole steps, from -fullScale to fullScale. */
public sealed interface WeightGrid {
    /** Unquantised weights. */
    record None() implements WeightGrid {}

    /**
     * Levels {@code ±j / 2^(bits-1)}, j from 1.
     *
     * @param bits 1 to 16
     */
    record KBit(int bits) implements WeightGrid {
        public KBit {
            requireBits(bits);
        }
    }

    /**
     * Odd steps: levels {@code ±(2j - 1) / (2^bits - 1)}, j from 1; for one bit {@code ±a} with the layer's own a.
     *
     * @param bits 1 to 16
     */
    record Dorefa(int bits) implements WeightGrid {
        public Dorefa {
            requireBits(bits);
        }
    }

    /** Levels -a, 0 and a with the layer's own a. */
    record Ternary() implements WeightGrid {}

    /** Bits that tell the levels apart; 0 without levels. */
    default int bits() {
        return switch (this) {
            case None _ -> 0;
            case KBit(int bits) -> bits;
            case Dorefa(int bits) -> bits;
            case Ternary _ -> 2;
        };
    }

    /** Whether full scale is the largest magnitude of the layer, and so differs between layers and draws; 1 if it is not. */
    default boolean ownScale() {
        return switch (this) {
            case None _, Ternary _ -> true;
            case KBit _ -> false;
            case Dorefa(int bits) -> bits == 1;
        };
    }

    /**
     * Steps from 0 to full scale.
     *
     * @param weightBits bits of the magnitude where there are no levels
     */
    default int steps(int weightBits) {
        return switch (this) {
            case None _ -> (1 << weightBits) - 1;
            case KBit(int bits) -> 1 << bits - 1;
            case Dorefa(int bits) -> (1 << bits) - 1;
            case Ternary _ -> 1;
        };
    }

    /** Whether all levels are odd multiples of a step, so that 0 is none of them and every other step can be left out. */
    default boolean oddSteps() {
        return this instanceof Dorefa;
    }

    private static void requireBits(int bits) {
        if (bits < 1 || bits > DifferentialPair.MAX_MAGNITUDE_BITS) {
            throw RefusedException.mustBe(
                    HardwareProperty.QUANTISED_BITS, "1 to " + DifferentialPair.MAX_MAGNITUDE_BITS, bits);
        }
    }
}
