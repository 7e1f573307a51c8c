/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method.dsr;

import io.synaptile.training.conversion.ScaleRule;
import java.util.Objects;

/**
 * First epochs with an artificial network, from which the spiking one takes its weights; its thresholds are percentiles of the
 * activations.
 *
 * @param epochs at least 1
 * @param rule of the percentiles, one for a layer
 * @param images training images that they are found on
 */
public record ArtificialStart(int epochs, ScaleRule rule, int images) {
    public ArtificialStart {
        Objects.requireNonNull(rule);
        if (epochs < 1 || images < 1 || rule.perChannel()) {
            throw new IllegalArgumentException("an artificial start of " + epochs + " epochs, calibrated on " + images
                    + " images" + (rule.perChannel() ? " for every channel" : ""));
        }
    }
}
