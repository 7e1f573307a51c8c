/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.cost;

import io.synaptile.devices.cost.AreaTable;
import io.synaptile.devices.cost.ChipTiming;
import io.synaptile.devices.cost.EnergyTable;
import io.synaptile.devices.cost.WordWidths;
import io.synaptile.devices.cost.WriteTiming;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.Readout;
import java.util.Optional;

/**
 * What the cost of a chip is computed from.
 *
 * @param table energy of every event
 * @param timing times of array reads, digital layers and hops
 * @param writing time of a write pulse for cells that do not know their own; empty where nothing is known
 * @param area areas; empty for a profile that describes no chip
 * @param widths word widths of converters, sums, membranes and digital words
 * @param counting what is counted
 */
public record CostModel(
        EnergyTable table,
        ChipTiming timing,
        Optional<WriteTiming> writing,
        Optional<AreaTable> area,
        WordWidths widths,
        Counting counting) {
    /**
     * What is counted.
     *
     * @param updates which neurons are updated in a step
     * @param latched whether layers compute once what no step changes
     * @param leakageWithin whether the energy of an image has what leaks while it runs
     * @param inputBits bits of an input value of a digital multiply-accumulate, 1 to 64
     * @param baselineBits bits of an activation of the artificial network that the spiking one is compared with, 1 to 64
     */
    public record Counting(
            ActivityProjector.NeuronUpdates updates,
            boolean latched,
            boolean leakageWithin,
            int inputBits,
            int baselineBits) {
        /** Bits of an input value, of which images of 256 grey values have this many. */
        public static final int INPUT_BITS = 8;

        /** All neurons in every step, latched first layers, leakage beside the energy, and 8-bit values. */
        public static final Counting USUAL =
                new Counting(ActivityProjector.NeuronUpdates.DENSE, true, false, INPUT_BITS, INPUT_BITS);
    }

    /** Bits of sums and membrane potentials where nothing else is said. */
    private static final int USUAL_BITS = 16;

    /**
     * Prices, times and areas of a profile for some hardware, with sums and membrane potentials of 16 bits.
     *
     * @param profile one of {@link EnergyTable#profiles()}
     * @throws IllegalArgumentException if there is no such profile
     */
    public static CostModel profile(String profile, HardwareSpec hardware) {
        return profile(profile, hardware, USUAL_BITS, USUAL_BITS);
    }

    /**
     * Prices, times and areas of a profile for some hardware.
     *
     * @param profile one of {@link EnergyTable#profiles()}
     * @param sumBits bits of a sum of columns
     * @param membraneBits bits of a membrane potential
     * @throws IllegalArgumentException if there is no such profile
     */
    public static CostModel profile(String profile, HardwareSpec hardware, int sumBits, int membraneBits) {
        int bits = hardware.readout() instanceof Readout.Adc adc ? adc.bits() : 1;
        int columns = hardware.readout() instanceof Readout.Adc adc ? adc.columnsPerAdc() : 1;
        int word = hardware.layers().digitalBits() == 0
                ? Float.SIZE
                : hardware.layers().digitalBits();
        ChipTiming timing = ChipTiming.profile(profile, columns, bits);
        return new CostModel(
                EnergyTable.profile(profile),
                hardware.readout() instanceof Readout.LifDirect
                        ? timing.withRead(timing.read().withoutConversion())
                        : timing,
                WriteTiming.profile(profile),
                AreaTable.profile(profile),
                new WordWidths(bits, sumBits, membraneBits, word),
                Counting.USUAL);
    }
}
