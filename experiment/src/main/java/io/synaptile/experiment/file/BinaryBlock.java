/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.Optional;

/** Block {@code train.binary}. */
public record BinaryBlock(
        @Key(
                value = "Train binary weights, of one magnitude per output, which cells hold as -1 and 1.",
                otherwise = "false",
                decides = true,
                addedLater = true)
        boolean enabled,

        @Key(
                value =
                        "Layers whose weights are binary: all but the first and the last (inner), the convolutions but for the first and the last of them (conv), or all.",
                kinds = "true",
                otherwise = "inner",
                source = "Rastegari et al., ECCV 2016",
                addedLater = true)
        Optional<Layers> layers) {

    /** Word for weights that are not binary. */
    public static final String NONE = "none";

    /** Values of {@code train.binary.layers}. */
    public enum Layers {
        INNER,
        CONV,
        ALL
    }

    /** The layers in a word, {@link #NONE} where weights are not binary. */
    public String word() {
        return enabled ? Scalars.word(layers.orElseThrow()) : NONE;
    }
}
