/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import java.util.Optional;

/**
 * Time of one write pulse where the cell does not know its own.
 *
 * @param pulseNanoseconds of all cells of a row together
 * @param source where it comes from
 */
public record WriteTiming(double pulseNanoseconds, String source) {
    /** The timing that belongs to a shipped energy profile; empty where its source has none. */
    public static Optional<WriteTiming> profile(String name) {
        return switch (name) {
            case "isaac32" ->
                Optional.of(new WriteTiming(
                        10_968.75 / 128,
                        "128x128 array of the PUMA simulator (Ankit et al., ASPLOS 2019), 10968.75 ns for 128 rows"
                                + " (derived)"));
            case "neurram130" ->
                Optional.of(new WriteTiming(
                        1000,
                        "W. Wan et al., NeuRRAM, Nature 2022: write-verify with pulses of about 1 us (inferred)"));
            default -> Optional.empty();
        };
    }
}
