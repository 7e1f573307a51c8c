/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import java.util.Optional;

/**
 * What the read times and prices of a profile are of: arrays of some sizes at a technology node. They say nothing of arrays that
 * are much larger or smaller, whose wires, drivers and converters differ.
 *
 * @param fewestLines rows or columns of the smallest array that the source describes
 * @param mostLines rows or columns of the largest
 * @param nanometres node that the times hold at
 * @param source where the sizes come from
 */
public record ProfileScope(int fewestLines, int mostLines, int nanometres, String source) {
    /** An array counts as like those of the source up to twice their lines, and down to half. */
    private static final int ALIKE = 2;

    public ProfileScope {
        if (fewestLines < 1 || mostLines < fewestLines) {
            throw new IllegalArgumentException(
                    "arrays of " + fewestLines + " to " + mostLines + " lines are none that a profile can describe");
        }
    }

    /**
     * The scope of a shipped profile; empty for one that describes no chip.
     *
     * @throws IllegalArgumentException listing the known profiles
     */
    public static Optional<ProfileScope> profile(String name) {
        return switch (name) {
            case "isaac32" ->
                Optional.of(new ProfileScope(
                        32,
                        256,
                        32,
                        "A. Shafiee et al., ISAAC, ISCA 2016: 128 x 128; constants of the PUMA simulator: 32 x 32 to 256 x"
                                + " 256"));
            case "spikesim65" ->
                Optional.of(new ProfileScope(64, 64, 65, "A. Moitra et al., SpikeSim, IEEE TCAD 2023: 64 x 64"));
            case "neurosim22" -> Optional.of(new ProfileScope(128, 128, 22, "NeuroSim 1.4: 128 x 128"));
            case "neurram130" ->
                Optional.of(new ProfileScope(256, 256, 130, "W. Wan et al., NeuRRAM, Nature 2022: 256 x 256"));
            case "digital-sram65" ->
                Optional.of(new ProfileScope(128, 128, 65, "macros of 128 x 128 bits (own choice)"));
            case "reference-event" -> Optional.empty();
            default ->
                throw new IllegalArgumentException(
                        "unknown profile '" + name + "'; known: " + String.join(", ", EnergyTable.profiles()));
        };
    }

    /** Whether arrays of so many rows and columns are far from those of the source, either way. */
    public boolean isFar(int rows, int columns) {
        return isFar(rows) || isFar(columns);
    }

    private boolean isFar(int lines) {
        return lines > (long) ALIKE * mostLines || (long) ALIKE * lines < fewestLines;
    }

    /** Sizes of the arrays of the source, in words. */
    public String sizes() {
        return fewestLines == mostLines
                ? fewestLines + " x " + fewestLines
                : fewestLines + " x " + fewestLines + " to " + mostLines + " x " + mostLines;
    }
}
