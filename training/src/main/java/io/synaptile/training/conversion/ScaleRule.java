/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.conversion;

/**
 * Which activation of a rectifier becomes one spike per step.
 *
 * @param percentile of the activations, above 0 to 100
 * @param positiveOnly whether zeros are left out of the percentile; published, they are not
 * @param perChannel whether every channel of a layer has a scale of its own
 */
public record ScaleRule(double percentile, boolean positiveOnly, boolean perChannel) {
    public ScaleRule {
        if (!(percentile > 0 && percentile <= 100)) {
            throw new IllegalArgumentException("percentile must lie above 0 and at most 100, got " + percentile);
        }
    }
}
