/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

/** Block {@code train.early_stopping}. */
public record EarlyStoppingBlock(
        @Key(
                value =
                        "Epochs in a row without a better accuracy than the best before, on the images that train.keep goes by, after which training stops.",
                otherwise = "off",
                range = "[0, inf)",
                zero = "off")
        int patience) {
    public EarlyStoppingBlock {
        Interval.check("patience", patience, "[0, inf)");
    }
}
