/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.Optional;

/** Block {@code train.loop}. */
public record LoopBlock(
        @Key(
                value =
                        "What training does with the layers of hardware.boards: nothing, they are for evaluation alone (none); passes forward on the boards and derivatives of what these are known to hold (forward); one layer after the other is written, once, and what follows it is trained further on what it gives (layers); or nothing is known of them, so that their derivatives come from measured losses and nothing is trained before them (black-box).",
                otherwise = "none",
                source =
                        "forward: Schmitt et al., IJCNN 2017; layers: Wan et al., Nature 2022; black-box: Spall, IEEE TAC 1992",
                decides = true,
                addedLater = true)
        Policy policy,

        @Key(
                value =
                        "Batches between two writings of the boards, counted anew in every epoch; they are written as an epoch begins in any case.",
                kinds = "forward",
                otherwise = "once an epoch",
                zero = "once an epoch",
                range = "[0, 1000000]",
                addedLater = true)
        Optional<Integer> writeEvery,

        @Key(
                value = "How far weights are moved to measure losses, as a share of the largest weight of their layer.",
                kinds = "black-box",
                otherwise = "0.1",
                range = "(0, 1]",
                addedLater = true)
        Optional<Double> perturbation) {

    /** Values of {@code train.loop.policy}. */
    public enum Policy {
        NONE,
        FORWARD,
        LAYERS,
        BLACK_BOX
    }

    public LoopBlock {
        writeEvery.ifPresent(batches -> Interval.check("write_every", batches, "[0, 1000000]"));
        perturbation.ifPresent(share -> Interval.check("perturbation", share, "(0, 1]"));
    }

    /** The policy as it is written in a file. */
    public String word() {
        return Scalars.word(policy);
    }

    /** Whether training sees boards. */
    public boolean isOn() {
        return policy != Policy.NONE;
    }
}
