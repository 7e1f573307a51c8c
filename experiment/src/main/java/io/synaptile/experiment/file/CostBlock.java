/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.devices.cost.EnergyTable;
import io.synaptile.devices.cost.TechnologyScaling;

/** Block {@code hardware.cost}: what energy, latency and area are computed from besides the energy table. */
public record CostBlock(
        @Key(
                value =
                        "Profile that gives read times and areas; auto: the profile of hardware.energy, or isaac32 for your own table.",
                otherwise = "auto")
        String structure,

        @Key(
                value =
                        "Technology node that digital blocks are scaled to; cells, drivers and converters stay as they are, and so do prices without a stated node and all times.",
                otherwise = "own",
                range = "[7, 130]",
                unit = "nm",
                zero = "own",
                source = "Stillmaker and Baas 2017")
        int nodeNm,

        @Key(
                value = "Supply voltage of digital blocks.",
                otherwise = "nominal",
                range = "[0, 2]",
                unit = "V",
                zero = "nominal",
                source = "Stillmaker and Baas 2017")
        double vdd,

        @Key(
                value =
                        "Price and area of a converter: from the tables (table), or from a fit to published converters (survey) at node_nm or, without it, at the node of the table's converter.",
                otherwise = "table",
                source = "Andrulis et al. 2024 for survey")
        Adc adc,

        @Key(
                value =
                        "Neurons updated in a step: all of them (dense), or those at positions that a layer on tiles reads (event).",
                otherwise = "dense")
        NeuronUpdates neuronUpdates,

        @Key(
                value =
                        "Clock period of digital layers, in which each of their output channels adds a one-bit input; profile: the period of the profile in structure.",
                otherwise = "profile",
                range = "[0, 1000000]",
                unit = "ns",
                zero = "profile",
                source = "isaac32: PUMA's simulator, 1 ns; spikesim65: 4 ns")
        double digitalClockNs,

        @Key(
                value =
                        "Leakage of the powered chip during an inference: reported beside the energy (beside), or included in it (within).",
                otherwise = "beside")
        Leakage leakage,

        @Key(value = "Width of sums and partial sums.", otherwise = "16", range = "[1, 64]", unit = "bits")
        int sumBits,

        @Key(value = "Width of a membrane.", otherwise = "16", range = "[1, 64]", unit = "bits")
        int membraneBits,

        @Key(
                value =
                        "Bits of an activation of the quantised artificial network that the spiking one is compared with.",
                otherwise = "8",
                range = "[1, 64]",
                unit = "bits")
        int baselineBits,

        @Key(
                value = "Area of the chip divided by the area of its parts.",
                otherwise = "1.15",
                range = "[1, 10]",
                source = "own choice; floor plans of NeuroSim have 1.04 to 3.1")
        double whitespace) {

    /** Value of {@code structure} that follows {@code hardware.energy}. */
    public static final String AUTO = "auto";

    /** Values of {@code hardware.cost.adc}. */
    public enum Adc {
        TABLE,
        SURVEY
    }

    /** Values of {@code hardware.cost.leakage}. */
    public enum Leakage {
        BESIDE,
        WITHIN
    }

    /** Values of {@code hardware.cost.neuron_updates}. */
    public enum NeuronUpdates {
        DENSE,
        EVENT
    }

    public CostBlock {
        if (!structure.equals(AUTO) && !EnergyTable.profiles().contains(structure)) {
            throw new InvalidSetting(
                    "structure",
                    "must be " + AUTO + " or one of " + String.join(", ", EnergyTable.profiles()) + ", got '"
                            + structure + "'");
        }
        if (nodeNm != 0) {
            Interval.check(
                    "node_nm",
                    nodeNm,
                    "[" + TechnologyScaling.smallestNanometres() + ", " + TechnologyScaling.largestNanometres() + "]");
        }
        Interval.check("vdd", vdd, "[0, 2]");
        Interval.check("digital_clock_ns", digitalClockNs, "[0, 1000000]");
        Interval.check("sum_bits", sumBits, "[1, 64]");
        Interval.check("membrane_bits", membraneBits, "[1, 64]");
        Interval.check("baseline_bits", baselineBits, "[1, 64]");
        Interval.check("whitespace", whitespace, "[1, 10]");
    }
}
