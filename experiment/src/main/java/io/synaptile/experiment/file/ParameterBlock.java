/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.List;
import java.util.Optional;

/** Block of {@code train.per_layer}. */
public record ParameterBlock(
        @Key(
                value =
                        "Parameters that are meant: weight, bias, gamma and beta (scales and offsets of a norm), leak, threshold, scale (of a rate norm); all if empty.",
                otherwise = "[]")
        List<String> roles,

        @Key(value = "Weight decay of these.", otherwise = "inherited", range = "[0, 1000]")
        Optional<Double> weightDecay,

        @Key(value = "Factor on the learning rate.", otherwise = "1", range = "[0, 1000]")
        double lrFactor,

        @Key(value = "They stay as they are.", otherwise = "false")
        boolean frozen,

        @Key(value = "Lower and upper bound that they are held between after every step.", otherwise = "none")
        Optional<List<Double>> clamp,

        @Key(
                value =
                        "Weights have the mean over their input channels taken off after every step, at each output and place of the kernel, before they are clamped.",
                otherwise = "false",
                source = "published code of Rastegari et al., ECCV 2016")
        boolean centre) {
    public ParameterBlock {
        roles = List.copyOf(roles);
        clamp = clamp.map(List::copyOf);
        Interval.check("weight_decay", weightDecay, "[0, 1000]");
        Interval.check("lr_factor", lrFactor, "[0, 1000]");
        clamp.ifPresent(bounds -> {
            if (bounds.size() != 2 || !(bounds.getFirst() < bounds.getLast())) {
                throw new InvalidSetting("clamp", "must be a lower bound and an upper one above it, got " + bounds);
            }
        });
    }
}
