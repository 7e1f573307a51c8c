/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Block {@code train.quantise}. */
public record QuantiseBlock(
        @Key(
                value =
                        "Quantiser: 2^bits levels without zero at a fixed scale (kbit), DoReFa, three levels at the layer's scale (ternary, which has no bits), or none.",
                otherwise = "kbit",
                source = "kbit and ternary: published code of Kim and Panda 2021; dorefa: Zhou et al. 2016")
        Kind kind,

        @Key(value = "Bits of a weight.", otherwise = "off", range = "[0, 8]", zero = "off")
        int bits,

        @Key(
                value = "Layers that are quantised; auto: the convolutions, or all layers if there are none.",
                otherwise = "auto")
        TrainBlock.Layers layers,

        @Key(
                value =
                        "Follow the published code where it differs from the method: weights are not clamped to [-1, 1] first, and a ternary weight at the negative threshold is 0.",
                otherwise = "false")
        @Formerly("exact_seed")
        boolean asPublished,

        @Key(
                "Layers with a quantiser of their own, including layers that train.quantise.layers leaves out. A name overrides a pattern with * and ?.")
        Map<String, OfLayer> perLayer) {

    /** Values of the {@code kind} keys. */
    public enum Kind {
        KBIT,
        DOREFA,
        TERNARY,
        NONE;

        boolean hasBits() {
            return this == KBIT || this == DOREFA;
        }
    }

    /** Block of {@code train.quantise.per_layer}. */
    public record OfLayer(
            @Key(value = "Quantiser of these layers.", otherwise = "inherited")
            Optional<Kind> kind,

            @Key(value = "Bits of a weight of these layers.", otherwise = "inherited", range = "[1, 8]")
            Optional<Integer> bits) {
        public OfLayer {
            bits.ifPresent(count -> Interval.check("bits", count, "[1, 8]"));
        }
    }

    /**
     * The quantiser of a layer.
     *
     * @param bits 0 for kinds that have none
     */
    public record Quantiser(Kind kind, int bits) {
        /** Whether weights stay as they are. */
        public boolean isOff() {
            return kind == Kind.NONE || kind.hasBits() && bits == 0;
        }
    }

    public QuantiseBlock {
        perLayer = Collections.unmodifiableMap(new TreeMap<>(perLayer));
        Interval.check("bits", bits, "[0, 8]");
        if (kind == Kind.DOREFA && bits == 0) {
            throw new InvalidSetting("bits", "must be at least 1 for train.quantise.kind dorefa, got off");
        }
        for (Map.Entry<String, OfLayer> entry : perLayer.entrySet()) {
            OfLayer own = entry.getValue();
            String key = "per_layer." + entry.getKey() + ".bits";
            Kind resolved = own.kind().orElse(kind);
            if (resolved.hasBits() && own.bits().orElse(bits) == 0) {
                throw new InvalidSetting(
                        key,
                        "must be given for kind " + Scalars.word(resolved) + ", because train.quantise.bits is off");
            } else if (!resolved.hasBits() && own.bits().isPresent()) {
                throw new InvalidSetting(
                        key,
                        "has no meaning for kind " + Scalars.word(resolved) + ", got "
                                + own.bits().get() + "; kbit and dorefa have bits");
            }
        }
    }

    /** The quantiser of the layers that {@code layers} selects. */
    public Quantiser quantiser() {
        return new Quantiser(kind, kind.hasBits() ? bits : 0);
    }

    /** The quantiser of layers of {@code per_layer}. */
    public Quantiser quantiser(OfLayer own) {
        Kind resolved = own.kind().orElse(kind);
        return new Quantiser(resolved, resolved.hasBits() ? own.bits().orElse(bits) : 0);
    }

    /** Whether no layer is quantised whatever the network. */
    boolean isOff() {
        return quantiser().isOff()
                && perLayer.values().stream().allMatch(own -> quantiser(own).isOff());
    }
}
