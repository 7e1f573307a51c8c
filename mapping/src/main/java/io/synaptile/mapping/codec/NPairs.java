/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import io.synaptile.devices.CellModel;
import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.text.message.RefusedException;
import java.util.List;

/**
 * Makes codecs of several pairs per weight, each with a significance.
 *
 * @param factors significance of every pair: powers of two, the first 1, none smaller than the one before; 1 to 8 pairs
 */
public record NPairs(List<Integer> factors) implements WeightCodecProvider {
    /** Name in experiment files. */
    public static final String ID = "n-pairs";
    /** Two pairs, the second worth four of the first. */
    public static final NPairs USUAL = new NPairs(List.of(1, 4));

    private static final int MOST_PAIRS = 8;
    private static final int LARGEST = 4096;

    public NPairs {
        factors = List.copyOf(factors);
        boolean rising = !factors.isEmpty() && factors.size() <= MOST_PAIRS && factors.getFirst() == 1;
        for (int k = 0; rising && k < factors.size(); k++) {
            int factor = factors.get(k);
            rising = Integer.bitCount(factor) == 1 && factor >= factors.get(Math.max(k - 1, 0)) && factor <= LARGEST;
        }
        if (!rising) {
            throw RefusedException.mustBe(
                    HardwareProperty.PAIR_FACTORS,
                    "1 to " + MOST_PAIRS + " powers of two from 1 to " + LARGEST
                            + ", the first 1 and none smaller than the one before",
                    factors);
        }
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String description() {
        return "several pairs of analogue cells per weight, each with a significance";
    }

    @Override
    public boolean pairs() {
        return true;
    }

    @Override
    public WeightCodec codec(LayerWeights weights, CellModel cell, int weightBits) {
        return new SignificantPairs(weights.fullScale(), weights.steps(weightBits), factors, cell);
    }
}
