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

    /**
     * The timing that belongs to a shipped energy profile.
     *
     * @throws IllegalArgumentException listing the known profiles
     */
    public static ReadTiming profile(String name, int columnsPerAdc) {
        return switch (name) {
            case "isaac32" -> isaac32(columnsPerAdc);
            case "reference-event" -> referenceEvent(columnsPerAdc);
            default ->
                throw new IllegalArgumentException(
                        "unknown timing profile '" + name + "'; known: " + String.join(", ", EnergyTable.profiles()));
        };
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
