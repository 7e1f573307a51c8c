/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

/**
 * Time that layers take whose weights are digital words beside adders. Every output channel has an adder, so that one clock adds
 * one one-bit input to all channels of an output position; positions take turns, and so do the bits of an input.
 *
 * <pre>
 *   L(t) = accumulates in step t / channels x t_clock
 * </pre>
 *
 * @param clockNanoseconds t_clock
 * @param source where it comes from
 */
public record DigitalTiming(double clockNanoseconds, String source) {
    public DigitalTiming {
        if (!(clockNanoseconds >= 0) || Double.isInfinite(clockNanoseconds)) {
            throw new IllegalArgumentException("a clock needs at least 0 ns, got " + clockNanoseconds);
        }
    }

    /**
     * The timing that belongs to a shipped energy profile.
     *
     * @throws IllegalArgumentException listing the known profiles
     */
    public static DigitalTiming profile(String name) {
        return switch (name) {
            case "isaac32" ->
                new DigitalTiming(
                        1,
                        "A. Ankit et al., PUMA, ASPLOS 2019: constants of its simulator, an operation of a lane in 1 ns");
            case "spikesim65" -> new DigitalTiming(4, "A. Moitra et al., SpikeSim, IEEE TCAD 2023: clock of 250 MHz");
            case "neurosim22" -> new DigitalTiming(1, "as isaac32, because this profile has no source of its own");
            case "digital-sram65" -> new DigitalTiming(10, "clock of 100 MHz (own choice)");
            case "neurram130", "reference-event" ->
                new DigitalTiming(10, "as digital-sram65, because this profile has no source of its own");
            default ->
                throw new IllegalArgumentException(
                        "unknown timing profile '" + name + "'; known: " + String.join(", ", EnergyTable.profiles()));
        };
    }

    /**
     * One layer in one step, ns.
     *
     * @param accumulates of one-bit inputs, at least 0
     * @param channels outputs at a position, at least 1
     */
    public double nanoseconds(double accumulates, int channels) {
        return accumulates / channels * clockNanoseconds;
    }
}
