/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.Optional;

/** Block {@code train.loss}. */
public record LossBlock(
        @Key(
                value =
                        "Cross-entropy of the softmax of the scores, or their mean squared distance from 1 for the label and 0 for the others (mse).",
                otherwise = "cross-entropy",
                addedLater = true)
        Kind kind,

        @Key(
                value = "Share of a label that is spread over all classes.",
                kinds = "cross-entropy",
                otherwise = "0",
                range = "[0, 1)",
                source = "Szegedy et al., CVPR 2016",
                addedLater = true)
        Optional<Double> labelSmoothing) {

    /** Values of {@code train.loss.kind}. */
    public enum Kind {
        CROSS_ENTROPY,
        MSE
    }

    public LossBlock {
        Interval.check("label_smoothing", labelSmoothing, "[0, 1)");
    }
}
