/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

/** Block {@code train.variation}. */
public record VariationBlock(
        @Key(value = "Device whose variation the training sees.", otherwise = "none")
        Device device,

        @Key(
                value = "One log-normal factor per weight, or per cell through the codec of the hardware block.",
                otherwise = "weight")
        Model model,

        @Key(value = "Factor on sigma.", otherwise = "1", range = "[0, 1000]")
        double scale,

        @Key(
                value =
                        "Cap on a varied weight: magnitude at full scale, none, or the signed extremes of the layer as in the published code (published).",
                otherwise = "symmetric")
        Saturate saturate,

        @Key(value = "How often a new draw is made.", otherwise = "forward")
        Resample resample) {

    /** Values of {@code train.variation.device}. */
    public enum Device {
        NONE,
        RRAM
    }

    /** Values of {@code train.variation.model}. */
    public enum Model {
        WEIGHT,
        CELL
    }

    /** Values of {@code train.variation.saturate}. */
    public enum Saturate {
        SYMMETRIC,
        NONE,
        @Formerly("seed")
        PUBLISHED
    }

    /** Values of {@code train.variation.resample}. */
    public enum Resample {
        FORWARD,
        EPOCH,
        ONCE
    }

    public VariationBlock {
        Interval.check("scale", scale, "[0, 1000]");
    }
}
