/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.conversion;

/**
 * What the neurons of a converted network have in common: they integrate without a leak, fire from their threshold on and subtract
 * it.
 *
 * @param initial fraction of its threshold at which a membrane starts, 0 to below 1
 * @param pipelined whether the spikes of a layer reach the next one a step later
 */
public record SpikingForm(float initial, boolean pipelined) {
    public SpikingForm {
        if (!(initial >= 0f && initial < 1f)) {
            throw new IllegalArgumentException(
                    "the potential at the start must lie from 0 to below 1 threshold, got " + initial);
        }
    }
}
