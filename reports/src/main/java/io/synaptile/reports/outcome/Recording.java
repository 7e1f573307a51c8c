/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.outcome;

import java.util.Objects;

/**
 * Recorded activity of one layer on one image. The arrays are not to be written to.
 *
 * @param layer name
 * @param image which it is, in words
 * @param spikes 0 or 1, {@code [steps][neurons]}; no steps where the layer has no neurons
 * @param values potentials of neurons, or outputs of another layer, {@code [steps][values]}
 */
public record Recording(String layer, String image, float[][] spikes, float[][] values) {
    public Recording {
        Objects.requireNonNull(layer);
        Objects.requireNonNull(image);
    }

    /** Whether the layer has neurons. */
    public boolean isOfNeurons() {
        return spikes.length > 0;
    }
}
