/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.mapping.codec.NPairs;
import io.synaptile.text.message.RefusedException;
import java.util.List;

/** Block {@code hardware.pairs}. */
public record PairsBlock(
        @Key(
                value =
                        "Significance of every pair of a weight: 1 to 8 powers of two up to 4096, the first 1, none smaller than the one before. The first pair is filled first.",
                otherwise = "[1, 4]",
                source = "NPair of IBM's aihwkit")
        List<Integer> factors) {
    public PairsBlock {
        factors = List.copyOf(factors);
        try {
            new NPairs(factors);
        } catch (RefusedException e) {
            throw new InvalidSetting(
                    "factors",
                    "must be " + e.allowed().orElseThrow() + ", got "
                            + e.found().orElseThrow());
        }
    }

    /** The codec that these make. */
    public NPairs codec() {
        return new NPairs(factors);
    }
}
