/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

/**
 * Durations of the phases of one array read, ns.
 *
 * @param wordlineNanoseconds driving the rows
 * @param settleNanoseconds until column currents can be sampled
 * @param adcNanoseconds one conversion
 * @param shiftAddNanoseconds joining slices and planes
 * @param columnsPerAdc columns that take turns at one converter
 * @param adcPipelined whether a read's conversions run while the next read settles, so that the longer of the two counts
 * @param source where the durations come from
 */
public record ReadTiming(
        double wordlineNanoseconds,
        double settleNanoseconds,
        double adcNanoseconds,
        double shiftAddNanoseconds,
        int columnsPerAdc,
        boolean adcPipelined,
        String source) {
    public ReadTiming {
        requireAtLeastZero("wordline", wordlineNanoseconds);
        requireAtLeastZero("settle", settleNanoseconds);
        requireAtLeastZero("adc", adcNanoseconds);
        requireAtLeastZero("shift-add", shiftAddNanoseconds);
        if (columnsPerAdc < 1) {
            throw new IllegalArgumentException("columns_per_adc must be at least 1, got " + columnsPerAdc);
        }
    }

    /**
     * ISAAC at 32 nm: 100 ns per array read, converters of 128 columns pipelined behind it. The 100 ns hold for fewer columns
     * per converter too, as the array itself needs them.
     */
    public static ReadTiming isaac32(int columnsPerAdc) {
        return new ReadTiming(
                0,
                100,
                100.0 / 128,
                0,
                columnsPerAdc,
                true,
                "A. Shafiee et al., ISAAC, ISCA 2016: 100 ns array read, 128 columns per converter; conversion time ="
                        + " 100 ns / 128 (derived)");
    }

    /** Durations of the reference micro-cases of the event cost model: 1 ns row, 10 ns settling, 2 ns conversion, 1 ns sum. */
    public static ReadTiming referenceEvent(int columnsPerAdc) {
        return new ReadTiming(
                1,
                10,
                2,
                1,
                columnsPerAdc,
                false,
                "constants of the reference micro-cases (own choice, no technology)");
    }

    /** SpikeSim at 65 nm: 26 clocks of 250 MHz per read, in which eight columns take turns at a converter. */
    public static ReadTiming spikesim65(int columnsPerAdc) {
        return new ReadTiming(
                0,
                104,
                104.0 / 8,
                0,
                columnsPerAdc,
                true,
                "A. Moitra et al., SpikeSim, IEEE TCAD 2023: 26 clocks at 250 MHz for 8 columns per converter; conversion"
                        + " time = 104 ns / 8 (derived)");
    }

    /** NeuRRAM at 130 nm: 0.27 us integration, then 0.3 us sampling and 0.3 us per decision step of a conversion. */
    public static ReadTiming neurram130(int columnsPerAdc, int adcBits) {
        return new ReadTiming(
                0,
                270,
                300 + 300.0 * (1L << adcBits - 1),
                0,
                columnsPerAdc,
                false,
                "W. Wan et al., NeuRRAM, Nature 2022, component values in the Accelergy library plug-in; 2^(b-1) decision"
                        + " steps (worst case, own)");
    }

    /** NeuroSim 1.4: read pulses of 10 ns and a successive-approximation conversion of 1.4 (b + 1) ns, calibrated to a 40 nm macro. */
    public static ReadTiming neurosim22(int columnsPerAdc, int adcBits) {
        return new ReadTiming(
                0,
                10,
                1.4 * (adcBits + 1),
                0,
                columnsPerAdc,
                true,
                "NeuroSim 1.4: (b + 1) ns per conversion of b bits, times 1.4 as calibrated to a 40 nm macro; read pulse of its"
                        + " RRAM, 10 ns, in which the first columns convert");
    }

    /** Digital SRAM macros at 65 nm: one read per clock of 100 MHz, no converter. */
    public static ReadTiming digitalSram65() {
        return new ReadTiming(0, 10, 0, 0, 1, false, "one read per clock of 100 MHz (own choice)");
    }

    /**
     * The timing that belongs to a shipped energy profile.
     *
     * @param adcBits resolution of the converters, which only some profiles depend on
     * @throws IllegalArgumentException listing the known profiles
     */
    public static ReadTiming profile(String name, int columnsPerAdc, int adcBits) {
        return switch (name) {
            case "isaac32" -> isaac32(columnsPerAdc);
            case "spikesim65" -> spikesim65(columnsPerAdc);
            case "neurosim22" -> neurosim22(columnsPerAdc, adcBits);
            case "neurram130" -> neurram130(columnsPerAdc, adcBits);
            case "digital-sram65" -> digitalSram65();
            case "reference-event" -> referenceEvent(columnsPerAdc);
            default ->
                throw new IllegalArgumentException(
                        "unknown timing profile '" + name + "'; known: " + String.join(", ", EnergyTable.profiles()));
        };
    }

    /** The same where columns charge the membranes: no conversion, and nothing to join after it. */
    public ReadTiming withoutConversion() {
        return new ReadTiming(
                wordlineNanoseconds,
                settleNanoseconds,
                0,
                0,
                columnsPerAdc,
                adcPipelined,
                source + "; conversion and sum left out, for membranes take the column currents");
    }

    /**
     * The same where the rows of a read are driven several times before its columns are converted.
     *
     * @param pulses at least 1
     */
    public ReadTiming withPulses(int pulses) {
        if (pulses < 1) {
            throw new IllegalArgumentException("a read needs at least 1 pulse, got " + pulses);
        }
        return pulses == 1
                ? this
                : new ReadTiming(
                        pulses * wordlineNanoseconds,
                        pulses * settleNanoseconds,
                        adcNanoseconds,
                        shiftAddNanoseconds,
                        columnsPerAdc,
                        adcPipelined,
                        source + "; rows driven " + pulses + " times a read");
    }

    /** Conversions per second of one converter, or 0 where it takes no time. */
    public double samplesPerSecond() {
        return adcNanoseconds == 0 ? 0 : 1e9 / adcNanoseconds;
    }

    /** Duration of one array read, ns. */
    public double arrayReadNanoseconds() {
        double analogue = wordlineNanoseconds + settleNanoseconds;
        double conversion = columnsPerAdc * adcNanoseconds;
        return (adcPipelined ? Math.max(analogue, conversion) : analogue + conversion) + shiftAddNanoseconds;
    }

    private static void requireAtLeastZero(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " time must be at least 0 ns, got " + value);
        }
    }
}
