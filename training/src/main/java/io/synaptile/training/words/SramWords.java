/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.words;

import java.util.Objects;

/**
 * SRAM words of a layer.
 *
 * @param values one per weight, {@code [out, in, kh, kw]} or {@code [out, in]}; owned by this record, not changed
 * @param form how they are stored and added to the RRAM weights
 */
public record SramWords(float[] values, WordForm form) {
    public SramWords {
        Objects.requireNonNull(values);
        Objects.requireNonNull(form);
    }
}
